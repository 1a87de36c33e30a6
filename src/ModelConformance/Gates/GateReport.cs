using System.Globalization;
using System.Text;
using ModelConformance.Metrics;
using ModelConformance.Statistics;

namespace ModelConformance.Gates;

/// <summary>Tells a release manager what happened.</summary>
public static class GateReport
{
    /// <summary>
    /// The verdict with its reason, and five lines: the estimate beside its limit, what it is compared with, what became of the items, the
    /// clusters (for BBQ the templates) furthest beyond the limit, and where the answers are.
    /// </summary>
    /// <param name="result">What a gate's answers said.</param>
    /// <param name="answers">The path to the run's answers; null where they were not kept.</param>
    public static string Message(GateResult result, string? answers = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        var finding = result.Finding;
        var text = new StringBuilder();
        Line($"{result.Verdict.ToString().ToUpperInvariant()} {result.Gate} [{result.Gate.Id}]: {result.Reason}");
        Line($"  estimate  {string.Join("; or ", result.Findings.Select(Estimated))}");
        Line($"  baseline  {Baseline(result.Gate, finding)}");
        Line($"  answers   {string.Join("; ", finding.Measured.Sides.Select(side => $"{side.Condition}: {side.Counts}"))}{NoTarget(finding.Measured)}");
        Line($"  worst     {Worst(finding)}");
        text.Append(CultureInfo.InvariantCulture, $"  items     {answers ?? "not kept"}");
        return text.ToString();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Estimated(Finding finding)
    {
        var minus = finding.Claim.Quantity.Minus is { } other ? $" minus {other}" : "";
        return $"{finding.Claim.Quantity.Condition}{minus} {Value(finding.Measured.Estimate)}; the limit: {finding.Claim.Limits}";
    }

    private static string Baseline(Gate gate, Finding finding) => finding switch
    {
        { Measured: Contrast contrast } => string.Join(", ", contrast.Sides.Select(Side)),
        { Baseline: { } baseline } => Side(baseline),
        _ when gate.Stopping is not null => "none: a gate that stops early asks for none",
        _ => "none: this is the baseline condition, or it was not answered",
    };

    private static string Side(Measurement side) => $"{side.Condition} {Value(side.Estimate)}";

    private static string NoTarget(Measured measured) =>
        measured.NoTarget == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {measured.NoTarget:N0} without a target");

    private static string Worst(Finding finding) => finding.Measured.Clusters.IsEmpty
        ? "no cluster has a score of its own"
        : finding.Worst.IsEmpty ? "no cluster is beyond the limit"
        : string.Join(", ", finding.Worst.Select(
            worst => string.Create(CultureInfo.InvariantCulture, $"{worst.Cluster} {worst.Value:0.000} (n = {worst.Items:N0})")));

    private static string Value(Estimate estimate) => (estimate.Value, estimate.Interval) switch
    {
        (null, _) => $"undefined: {estimate.UndefinedReason}",
        ({ } value, null) => string.Create(CultureInfo.InvariantCulture, $"{value:0.000} ({estimate.UndefinedReason})"),
        ({ } value, { } interval) => string.Create(
            CultureInfo.InvariantCulture,
            $"{value:0.000} ({100 * interval.Level:0.##} %: {interval.Low:0.000} … {interval.High:0.000}, {interval.Method}, {interval.Clusters} clusters)"),
    };
}
