using ModelConformance.Benchmarks;
using ModelConformance.Protocol;

namespace ModelConformance.Collection;

/// <summary>An item to be asked.</summary>
/// <param name="Benchmark">The benchmark that the item is of.</param>
/// <param name="Item">The item.</param>
/// <param name="Condition">The condition to ask it under.</param>
/// <param name="Sample">The index of the repeat in <see cref="Mode.Sampling"/>, from 0; 0 in every other mode.</param>
public sealed record Question(IBenchmark Benchmark, Item Item, Condition Condition, int Sample = 0);
