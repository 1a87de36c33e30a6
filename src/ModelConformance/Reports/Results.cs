using System.Text.Json.Serialization;
using ModelConformance.Answers;
using ModelConformance.Benchmarks;
using ModelConformance.Gates;
using ModelConformance.Metrics;
using ModelConformance.Protocol;
using ModelConformance.Statistics;

namespace ModelConformance.Reports;

/// <summary>Everything that a run found, as results.json holds it. Values are fractions, never percent.</summary>
/// <param name="SchemaVersion">The version of the form.</param>
/// <param name="Manifest">What was asked of whom, and how.</param>
/// <param name="Cells">Every metric wherever something was asked.</param>
/// <param name="Gates">Every gate judged.</param>
public sealed record Results(int SchemaVersion, RunManifest Manifest, IReadOnlyList<ResultCell> Cells, IReadOnlyList<ResultGate> Gates)
{
    /// <summary>The level of the intervals in <see cref="Cells"/>.</summary>
    public const double Level = 0.95;

    /// <summary>What gates asked until each was decided is no sample of a cell: the harder the gate, the more of its items.</summary>
    private static readonly Estimate NoSample = Estimate.Undefined("asked until gates were decided: no sample of the cell");

    /// <summary>The results of a run.</summary>
    /// <param name="manifest">What was asked.</param>
    /// <param name="parts">
    /// The answers by benchmark, and whether some of them were asked only until gates were decided: their cells then have counts and no value.
    /// </param>
    /// <param name="gates">All gates that were judged.</param>
    public static Results Of(
        RunManifest manifest, IEnumerable<(IBenchmark Benchmark, AnswerSheet Sheet, bool UntilDecided)> parts, IEnumerable<GateResult> gates) =>
        new(
            1,
            manifest,
            [.. parts.SelectMany(part => CellsOf(part.Benchmark, part.Sheet, part.UntilDecided))],
            [.. FamilyLevel.Among(gates).Select(ResultGate.From)]);

    /// <summary>Every metric of a benchmark in each slice, context and condition where at least one item was asked; several at once.</summary>
    private static ResultCell[] CellsOf(IBenchmark benchmark, AnswerSheet sheet, bool untilDecided)
    {
        var cells =
            from slice in benchmark.Slices
            let items = benchmark.Items.Where(slice.Holds).ToArray()
            from condition in benchmark.Conditions
            where sheet.Conditions.Contains(condition) && items.Any(item => sheet[item, condition].Outcome != Outcome.Missing)
            from metric in benchmark.Metrics
            where metric.In(slice)
            from context in metric.Contexts
            select (Slice: slice, Condition: condition, Metric: metric, Context: context);
        return [.. cells.AsParallel().AsOrdered().Select(Of)];

        ResultCell Of((Slice Slice, Condition Condition, Metric Metric, string? Context) cell)
        {
            var measurement = Measurement.Of(benchmark, sheet, cell.Metric, cell.Slice, cell.Context, cell.Condition, Level);
            return untilDecided && measurement.Asked < measurement.Items
                ? ResultCell.Of(benchmark.Id, measurement with { Estimate = NoSample }) with { IsDetail = true }
                : ResultCell.Of(benchmark.Id, measurement);
        }
    }
}

/// <summary>One metric in one cell.</summary>
public sealed record ResultCell(
    string Benchmark,
    string Slice,
    string? Context,
    string Condition,
    string Metric,
    double? Value,
    string? UndefinedReason,
    ResultInterval? Interval,
    int Items,
    int NoTarget,
    ResultCounts Counts)
{
    /// <summary>Whether it is one row of a long table, see <see cref="Benchmarks.Slice.IsDetail"/>.</summary>
    [JsonIgnore]
    public bool IsDetail { get; init; }

    /// <summary>A measurement, as results show it.</summary>
    public static ResultCell Of(string benchmark, Measurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        var (estimate, counts) = (measurement.Estimate, measurement.Counts);
        return new(
            benchmark, measurement.Slice.Id, measurement.Context, measurement.Condition.Id, measurement.Metric.Id,
            estimate.Value, estimate.UndefinedReason, ResultInterval.Of(estimate.Interval), measurement.Items, measurement.NoTarget,
            new(counts.Answered, counts.Refused, counts.Filtered, counts.Unparsed, counts.Failed, counts.Missing))
        {
            IsDetail = measurement.Slice.IsDetail,
        };
    }
}

/// <summary>An interval, as results show it.</summary>
public sealed record ResultInterval(double Low, double High, double Level, string Method, int Clusters)
{
    /// <summary>The same interval; null for none.</summary>
    public static ResultInterval? Of(Statistics.Interval? interval) =>
        interval is null ? null : new(interval.Low, interval.High, interval.Level, interval.Method, interval.Clusters);
}

/// <summary>What became of a cell's items; they add up to its items.</summary>
public sealed record ResultCounts(int Answered, int Refused, int Filtered, int Unparsed, int Failed, int Missing);

/// <summary>
/// One gate's verdict: its id, the same as a specification, and what decided. P and Holm are <see cref="GateResult.P"/> and, among all gates of
/// the run, <see cref="FamilyLevel.Holm"/>: null but for a Fail by an interval.
/// </summary>
public sealed record ResultGate(
    string Id,
    string Verdict,
    string Reason,
    double? Estimate,
    double? Min,
    double? Max,
    double Alpha,
    string Evidence,
    int Asked,
    int Of,
    string Name,
    string Stop,
    int? Seed,
    double? P,
    double? Holm)
{
    /// <summary>A verdict, as results show it.</summary>
    public static ResultGate From(GateResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var (gate, limits) = (result.Gate, result.Gate.Claim);
        return new(
            gate.Id, result.Verdict.ToString(), result.Reason, result.Estimate.Value, limits.Min, limits.Max, gate.Alpha,
            gate.Evidence.ToString().ToLowerInvariant(), result.Asked, result.Of, gate.ToString(),
            gate.Stopping is null ? "full" : "early", gate.Stopping?.Seed, result.P, result.Family?.Holm);
    }
}
