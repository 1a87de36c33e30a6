using System.Collections.Immutable;
using ModelConformance.Answers;
using ModelConformance.Benchmarks;
using ModelConformance.Protocol;
using ModelConformance.Statistics;

namespace ModelConformance.Metrics;

/// <summary>One metric in one cell: a slice and a context of a benchmark under one condition.</summary>
/// <param name="Metric">What was measured.</param>
/// <param name="Slice">In which part of the benchmark.</param>
/// <param name="Context">In which context; null where the benchmark has none.</param>
/// <param name="Condition">Under which condition.</param>
/// <param name="Counts">What became of the items; adds up to <see cref="Measured.Items"/>.</param>
public sealed record Measurement(Metric Metric, Slice Slice, string? Context, Condition Condition, Counts Counts) : Measured
{
    /// <inheritdoc />
    public override ImmutableArray<Measurement> Sides => [this];

    /// <inheritdoc />
    internal override (double Lowest, double Highest) Range => Metric.Range;

    /// <summary>The share of the items that are answered, 0 … 1; of sampled ones, of their replies. Null where there are no items.</summary>
    public required double? AnsweredShare { get; init; }

    /// <summary>The share of the items asked that were refused or filtered; of sampled ones, of their replies. Null where none was asked.</summary>
    public required double? RefusedShare { get; init; }

    /// <summary>Measures a cell. Reads its arguments only.</summary>
    /// <param name="benchmark">Whose items.</param>
    /// <param name="sheet">Their answers; an item that it does not hold is missing.</param>
    /// <param name="metric">One of the benchmark's metrics.</param>
    /// <param name="slice">One of its slices.</param>
    /// <param name="context">One of the metric's contexts.</param>
    /// <param name="condition">The condition that was answered under.</param>
    /// <param name="level">The interval's two-sided level, in (0, 1).</param>
    /// <exception cref="ArgumentException">The metric is not computed in this context.</exception>
    public static Measurement Of(
        IBenchmark benchmark, AnswerSheet sheet, Metric metric, Slice slice, string? context, Condition condition, double level) =>
        At(CellScores.Read(benchmark, sheet, metric, slice, context, condition))(level);

    /// <summary>
    /// The same without its interval: items that were asked until something was decided are no sample of a size known before, for which alone it
    /// holds.
    /// </summary>
    internal Measurement UntilDecided() => this with { Estimate = Estimate.UntilDecided() };

    /// <summary>The measurement of a cell at any level.</summary>
    internal static Func<double, Measurement> At(CellScores cell)
    {
        var (estimator, range) = (cell.Metric.Estimator, cell.Metric.ScoreRange);
        var scored = cell.Scored();
        var (least, most) = cell.IsCertain
            ? (scored, scored)
            : (estimator.Extreme(cell.All(), greatest: false), estimator.Extreme(cell.All(), greatest: true));
        var clusters = cell.ByCluster();
        var (answeredShare, refusedShare) = (Share(cell.Answered, cell.Counts.Items), Share(cell.Refused, cell.Counts.Asked));
        return level =>
        {
            var estimate = scored.Count == 0 && cell.Counts.Answered > 0
                ? Estimate.Undefined("no answer has what the metric needs")
                : Over(scored);
            return new(cell.Metric, cell.Slice, cell.Context, cell.Condition, cell.Counts)
            {
                Estimate = estimate,
                AtLeast = cell.IsCertain ? estimate : Over(least),
                AtMost = cell.IsCertain ? estimate : Over(most),
                AnsweredShare = answeredShare,
                RefusedShare = refusedShare,
                Clusters = clusters,
                Items = cell.Counts.Items,
                Asked = cell.Counts.Asked,
                NoTarget = cell.NoTarget,
                Scored = cell.Units.Count - cell.Unscored,
                Unscored = cell.Unscored,
            };

            Estimate Over(IReadOnlyList<Observation> observations) => estimator.Of(observations, level, range.Lowest, range.Highest);
        };

        static double? Share(double part, int whole) => whole == 0 ? null : part / whole;
    }
}
