using ModelConformance.Protocol;

namespace ModelConformance.Benchmarks;

/// <summary>A quantity over the answers of a cell: Σ value / Σ weight of its items' scores.</summary>
/// <param name="Id">The name in gates and results, for example <c>bbq.bias</c>.</param>
/// <param name="Contexts">The contexts it is computed in, each on its own; holds only null where the benchmark has no contexts.</param>
/// <param name="Lowest">The least value possible.</param>
/// <param name="Highest">The greatest value possible.</param>
/// <param name="Counts">Whether an item can have a score at all: false for an item without a target of the stereotype.</param>
/// <param name="Score">The score of an answered item that counts; null where the answer lacks what the metric needs.</param>
public sealed record Metric(
    string Id, IReadOnlyList<string?> Contexts, double Lowest, double Highest, Func<Item, bool> Counts, Func<Item, Answer, Score?> Score);
