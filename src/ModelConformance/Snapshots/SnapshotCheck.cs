namespace ModelConformance.Snapshots;

/// <summary>What came of comparing a snapshot with its approved file.</summary>
/// <param name="Outcome">Which of the cases.</param>
/// <param name="Message">What to tell; empty where the texts are equal.</param>
public sealed record SnapshotCheck(SnapshotOutcome Outcome, string Message)
{
    /// <summary>Whether no reviewer is needed.</summary>
    public bool Passed => Outcome is SnapshotOutcome.Equal or SnapshotOutcome.EqualEnough;
}

/// <summary>How a received snapshot stands to the approved one.</summary>
public enum SnapshotOutcome
{
    /// <summary>The same text.</summary>
    Equal,

    /// <summary>Another text that the comparison lets pass.</summary>
    EqualEnough,

    /// <summary>Nothing is approved yet.</summary>
    Missing,

    /// <summary>Too different.</summary>
    Changed,
}
