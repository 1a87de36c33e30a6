using System.Collections.Immutable;
using System.Globalization;
using ModelConformance.Datasets;

namespace ModelConformance.Cli;

/// <summary>What <c>data list</c> writes.</summary>
internal static class DataListing
{
    /// <param name="output">Standard output.</param>
    /// <param name="root">The data folder that was looked in; null where there was none.</param>
    /// <param name="files">The pinned files.</param>
    /// <param name="checks">What the folder holds, file by file; null where there was none.</param>
    /// <param name="json">Whether to write JSON instead of a table.</param>
    public static void Write(TextWriter output, string? root, ImmutableArray<DataFile> files, ImmutableArray<FileCheck>? checks, bool json)
    {
        if (json)
        {
            JsonOutput.Write(output, new { root, files = files.Select((file, index) => Entry(file, checks?[index])) });
            return;
        }

        string[] heading = ["file", "rows", "bytes", "pinned blob", .. checks is null ? Array.Empty<string>() : ["state"]];
        TextTable.Write(output, [heading, .. files.Select((file, index) => Row(file, checks?[index]))]);
        output.WriteLine();
        TextTable.Write(
            output,
            [["benchmark", "licence", "published at"],
                .. files.Select(file => file.Origin).Distinct()
                    .Select(origin => new[] { origin.Benchmark, origin.Licence, $"github.com/{origin.Repository} at {origin.Commit}" })]);
    }

    private static string[] Row(DataFile file, FileCheck? check) =>
    [
        file.Path, Number(file.Rows), Number(file.Bytes), file.BlobId, .. check is null ? Array.Empty<string>() : [Word(check.State)],
    ];

    private static object Entry(DataFile file, FileCheck? check) => new
    {
        file.Origin.Benchmark,
        file.Path,
        file.Origin.Repository,
        file.Origin.Commit,
        file.UpstreamPath,
        file.Origin.Licence,
        blob = file.BlobId,
        file.Bytes,
        file.Rows,
        file.Optional,
        check?.State,
    };

    private static string Number(long? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? "-";

    private static string Word(FileState state) => state.ToString().ToLowerInvariant();
}
