using System.Collections.Immutable;
using ModelConformance.Protocol;
using ModelConformance.Statistics;

namespace ModelConformance.Benchmarks;

/// <summary>A quantity over the answers of a cell: what its <see cref="Estimator"/> makes of the items' scores, a mean or ratio by default.</summary>
/// <param name="Id">The name in gates and results, for example <c>bbq.bias</c>.</param>
/// <param name="Contexts">The contexts it is computed in, each on its own; holds only null where the benchmark has no contexts.</param>
/// <param name="Lowest">The least score possible of one item.</param>
/// <param name="Highest">The greatest.</param>
/// <param name="Counts">Whether an item can have a score at all: false for an item without a target of the stereotype.</param>
/// <param name="Score">The score of an answered item that counts; null where the answer lacks what the metric needs.</param>
public sealed record Metric(
    string Id, IReadOnlyList<string?> Contexts, double Lowest, double Highest, Func<Item, bool> Counts, Func<Item, Answer, Score?> Score)
{
    /// <summary>What makes one quantity of the scores.</summary>
    public IEstimator Estimator { get; init; } = ClusteredRatio.Estimator;

    /// <summary>What an item's score is set against, for an estimator that does so; null for every other.</summary>
    public Func<Item, ImmutableArray<double>>? Covariates { get; init; }

    /// <summary>With which other item's score, of the same condition, an item's is joined; null where each stands alone.</summary>
    public Pairing? Pairing { get; init; }

    /// <summary>
    /// Whether <see cref="Score"/> is asked for every outcome and not for answered items only: a share of refusals is a score of those too. It
    /// must give null for what was <see cref="Outcome.Failed"/> or <see cref="Outcome.Missing"/>.
    /// </summary>
    public bool ScoresEveryOutcome { get; init; }

    /// <summary>
    /// The contexts in which scores weigh differently, so that the metric is a ratio there and no mean: a contrast of ratios is not linear, and
    /// cannot be decided from a part of the items.
    /// </summary>
    public IReadOnlyList<string?> RatioIn { get; init; } = [];

    /// <summary>
    /// What a plan assumes of the scores in one of the <see cref="Contexts"/> before any is seen; of the joined ones, where there is a
    /// <see cref="Pairing"/>. Null assumes the most that scores can vary, and a correlation of 0.1 within clusters.
    /// </summary>
    public Func<string?, PlannedScores>? Planning { get; init; }

    /// <summary>The slices that it is measured in; by default all of the benchmark's.</summary>
    public Func<Slice, bool> In { get; init; } = _ => true;

    /// <summary>The range of the metric itself; may be infinite.</summary>
    public (double Lowest, double Highest) Range => Estimator.Range(ScoreRange.Lowest, ScoreRange.Highest);

    /// <summary>What a plan assumes of the scores in a context.</summary>
    internal PlannedScores Planned(string? context) =>
        Planning?.Invoke(context) ?? PlannedScores.AtTheEnds(ScoreRange.Lowest, ScoreRange.Highest, 0.1);

    /// <summary>The range of the difference of two; may be infinite.</summary>
    internal (double Lowest, double Highest) ContrastRange => (Range.Lowest - Range.Highest, Range.Highest - Range.Lowest);

    /// <summary>The range of what the estimator is given: of a score, or of two joined.</summary>
    internal (double Lowest, double Highest) ScoreRange => Pairing?.Range((Lowest, Highest), (Lowest, Highest)) ?? (Lowest, Highest);
}
