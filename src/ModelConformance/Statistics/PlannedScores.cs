using System.Collections.Immutable;
using System.Globalization;

namespace ModelConformance.Statistics;

/// <summary>How scores are assumed to fall before any is seen: an assumption to plan a run with, no statement about a model.</summary>
/// <param name="Scores">The scores with their probabilities, which sum to 1.</param>
/// <param name="Correlation">The correlation of two scores of one cluster, in 0 … 1: at 1 a cluster is no more evidence than one unit of it.</param>
public sealed record PlannedScores(ImmutableArray<(double Value, double Probability)> Scores, double Correlation)
{
    /// <summary>Whether the scores are those of a paired difference.</summary>
    public bool IsDifference { get; private init; }

    /// <summary>Their mean.</summary>
    public double Mean => Scores.Sum(score => score.Probability * score.Value);

    /// <summary>Their variance.</summary>
    public double Variance => Scores.Sum(score => score.Probability * Math.Pow(score.Value - Mean, 2));

    /// <summary>Scores of 0 and 1.</summary>
    /// <param name="ones">The share of 1, in 0 … 1.</param>
    /// <param name="correlation">See <see cref="Correlation"/>.</param>
    public static PlannedScores Share(double ones, double correlation) => new([(0, 1 - ones), (1, ones)], correlation);

    /// <summary>Scores of −1, 0 and +1, as many of either sign.</summary>
    /// <param name="others">The share that is not 0, in 0 … 1.</param>
    /// <param name="correlation">See <see cref="Correlation"/>.</param>
    public static PlannedScores EitherWay(double others, double correlation) =>
        new([(-1, others / 2), (0, 1 - others), (1, others / 2)], correlation);

    /// <summary>Scores at the ends of their range, half of them at each: nothing in it varies more (Popoviciu's inequality).</summary>
    /// <param name="lowest">The least score.</param>
    /// <param name="highest">The greatest.</param>
    /// <param name="correlation">See <see cref="Correlation"/>.</param>
    public static PlannedScores AtTheEnds(double lowest, double highest, double correlation) => new([(lowest, 0.5), (highest, 0.5)], correlation);

    /// <summary>
    /// The paired difference of two such scores, of which half are assumed to be the same on both sides and the others independent: a correlation of
    /// ½ between the sides, and so the variance of one side.
    /// </summary>
    public PlannedScores Difference()
    {
        var apart =
            from x in Scores
            from y in Scores
            select (Value: x.Value - y.Value, Probability: x.Probability * y.Probability / 2);
        var all = apart.Append((Value: 0, Probability: 0.5)).GroupBy(pair => pair.Value, pair => pair.Probability);
        return this with { Scores = [.. all.Select(same => (same.Key, same.Sum())).OrderBy(score => score.Key)], IsDifference = true };
    }

    /// <summary>
    /// The same scores about another mean: those near the one end are likelier by so much that it is theirs (exponential tilting, the distribution
    /// nearest to this one that has it). All at an end where the mean is there or beyond.
    /// </summary>
    /// <param name="mean">The mean.</param>
    public PlannedScores WithMean(double mean)
    {
        // Far enough for a share of 1e-20 at the other end, no matter how near to each other the scores are.
        var reach = 50 / (Scores.Max(score => score.Value) - Scores.Min(score => score.Value));
        var (low, high) = (-reach, reach);
        for (var middle = 0.0; middle > low && middle < high; middle = (low + high) / 2)
        {
            (low, high) = Tilted(middle).Mean < mean ? (middle, high) : (low, middle);
        }

        return Tilted(high);
    }

    private PlannedScores Tilted(double tilt)
    {
        var weights = Scores.Select(score => (score.Value, Weight: score.Probability * Math.Exp(tilt * (score.Value - Mean)))).ToArray();
        var all = weights.Sum(score => score.Weight);
        return this with { Scores = [.. weights.Select(score => (score.Value, score.Weight / all))] };
    }

    /// <summary>The assumption in words: <c>scores 0: 15 %, 1: 85 %; correlation within a cluster 0.1</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(IsDifference ? "differences" : "scores")} {string.Join(", ", Scores.Select(Shown))}; correlation within a cluster {Correlation:0.##}");

    private static string Shown((double Value, double Probability) score) =>
        string.Create(CultureInfo.InvariantCulture, $"{(score.Value < 0 ? "−" : "")}{Math.Abs(score.Value):0.##}: {100 * score.Probability:0.##} %");
}
