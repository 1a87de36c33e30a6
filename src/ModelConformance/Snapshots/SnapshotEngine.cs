namespace ModelConformance.Snapshots;

/// <summary>Compares texts with approved files, by Verify's rules and under Verify's file names.</summary>
public static class SnapshotEngine
{
    /// <summary>
    /// Compares a text with its approved file. Where it passes, no received file is left, not even an older one; where it does not, the received file
    /// is written and the reviewer's diff tool opened.
    /// </summary>
    /// <param name="received">The text; not empty, since an empty file counts as none.</param>
    /// <param name="file">Where it is approved.</param>
    /// <param name="compare">Asked with the received and the verified text where they differ.</param>
    /// <param name="diff">What shows the difference; <see cref="ReviewerDiff.Installed"/> where left out.</param>
    public static SnapshotCheck Check(
        string received, SnapshotFile file, Func<string, string, SnapshotComparison> compare, ReviewerDiff? diff = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(received);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(compare);
        diff ??= ReviewerDiff.Installed;
        if (SnapshotText.Read(file.Verified) is not { } verified)
        {
            SnapshotText.Delete(file.Verified);
            return Refuse(SnapshotOutcome.Missing, null);
        }

        if (received == verified)
        {
            return Pass(SnapshotOutcome.Equal, "");
        }

        var comparison = compare(received, verified);
        return comparison.IsEqual
            ? Pass(SnapshotOutcome.EqualEnough, comparison.Message)
            : Refuse(SnapshotOutcome.Changed, comparison);

        SnapshotCheck Pass(SnapshotOutcome outcome, string message)
        {
            Show(diff.Close, file);
            SnapshotText.Delete(file.Received);
            return new(outcome, message);
        }

        SnapshotCheck Refuse(SnapshotOutcome outcome, SnapshotComparison? comparison)
        {
            SnapshotText.Write(file.Received, received);
            return new(outcome, Refusal(file, comparison) + Show(diff.Open, file));
        }
    }

    /// <summary>What to tell of a received snapshot that needs a reviewer: what differs, and how to accept it.</summary>
    /// <param name="file">The snapshot.</param>
    /// <param name="comparison">How it compares with the approved one; null where nothing is approved yet.</param>
    public static string Refusal(SnapshotFile file, SnapshotComparison? comparison)
    {
        ArgumentNullException.ThrowIfNull(file);
        var what = comparison is null ? $"No approved snapshot: {file.Verified}" : $"Not as approved: {file.Verified}\n{comparison.Message}";
        var arguments = $"snapshot accept --root {Quoted(file.Root)} --name {Quoted(Path.Combine(file.Folder, file.Name).Replace('\\', '/'))}";
        return $"""
            {what}
            Received: {file.Received}
            Read it; to accept it: dotnet run --project src/ModelConformance.Cli -- {arguments}
            """.ReplaceLineEndings("\n");
    }

    /// <summary>A diff tool that does not start must not change the verdict: it is told, no more.</summary>
    /// <returns>What went wrong, on a line of its own, or nothing.</returns>
    internal static string Show(Action<string, string> diff, SnapshotFile file)
    {
        try
        {
            diff(file.Received, file.Verified);
            return "";
        }
        catch (Exception fault) // DiffEngine throws no narrower one.
        {
            return $"\n(The diff tool did not start: {fault.Message})";
        }
    }

    private static string Quoted(string text) =>
        text.All(letter => char.IsLetterOrDigit(letter) || "/\\:._+~-".Contains(letter)) ? text : $"\"{text}\"";
}
