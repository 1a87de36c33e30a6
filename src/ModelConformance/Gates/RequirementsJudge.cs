using ModelConformance.Answers;
using ModelConformance.Benchmarks;
using ModelConformance.Metrics;
using ModelConformance.Protocol;
using static System.FormattableString;

namespace ModelConformance.Gates;

/// <summary>Looks at what a gate requires, under every condition that its claim or an alternative needs.</summary>
internal static class RequirementsJudge
{
    /// <summary>The requirements that are not met, in words; none where the gate can be judged.</summary>
    public static IReadOnlyList<string> Unmet(Gate gate, IBenchmark benchmark, AnswerSheet sheet, IEnumerable<Measurement> sides)
    {
        var cells = sides.DistinctBy(side => (side.Context, side.Condition)).ToArray();
        return
        [
            .. cells.SelectMany(cell => Shares(gate.Requires, cell)),
            .. gate.Requires.Floors.SelectMany(floor => cells.DistinctBy(cell => cell.Condition)
                .SelectMany(cell => Read(benchmark, cell.Metric, cell.Slice)
                    .Select(slice => Floor(floor.Key, floor.Value, benchmark, sheet, slice, cell.Condition)))
                .OfType<string>()),
        ];
    }

    private static IEnumerable<string> Shares(Requirements requires, Measurement cell)
    {
        var counts = cell.Counts;
        if (requires.Answered is { } answered && !(cell.AnsweredShare >= answered))
        {
            var missing = counts.Missing > 0 ? Invariant($", {counts.Missing:N0} never asked,") : "";
            yield return
                Invariant($"requires answered at least {answered:0.####}: {Part(cell.AnsweredShare, counts.Items)}{missing} under {cell.Condition}");
        }

        if (requires.RefusedMax is { } most && cell.RefusedShare > most)
        {
            yield return Invariant($"requires refused at most {most:0.####}: {Part(cell.RefusedShare, counts.Asked)} under {cell.Condition}");
        }

        // Of samples it is no whole number of items.
        static string Part(double? share, int whole) => Invariant($"{share * whole ?? 0:#,0.##} of {whole:N0}");
    }

    /// <summary>
    /// A precondition counts unanswered items as its worst case: a model that answers only the easy ones has not shown that it can read.
    /// </summary>
    private static string? Floor(string key, double floor, IBenchmark benchmark, AnswerSheet sheet, Slice slice, Condition condition)
    {
        var precondition = benchmark.Precondition(key);
        var measurement = Measurement.Of(
            benchmark, sheet, benchmark.Metric(precondition.Metric), slice, precondition.Context, condition, 0.95);
        if (measurement.AtLeast.Value >= floor)
        {
            return null;
        }

        var found = measurement.Estimate.Value is { } value
            ? Invariant($"{value:0.000}")
                + (measurement.Unscored == 0 ? "" : Invariant($" ({measurement.AtLeast.Value:0.000} with {measurement.Unscored:N0} unanswered)"))
            : $"undefined ({measurement.Estimate.UndefinedReason})";
        return Invariant($"requires {key} at least {floor:0.####}: {found}{(slice.Id == Slice.All.Id ? "" : $" in {slice.Id}")} under {condition}");
    }

    /// <summary>The cell's slice, and those of the items that it is compared with: either side may be one that was never understood.</summary>
    public static IEnumerable<Slice> Read(IBenchmark benchmark, Metric metric, Slice slice) => metric.Pairing is not { } pairing
        ? [slice]
        : benchmark.Items.Where(slice.Holds).Select(pairing.Other).OfType<Item>().Select(other => other.Slice).Distinct()
            .Select(benchmark.Slice).Prepend(slice);
}
