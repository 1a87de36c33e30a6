namespace ModelConformance.Datasets;

/// <summary>What became of one file of a fetch.</summary>
/// <param name="File">The pinned file.</param>
/// <param name="State">What became of it.</param>
/// <param name="Reason">Why it failed; otherwise null.</param>
public sealed record FetchOutcome(DataFile File, FetchState State, string? Reason)
{
    /// <summary>Whether the pinned bytes are in the folder now.</summary>
    public bool Holds => State != FetchState.Failed;
}

/// <summary>What became of a file of a fetch.</summary>
public enum FetchState
{
    /// <summary>It was there already, byte for byte, and was not fetched again.</summary>
    Present,

    /// <summary>It was absent and is there now.</summary>
    Fetched,

    /// <summary>Other bytes stood in its place, and the pinned ones do now.</summary>
    Replaced,

    /// <summary>It could not be had. The folder is as it was.</summary>
    Failed,
}
