using ModelConformance.Benchmarks;

namespace ModelConformance.Gates;

/// <summary>Finds what a gate names in a benchmark.</summary>
internal static class BenchmarkNames
{
    public static Metric Metric(this IBenchmark benchmark, string id) =>
        benchmark.Metrics.FirstOrDefault(metric => metric.Id == id) ?? throw Unknown(benchmark, "metric", id);

    public static Slice Slice(this IBenchmark benchmark, string id) =>
        benchmark.Slices.FirstOrDefault(slice => slice.Id == id) ?? throw Unknown(benchmark, "slice", id);

    public static Precondition Precondition(this IBenchmark benchmark, string key) =>
        benchmark.Preconditions.FirstOrDefault(precondition => precondition.Key == key) ?? throw Unknown(benchmark, "precondition", key);

    private static ArgumentException Unknown(IBenchmark benchmark, string kind, string name) =>
        new($"The benchmark {benchmark.Id} has no {kind} '{name}'.");
}
