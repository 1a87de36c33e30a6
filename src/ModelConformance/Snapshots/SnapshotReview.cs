using System.IO.Enumeration;
using ModelConformance.Protocol;

namespace ModelConformance.Snapshots;

/// <summary>What a reviewer does with received snapshots: lists them, looks at what changed, accepts them.</summary>
public static class SnapshotReview
{
    /// <summary>The snapshots that await a reviewer.</summary>
    /// <param name="root">The folder of all snapshots.</param>
    /// <param name="target">Only this model's: its name, or its folder's.</param>
    /// <param name="name">
    /// Only those of this name (<c>bbq.Age.Q+IF</c>) or path under the root (<c>reference-fair/bbq.Age.Q+IF</c>); <c>*</c> and <c>?</c> stand for
    /// any letters and any letter.
    /// </param>
    public static IReadOnlyList<SnapshotFile> Pending(string root, string? target = null, string? name = null) =>
    [
        .. SnapshotFile.ReceivedUnder(root)
            .Where(file => target is null || file.Folder == target || file.Folder == SnapshotFile.FolderOf(target))
            .Where(file => name is null || Matches(name, file.Name) || Matches(name, Path.Combine(file.Folder, file.Name).Replace('\\', '/'))),
    ];

    /// <summary>What changed in a pending snapshot.</summary>
    /// <param name="file">The snapshot.</param>
    /// <param name="budget">What may change.</param>
    /// <exception cref="FileNotFoundException">Nothing awaits a reviewer there.</exception>
    public static SnapshotDiff Diff(SnapshotFile file, DriftBudget budget)
    {
        ArgumentNullException.ThrowIfNull(file);
        var received = SnapshotText.Read(file.Received)
            ?? throw new FileNotFoundException($"No received snapshot: {file.Received}", file.Received);
        if (SnapshotText.Read(file.Verified) is not { } verified)
        {
            return new(file, true, false, $"New: {received.Split('\n').Length} lines, nothing approved to compare with.");
        }

        var comparison = Answers(received) is not null
            ? SnapshotComparison.OfAnswers(received, verified, budget)
            : SnapshotComparison.OfText(received, verified);
        return new(file, false, comparison.IsEqual, comparison.Message);
    }

    /// <summary>
    /// How many of a pending snapshot's items have no answer because the run was ended before it asked for one, and of how many. Such a part is not to
    /// be approved. None of none where the snapshot is not of answers.
    /// </summary>
    /// <param name="file">The snapshot.</param>
    public static (int Missing, int Of) Unasked(SnapshotFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return SnapshotText.Read(file.Received) is { } text && Answers(text) is { } answers
            ? (answers.Lines.Count(line => line.ToAnswer().Outcome == Outcome.Missing), answers.Lines.Length)
            : (0, 0);
    }

    /// <summary>Makes a pending snapshot the approved one, in one step: the received file takes the verified file's place.</summary>
    /// <param name="file">The snapshot.</param>
    /// <param name="diff">What showed the difference and has nothing left to show; <see cref="ReviewerDiff.Installed"/> where left out.</param>
    /// <exception cref="FileNotFoundException">Nothing awaits a reviewer there.</exception>
    public static AcceptedSnapshot Accept(SnapshotFile file, ReviewerDiff? diff = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (SnapshotText.Read(file.Received) is null)
        {
            throw new FileNotFoundException($"No received snapshot: {file.Received}", file.Received);
        }

        var isNew = SnapshotText.Read(file.Verified) is null;
        SnapshotEngine.Show((diff ?? ReviewerDiff.Installed).Close, file);
        File.Move(file.Received, file.Verified, overwrite: true);
        return new(file, isNew);
    }

    private static AnswerSnapshot? Answers(string text)
    {
        try
        {
            return AnswerSnapshot.Parse(text);
        }
        catch (SnapshotFormatException)
        {
            return null;
        }
    }

    private static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}

/// <summary>What changed in a pending snapshot.</summary>
/// <param name="File">The snapshot.</param>
/// <param name="IsNew">Whether nothing is approved yet.</param>
/// <param name="IsWithinBudget">Whether it would pass as it is.</param>
/// <param name="Message">What changed.</param>
public sealed record SnapshotDiff(SnapshotFile File, bool IsNew, bool IsWithinBudget, string Message);

/// <summary>A snapshot that was accepted.</summary>
/// <param name="File">The snapshot.</param>
/// <param name="IsNew">Whether nothing had been approved before.</param>
public sealed record AcceptedSnapshot(SnapshotFile File, bool IsNew);
