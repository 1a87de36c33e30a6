using ModelConformance.Benchmarks;
using ModelConformance.Benchmarks.Bbq;

namespace ModelConformance.Runs;

/// <summary>The benchmarks there are. A new one is a folder under <c>Benchmarks/</c> and a line here.</summary>
public static class Catalog
{
    /// <summary>Opens every benchmark on the data folder, or on its embedded sample where there is none.</summary>
    /// <param name="dataRoot">The data folder, or null.</param>
    /// <exception cref="Datasets.DataException">The data cannot be read.</exception>
    public static IReadOnlyList<IBenchmark> Open(string? dataRoot) => [BbqBenchmark.Open(dataRoot)];
}
