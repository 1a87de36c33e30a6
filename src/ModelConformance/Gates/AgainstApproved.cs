using System.Globalization;
using ModelConformance.Answers;
using ModelConformance.Benchmarks;
using ModelConformance.Metrics;
using ModelConformance.Protocol;
using ModelConformance.Statistics;

namespace ModelConformance.Gates;

/// <summary>
/// The contrast of a cell with the approved release's answers to the same items. Approved answers are outcomes and choices without probabilities:
/// the contrast is undefined where the metric makes more of the run's answers than that, since it would compare unlike things, and where an item
/// has no approved answer.
/// </summary>
internal static class AgainstApproved
{
    /// <summary>The contrast at any level. Nothing was asked for its other side.</summary>
    public static Func<double, Contrast> Measure(CellScores cell, CellScores approved, IBenchmark benchmark, AnswerSheet sheet)
    {
        var contrast = Contrast.At(cell, approved);
        var undefined = Undefined(cell, approved, benchmark, sheet.Under(cell.Condition)) is { } reason ? Estimate.Undefined(reason) : null;
        return level =>
        {
            var asked = contrast(level) with { Asked = cell.Counts.Asked };
            return undefined is null ? asked : asked with { Estimate = undefined, AtLeast = undefined, AtMost = undefined };
        };
    }

    private static string? Undefined(CellScores cell, CellScores approved, IBenchmark benchmark, Func<Item, Answer> given)
    {
        if (approved.Counts.Missing is > 0 and var missing)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{missing:N0} of {approved.Counts.Items:N0} items have no approved answer to the same "
                + $"words in the same mode: run the suite on the release to compare with, and accept its snapshots ('conformance snapshot accept')");
        }

        return benchmark.Items.Any(item => item.Context == cell.Context && cell.Metric.Counts(item) && MakesMoreOf(cell.Metric, item, given(item)))
            ? $"{cell.Metric.Id} is made of more than the choices in this mode, and approved answers are choices only"
            : null;
    }

    private static bool MakesMoreOf(Metric metric, Item item, Answer answer) =>
        (metric.ScoresEveryOutcome || answer.Outcome == Outcome.Answered) && metric.Score(item, answer) != metric.Score(item, answer.Plain());
}
