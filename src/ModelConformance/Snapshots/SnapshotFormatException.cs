namespace ModelConformance.Snapshots;

/// <summary>A text is not a snapshot of answers.</summary>
public sealed class SnapshotFormatException : FormatException
{
    /// <summary>Says where, and what should stand there.</summary>
    /// <param name="line">The line, from 1.</param>
    /// <param name="expected">What was expected in it.</param>
    public SnapshotFormatException(int line, string expected)
        : base($"line {line}: expected {expected}") => Line = line;

    /// <summary>The line, from 1.</summary>
    public int Line { get; }
}
