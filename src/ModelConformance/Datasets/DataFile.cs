namespace ModelConformance.Datasets;

/// <summary>One upstream file that a data folder holds, pinned to its bytes.</summary>
/// <param name="Origin">Where it is published.</param>
/// <param name="Path">Its place in a data folder, with <c>/</c> between the parts: <c>bbq/Age.jsonl</c>.</param>
/// <param name="UpstreamPath">Its place in the repository.</param>
/// <param name="BlobId">The git blob id of its bytes, 40 lower-case hex digits: what <c>git ls-tree</c> shows at the pinned commit.</param>
public sealed record DataFile(DataOrigin Origin, string Path, string UpstreamPath, string BlobId)
{
    /// <summary>Its length in bytes; null where it is not recorded, and the blob id alone decides.</summary>
    public long? Bytes { get; init; }

    /// <summary>How many data rows it has, a heading not counted; null where it is not recorded.</summary>
    public int? Rows { get; init; }

    /// <summary>Whether the benchmark works without it.</summary>
    public bool Optional { get; init; }
}
