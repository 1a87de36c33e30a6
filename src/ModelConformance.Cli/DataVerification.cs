using System.Collections.Immutable;
using ModelConformance.Datasets;

namespace ModelConformance.Cli;

/// <summary>What <c>data verify</c> writes: each file's state, and what to do about it.</summary>
internal static class DataVerification
{
    public static void Write(ToolContext context, string root, ImmutableArray<FileCheck> checks, bool json)
    {
        if (json)
        {
            JsonOutput.Write(context.Out, new { root, pinned = checks.All(check => check.Holds), files = checks.Select(Entry) });
        }
        else
        {
            TextTable.Write(
                context.Out,
                [["file", "state", "found blob", "pinned blob"],
                    .. checks.Select(check => new[] { check.File.Path, Word(check), check.FoundBlobId ?? "-", check.File.BlobId })]);
        }

        Advise(context, root, checks);
    }

    private static void Advise(ToolContext context, string root, ImmutableArray<FileCheck> checks)
    {
        var pinned = checks.Count(check => check.State == FileState.Pinned);
        var differing = checks.Count(check => check.State == FileState.Differing);
        var absent = checks.Count(check => check.State == FileState.Absent);
        context.Say($"{pinned} of {checks.Length} files pinned, {differing} differing, {absent} absent.");
        if (differing > 0)
        {
            context.Say("Differing files can be used, but figures from them are not comparable with published ones.");
        }

        if (differing + absent > 0)
        {
            context.Say($"'conformance data fetch --to {root}' fetches what is absent and replaces what differs.");
        }
    }

    private static string Word(FileCheck check) =>
        check.State.ToString().ToLowerInvariant() + (check is { State: FileState.Absent, File.Optional: true } ? " (optional)" : "");

    private static object Entry(FileCheck check) => new
    {
        check.File.Path,
        check.State,
        blob = check.FoundBlobId,
        pinnedBlob = check.File.BlobId,
        bytes = check.FoundBytes,
        pinnedBytes = check.File.Bytes,
        check.File.Optional,
    };
}
