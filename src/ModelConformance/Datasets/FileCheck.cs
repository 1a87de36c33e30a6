namespace ModelConformance.Datasets;

/// <summary>What stands in a data folder at a pinned file's place.</summary>
/// <param name="File">The pinned file.</param>
/// <param name="State">How what was found compares with it.</param>
/// <param name="FoundBlobId">The git blob id of what was found; null where there is nothing.</param>
/// <param name="FoundBytes">The length of what was found; null where there is nothing.</param>
public sealed record FileCheck(DataFile File, FileState State, string? FoundBlobId, long? FoundBytes)
{
    /// <summary>Whether figures computed from the folder are those of the published data, as far as this file goes.</summary>
    public bool Holds => State == FileState.Pinned || (State == FileState.Absent && File.Optional);
}

/// <summary>How a file in a data folder compares with the pinned one.</summary>
public enum FileState
{
    /// <summary>Byte for byte the upstream file.</summary>
    Pinned,

    /// <summary>There is a file, with other bytes: usable, but figures are not comparable with published ones.</summary>
    Differing,

    /// <summary>There is no file.</summary>
    Absent,
}
