using System.Collections.Immutable;
using ModelConformance.Datasets;

namespace ModelConformance.Cli;

/// <summary>What <c>data fetch</c> writes at its end: every file that failed with its reason, and the licences of the rest.</summary>
internal static class DataFetchReport
{
    public static void Write(ToolContext context, string root, ImmutableArray<FetchOutcome> outcomes, bool json)
    {
        foreach (var outcome in outcomes.Where(outcome => !outcome.Holds))
        {
            context.Say($"{outcome.File.Path}: {outcome.Reason}");
        }

        var held = outcomes.Where(outcome => outcome.Holds).ToList();
        if (json)
        {
            JsonOutput.Write(
                context.Out,
                new
                {
                    root,
                    pinned = held.Count == outcomes.Length,
                    files = outcomes.Select(outcome => new { outcome.File.Path, outcome.State, blob = outcome.File.BlobId, outcome.Reason }),
                });
            return;
        }

        context.Out.WriteLine($"{held.Count} of {outcomes.Length} files are in {Terminal.Escape(root)} as published ({Counts(outcomes)}).");
        foreach (var origin in held.Select(outcome => outcome.File.Origin).Distinct())
        {
            context.Out.WriteLine($"{origin.Benchmark}: github.com/{origin.Repository}, licence {origin.Licence}");
        }
    }

    private static string Counts(ImmutableArray<FetchOutcome> outcomes) => string.Join(
        ", ",
        outcomes.GroupBy(outcome => outcome.State).OrderBy(group => group.Key)
            .Select(group => $"{group.Count()} {group.Key.ToString().ToLowerInvariant()}"));
}
