namespace ModelConformance.Benchmarks;

/// <summary>Which data a benchmark's items come from.</summary>
/// <param name="Name">
/// <c>upstream</c> for the published data, <c>sample</c> for the embedded items, which are not comparable with published numbers.
/// </param>
/// <param name="Hash">A hash (12 lower-case hex digits) of the items.</param>
public sealed record Dataset(string Name, string Hash)
{
    /// <summary>Whether these are the embedded items.</summary>
    public bool IsSample => Name == "sample";
}
