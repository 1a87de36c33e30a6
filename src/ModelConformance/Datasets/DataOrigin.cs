namespace ModelConformance.Datasets;

/// <summary>Where a benchmark's files are published, at one commit.</summary>
/// <param name="Benchmark">The benchmark's id, for example <c>bbq</c>.</param>
/// <param name="Repository">The GitHub repository, <c>owner/name</c>.</param>
/// <param name="Commit">The pinned commit, 40 hex digits.</param>
/// <param name="Licence">The licence of the data, or that none is stated.</param>
public sealed record DataOrigin(string Benchmark, string Repository, string Commit, string Licence);
