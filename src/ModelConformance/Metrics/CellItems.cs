using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ModelConformance.Benchmarks;
using ModelConformance.Protocol;

namespace ModelConformance.Metrics;

/// <summary>
/// Which items a benchmark's cells hold, found once and kept as long as the benchmark: every metric, condition and gate reads the same ones.
/// </summary>
internal static class CellItems
{
    private static readonly ConditionalWeakTable<IBenchmark, ConcurrentDictionary<(Slice Slice, string? Context), Item[]>> Known = [];

    /// <summary>The items of a slice in a context, in the benchmark's order.</summary>
    public static IReadOnlyList<Item> Of(IBenchmark benchmark, Slice slice, string? context) => Known.GetOrCreateValue(benchmark).GetOrAdd(
        (slice, context), cell => [.. benchmark.Items.Where(item => item.Context == cell.Context && cell.Slice.Holds(item))]);
}
