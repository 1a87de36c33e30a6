using ModelConformance.Benchmarks;
using ModelConformance.Protocol;

namespace ModelConformance.Snapshots;

/// <summary>
/// Where a snapshot lies, as Verify has it: <c>{Root}/{Folder}/{Name}.verified.txt</c>, and beside it <c>.received.txt</c> while it awaits a
/// reviewer.
/// </summary>
/// <param name="Root">The folder of all snapshots; absolute.</param>
/// <param name="Folder">The target's folder in it; empty for a snapshot that is of no target.</param>
/// <param name="Name">The file's name without its endings.</param>
public sealed record SnapshotFile(string Root, string Folder, string Name)
{
    private const string VerifiedEnding = ".verified.txt";
    private const string ReceivedEnding = ".received.txt";

    /// <summary>The folder that the files lie in; absolute.</summary>
    public string Directory => Path.Combine(Root, Folder);

    /// <summary>The path of the approved snapshot.</summary>
    public string Verified => Path.Combine(Directory, Name + VerifiedEnding);

    /// <summary>The path of the snapshot that awaits a reviewer.</summary>
    public string Received => Path.Combine(Directory, Name + ReceivedEnding);

    /// <summary>
    /// Where the snapshot of a cell lies, for example <c>reference-fair/bbq-sample.Age.Q+IF</c>: the sample's never meets the real data's.
    /// </summary>
    /// <param name="root">The folder of all snapshots.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="benchmark">The benchmark's id.</param>
    /// <param name="dataset">Which items.</param>
    /// <param name="slice">The slice's id.</param>
    /// <param name="condition">The condition.</param>
    public static SnapshotFile Of(string root, string model, string benchmark, Dataset dataset, string slice, Condition condition)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(condition);
        var items = dataset.IsSample ? $"{benchmark}-sample" : benchmark;
        return new(
            Path.GetFullPath(root), FolderOf(model), $"{FileNamePart.Of(items)}.{FileNamePart.Of(slice)}.{FileNamePart.Of(condition.FileName)}");
    }

    /// <summary>The name of a model's folder: the model's own where every file system takes it, otherwise near it and with a hash.</summary>
    /// <param name="model">The model's name; anything.</param>
    public static string FolderOf(string model) => FileNamePart.OfForeign(model);

    /// <summary>The snapshots under a folder that await a reviewer, in order of their paths.</summary>
    /// <param name="root">The folder of all snapshots; it need not exist.</param>
    public static IReadOnlyList<SnapshotFile> ReceivedUnder(string root)
    {
        var top = Path.GetFullPath(root);
        return !System.IO.Directory.Exists(top)
            ? []
            : [.. System.IO.Directory.EnumerateFiles(top, "*" + ReceivedEnding, Everywhere)
                .Order(StringComparer.Ordinal)
                .Select(path => new SnapshotFile(
                    top, Path.GetRelativePath(top, Path.GetDirectoryName(path)!) is var folder and not "." ? folder : "",
                    Path.GetFileName(path)[..^ReceivedEnding.Length]))];
    }

    // Links are not followed: they can lead in circles, or out of the root.
    private static EnumerationOptions Everywhere => new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
}
