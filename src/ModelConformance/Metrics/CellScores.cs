using System.Collections.Immutable;
using ModelConformance.Answers;
using ModelConformance.Benchmarks;
using ModelConformance.Protocol;
using ModelConformance.Statistics;

namespace ModelConformance.Metrics;

/// <summary>
/// The scores of a cell's items. Two cells that differ in the condition only hold the same items at the same places, so that they pair.
/// </summary>
internal sealed class CellScores
{
    private readonly List<Score?> scores = [];
    private readonly List<int> clusters = [];
    private readonly List<string> clusterNames = [];
    private readonly List<Answer> answers = [];

    private CellScores(Metric metric, Slice slice, string? context, Condition condition)
    {
        (Metric, Slice, Context, Condition) = (metric, slice, context, condition);
        Counts = Counts.Of([]);
    }

    public Metric Metric { get; }

    public Slice Slice { get; }

    public string? Context { get; }

    public Condition Condition { get; }

    public Counts Counts { get; private set; }

    public int NoTarget { get; private set; }

    /// <summary>One per item that can have a score; null where its answer gives none.</summary>
    public IReadOnlyList<Score?> Scores => scores;

    public int Unscored { get; private set; }

    public static CellScores Read(IBenchmark benchmark, AnswerSheet sheet, Metric metric, Slice slice, string? context, Condition condition)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        ArgumentNullException.ThrowIfNull(sheet);
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(slice);
        if (!metric.Contexts.Contains(context))
        {
            throw new ArgumentException($"{metric.Id} is not computed in the context '{context}'.", nameof(context));
        }

        var cell = new CellScores(metric, slice, context, condition);
        var indices = new Dictionary<string, int>(StringComparer.Ordinal);
        var given = sheet.Under(condition);
        foreach (var item in benchmark.Items)
        {
            if (item.Context == context && slice.Holds(item))
            {
                cell.Add(item, given(item), indices);
            }
        }

        cell.Counts = Counts.Of(cell.answers);
        return cell;
    }

    /// <summary>The observations of the items that have a score.</summary>
    public IReadOnlyList<Observation> Scored() => At([.. Enumerable.Range(0, scores.Count).Where(i => scores[i] is not null)]);

    /// <summary>The observations of all items that can have a score; those without one have <paramref name="score"/>.</summary>
    public IReadOnlyList<Observation> Filled(double score)
    {
        var filled = new Observation[scores.Count];
        for (var i = 0; i < filled.Length; i++)
        {
            var own = scores[i] ?? new Score(score);
            filled[i] = new(own.Value, own.Weight, clusters[i]);
        }

        return filled;
    }

    /// <summary>The observations at some places, each of which has a score.</summary>
    public IReadOnlyList<Observation> At(int[] places) =>
        Array.ConvertAll(places, i => new Observation(scores[i]!.Value.Value, scores[i]!.Value.Weight, clusters[i]));

    /// <summary>The metric in each cluster where it is defined.</summary>
    public ImmutableArray<ClusterScore> ByCluster() => ByCluster(Enumerable.Range(0, scores.Count));

    /// <summary>The metric in each cluster where it is defined, over the items at some places only.</summary>
    public ImmutableArray<ClusterScore> ByCluster(IEnumerable<int> places)
    {
        var sums = new (double Value, double Weight, int Items)[clusterNames.Count];
        foreach (var place in places)
        {
            if (scores[place] is { } score)
            {
                ref var sum = ref sums[clusters[place]];
                sum = (sum.Value + score.Value, sum.Weight + score.Weight, sum.Items + 1);
            }
        }

        return [.. sums.Zip(clusterNames)
            .Where(pair => pair.First.Weight > 0)
            .Select(pair => new ClusterScore(pair.Second, pair.First.Value / pair.First.Weight, pair.First.Items))];
    }

    /// <summary>The differences of the clusters that both sides have.</summary>
    public static ImmutableArray<ClusterScore> Differences(ImmutableArray<ClusterScore> first, ImmutableArray<ClusterScore> second) =>
        [.. first.Join(second, score => score.Cluster, score => score.Cluster, (x, y) => x with { Value = x.Value - y.Value })];

    /// <summary>How many items were asked here and in another cell of the same items.</summary>
    public int AskedWith(CellScores other) => answers.Zip(other.answers).Count(pair =>
        pair.First.Outcome != Outcome.Missing && pair.Second.Outcome != Outcome.Missing);

    private void Add(Item item, Answer answer, Dictionary<string, int> indices)
    {
        answers.Add(answer);
        if (!Metric.Counts(item))
        {
            NoTarget++;
            return;
        }

        // Items of a cluster mostly follow each other.
        var cluster = clusters.Count > 0 ? clusters[^1] : -1;
        if ((cluster < 0 || clusterNames[cluster] != item.Cluster) && !indices.TryGetValue(item.Cluster, out cluster))
        {
            indices.Add(item.Cluster, cluster = clusterNames.Count);
            clusterNames.Add(item.Cluster);
        }

        var score = answer.Outcome == Outcome.Answered ? Metric.Score(item, answer) : null;
        Unscored += score is null ? 1 : 0;
        scores.Add(score);
        clusters.Add(cluster);
    }
}
