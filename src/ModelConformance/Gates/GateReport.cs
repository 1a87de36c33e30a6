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
    /// clusters (for BBQ the templates) furthest beyond the limit, and where the answers are. Every alternative has a line more, and a Fail by an
    /// interval: how often chance alone makes it.
    /// </summary>
    /// <param name="result">What a gate's answers said.</param>
    /// <param name="answers">The path to the run's answers; null where they were not kept.</param>
    public static string Message(GateResult result, string? answers = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        var finding = result.Finding;
        var text = new StringBuilder();
        Line($"{result.Verdict.ToString().ToUpperInvariant()} {result.Gate} [{result.Gate.Id}]: {result.Reason}");
        Line($"  estimate  {Estimated(finding)}");
        foreach (var alternative in result.Alternatives)
        {
            Line($"  or        {Estimated(alternative)}");
        }

        if (result.P is { } p)
        {
            Line($"  by chance {ByChance(p, result.Family)}");
        }

        Line($"  baseline  {Baseline(result.Gate, finding)}");
        Line($"  answers   {string.Join("; ", finding.Measured.Sides.Select(side => $"{finding.NameOf(side)}: {side.Counts}"))}{NoTarget(finding.Measured)}");
        Line($"  worst     {Worst(finding)}");
        text.Append(CultureInfo.InvariantCulture, $"  items     {answers ?? "not kept"}");
        return text.ToString();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Estimated(Finding finding)
    {
        var quantity = finding.Claim.Quantity;
        var minus = quantity.Minus is { } other ? $" minus {other}" : "";
        return $"{quantity.Word} of {quantity.Condition}{minus} {Value(finding.Measured.Estimate)}; the limit: {finding.Claim.Limits}";
    }

    private static string ByChance(double p, FamilyLevel? family) =>
        $"p ≤ {Level(p)} for a quantity within its limits to fail this clearly"
        + (family is null ? "" : string.Create(
            CultureInfo.InvariantCulture, $"; one of {family.Gates:N0} gates judged in this run: its Holm-adjusted level is {Level(family.Holm)}"));

    /// <summary>A p-value as messages show it, rounded up to two digits: <c>0.0034</c>, <c>2.1e-7</c>.</summary>
    public static string Level(double p)
    {
        if (p <= 0)
        {
            return "0";
        }

        // A p of 0.001 found to one part in a thousand is 0.001, not 0.0011.
        var unit = Math.Pow(10, Math.Floor(Math.Log10(p)) - 1);
        var rounded = Math.Ceiling(p / unit - 0.01) * unit;
        return rounded.ToString(rounded < 0.0001 ? "0.#e-0" : "0.######", CultureInfo.InvariantCulture);
    }

    private static string Baseline(Gate gate, Finding finding) => finding switch
    {
        { Measured: Contrast contrast } => string.Join(", ", contrast.Sides.Select(side => Side(finding.NameOf(side), side))),
        { Baseline: { } baseline } => Side(baseline.Condition.Id, baseline),
        _ when gate.Stopping is not null => "none: a gate that stops early asks for none",
        _ => "none: this is the baseline condition, or it was not answered",
    };

    private static string Side(string name, Measurement side) => $"{name} {Value(side.Estimate)}";

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
        ({ } value, null) => string.Create(CultureInfo.InvariantCulture, $"{value:0.000} (no interval: {estimate.UndefinedReason})"),
        ({ } value, { } interval) => string.Create(
            CultureInfo.InvariantCulture,
            $"{value:0.000} ({100 * interval.Level:0.##} %: {interval.Low:0.000} … {interval.High:0.000}, {interval.Method}, {interval.Clusters} clusters)"),
    };
}
