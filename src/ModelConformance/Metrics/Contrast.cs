using System.Collections.Immutable;
using ModelConformance.Answers;
using ModelConformance.Benchmarks;
using ModelConformance.Protocol;
using ModelConformance.Statistics;

namespace ModelConformance.Metrics;

/// <summary>
/// One metric under one condition minus the same under another, paired: over the items answered under both, so that what makes an item hard
/// or biased in itself cancels.
/// </summary>
/// <param name="First">The side that is subtracted from, over all that was answered under it.</param>
/// <param name="Second">The side that is subtracted.</param>
public sealed record Contrast(Measurement First, Measurement Second) : Measured
{
    /// <inheritdoc />
    public override ImmutableArray<Measurement> Sides => [First, Second];

    /// <inheritdoc />
    internal override (double Lowest, double Highest) Range => First.Metric.ContrastRange;

    /// <summary>Measures a contrast. Reads its arguments only.</summary>
    /// <param name="benchmark">Whose items.</param>
    /// <param name="sheet">Their answers; an item that it does not hold is missing.</param>
    /// <param name="metric">One of the benchmark's metrics.</param>
    /// <param name="slice">One of its slices.</param>
    /// <param name="context">One of the metric's contexts.</param>
    /// <param name="condition">The condition that is subtracted from.</param>
    /// <param name="minus">The condition that is subtracted.</param>
    /// <param name="level">The interval's two-sided level, in (0, 1).</param>
    /// <exception cref="ArgumentException">The metric is not computed in this context.</exception>
    public static Contrast Of(
        IBenchmark benchmark, AnswerSheet sheet, Metric metric, Slice slice, string? context, Condition condition, Condition minus, double level) =>
        At(
            CellScores.Read(benchmark, sheet, metric, slice, context, condition),
            CellScores.Read(benchmark, sheet, metric, slice, context, minus))(level);

    /// <summary>The contrast of two cells of the same items at any level.</summary>
    internal static Func<double, Contrast> At(CellScores first, CellScores second)
    {
        var (estimator, range) = (first.Metric.Estimator, first.Metric.ScoreRange);
        var (firstAt, secondAt) = (Measurement.At(first), Measurement.At(second));
        var paired = Enumerable.Range(0, first.Units.Count).Where(i => first.Units[i].IsScored && second.Units[i].IsScored).ToArray();
        var known = (First: first.At(paired), Second: second.At(paired));
        var complete = first.IsCertain && second.IsCertain;
        var least = complete ? known : (Extreme(first, greatest: false), Extreme(second, greatest: true));
        var most = complete ? known : (Extreme(first, greatest: true), Extreme(second, greatest: false));
        var clusters = CellScores.Differences(first.ByCluster(paired), second.ByCluster(paired));
        var asked = first.AskedWith(second);
        return level =>
        {
            var estimate = Over(known);
            return new(firstAt(level), secondAt(level))
            {
                Estimate = estimate,
                AtLeast = complete ? estimate : Over(least),
                AtMost = complete ? estimate : Over(most),
                Clusters = clusters,
                Items = first.Counts.Items,
                NoTarget = first.NoTarget,
                Scored = paired.Length,
                Unscored = first.Units.Count - paired.Length,
                Asked = asked,
            };

            Estimate Over((IReadOnlyList<Observation> First, IReadOnlyList<Observation> Second) sides) =>
                estimator.Contrast(sides.First, sides.Second, level, range.Lowest, range.Highest);
        };

        IReadOnlyList<Observation> Extreme(CellScores cell, bool greatest) => estimator.Extreme(cell.All(), greatest);
    }
}
