using System.Collections.Immutable;
using ModelConformance.Answers;
using ModelConformance.Benchmarks;
using ModelConformance.Protocol;
using ModelConformance.Statistics;

namespace ModelConformance.Metrics;

/// <summary>
/// The scores of a cell's items, or of its pairs of items where the metric joins two. Two cells that differ in the condition only hold the same
/// units at the same places, so that they pair.
/// </summary>
internal sealed class CellScores
{
    private readonly List<Unit> units;
    private readonly List<string> clusterNames = [];
    private readonly List<Answer> answers;

    private CellScores(Metric metric, Slice slice, string? context, Condition condition, int items)
    {
        (Metric, Slice, Context, Condition) = (metric, slice, context, condition);
        (units, answers) = (new(items), new(items));
        Counts = Counts.Of([]);
    }

    public Metric Metric { get; }

    public Slice Slice { get; }

    public string? Context { get; }

    public Condition Condition { get; }

    public Counts Counts { get; private set; }

    public int NoTarget { get; private set; }

    /// <summary>One per item, or pair of items, that can have a score.</summary>
    public IReadOnlyList<Unit> Units => units;

    public int Unscored { get; private set; }

    /// <summary>Whether every unit has a score, and none of them is in doubt.</summary>
    public bool IsCertain { get; private set; } = true;

    /// <summary>Together the items' shares of replies that are answers.</summary>
    public double Answered => answers.Sum(answer => answer.AnsweredShare);

    /// <summary>Together their shares of replies that were refused or filtered.</summary>
    public double Refused => answers.Sum(answer => answer.RefusedShare);

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

        var items = CellItems.Of(benchmark, slice, context);
        var cell = new CellScores(metric, slice, context, condition, items.Count);
        var indices = new Dictionary<string, int>(StringComparer.Ordinal);
        var others = new HashSet<string>(StringComparer.Ordinal);
        var given = sheet.Under(condition);
        foreach (var item in items)
        {
            if (metric.Pairing is null)
            {
                cell.Add(item, null, given, indices);
            }
            else if (metric.Pairing.Other(item) is { } other)
            {
                // Several may be compared with the same one, whose outcome is counted once.
                if (others.Add(other.Id))
                {
                    cell.answers.Add(given(other));
                }

                cell.Add(item, other, given, indices);
            }
        }

        cell.Counts = Counts.Of(cell.answers);
        return cell;
    }

    /// <summary>The observations of the units that have a score.</summary>
    public IReadOnlyList<Observation> Scored()
    {
        var scored = new List<Observation>(units.Count - Unscored);
        scored.AddRange(units.Where(unit => unit.IsScored).Select(unit => unit.Observation));
        return scored;
    }

    /// <summary>The observations of all units; those without a score have slack, and those whose score is in doubt.</summary>
    public IReadOnlyList<Observation> All() => [.. units.Select(unit => unit.Open)];

    /// <summary>The observations at some places.</summary>
    public IReadOnlyList<Observation> At(int[] places) => Array.ConvertAll(places, i => units[i].Observation);

    /// <summary>The metric in each cluster where it is defined.</summary>
    public ImmutableArray<ClusterScore> ByCluster() => ByCluster(Enumerable.Range(0, units.Count));

    /// <summary>The metric in each cluster where it is defined, over the items at some places only.</summary>
    public ImmutableArray<ClusterScore> ByCluster(IEnumerable<int> places)
    {
        // A cluster has no correlation of its own.
        if (Metric.Estimator is not ClusteredRatio)
        {
            return [];
        }

        var sums = new (double Value, double Weight, int Items)[clusterNames.Count];
        foreach (var place in places)
        {
            if (units[place] is { IsScored: true, Observation: var score })
            {
                ref var sum = ref sums[score.Cluster];
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

    private void Add(Item item, Item? other, Func<Item, Answer> given, Dictionary<string, int> indices)
    {
        var answer = given(item);
        answers.Add(answer);
        if (!Metric.Counts(item) || (other is not null && !Metric.Counts(other)))
        {
            NoTarget++;
            return;
        }

        // Items of a cluster mostly follow each other.
        var cluster = units.Count > 0 ? units[^1].Open.Cluster : -1;
        if ((cluster < 0 || clusterNames[cluster] != item.Cluster) && !indices.TryGetValue(item.Cluster, out cluster))
        {
            indices.Add(item.Cluster, cluster = clusterNames.Count);
            clusterNames.Add(item.Cluster);
        }

        var score = UnitScore.Of(Metric, item, answer, other, given);
        Unscored += score.IsScored ? 0 : 1;
        IsCertain &= score.IsCertain;
        var open = new Observation(score.Lowest, score.Weight, cluster)
        {
            Slack = score.Highest - score.Lowest,
            Covariates = Metric.Covariates?.Invoke(item) ?? [],
        };
        units.Add(new(score.IsScored, score.Value, open));
    }

    /// <summary>An item, or a pair of them.</summary>
    /// <param name="IsScored">Whether there is a score.</param>
    /// <param name="Value">The score, at the middle of its doubt.</param>
    /// <param name="Open">What it can be: with slack where it is in doubt or there is none.</param>
    public readonly record struct Unit(bool IsScored, double Value, Observation Open)
    {
        /// <summary>The score, or what it can be where there is none.</summary>
        public Observation Observation => IsScored ? Open with { Value = Value, Slack = 0 } : Open;
    }
}
