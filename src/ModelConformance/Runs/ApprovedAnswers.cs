using System.Collections.Immutable;
using ModelConformance.Answers;
using ModelConformance.Benchmarks;
using ModelConformance.Protocol;
using ModelConformance.Snapshots;

namespace ModelConformance.Runs;

/// <summary>The answers that reviewers approved, as a sheet to compare a run with.</summary>
public static class ApprovedAnswers
{
    /// <summary>
    /// Reads a model's approved snapshots. One that cannot be read, and one of other items, another wording, mode or prefill, is as good as none:
    /// its items are missing, as are those that a snapshot of a part does not hold.
    /// </summary>
    /// <param name="root">The folder of all snapshots.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="prefill">How the run's answers' beginning reached the model.</param>
    /// <param name="mode">How the run's answers were measured.</param>
    /// <param name="benchmark">The benchmark.</param>
    public static AnswerSheet Read(string root, string model, string prefill, Mode mode, IBenchmark benchmark)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        var sheet = new AnswerSheet();
        foreach (var slice in benchmark.Items.GroupBy(item => item.Slice))
        {
            var items = slice.ToDictionary(item => item.Id, StringComparer.Ordinal);
            foreach (var condition in benchmark.Conditions)
            {
                var file = SnapshotFile.Of(root, model, benchmark.Id, benchmark.Dataset, slice.Key, condition);
                var heading = new SnapshotHeading(
                    model, prefill, benchmark.Id, benchmark.Dataset, slice.Key, condition.Id, mode, benchmark.Wording(condition));
                foreach (var line in LinesOf(file, heading))
                {
                    if (items.TryGetValue(line.Item, out var item) && (line.Choice is null || item.Options.Any(option => option.Key == line.Choice)))
                    {
                        sheet.TryAdd(item, condition, line.ToAnswer());
                    }
                }
            }
        }

        return sheet;
    }

    private static ImmutableArray<SnapshotLine> LinesOf(SnapshotFile file, SnapshotHeading heading)
    {
        try
        {
            return SnapshotText.Read(file.Verified) is { } text && AnswerSnapshot.Parse(text) is var approved && (approved.Heading with { IsPart = false }) == heading
                ? approved.Lines
                : [];
        }
        catch (SnapshotFormatException)
        {
            return [];
        }
    }
}
