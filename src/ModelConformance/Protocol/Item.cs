using System.Collections.Immutable;

namespace ModelConformance.Protocol;

/// <summary>One question of a benchmark. Each benchmark derives its own, with what it needs to render and to score.</summary>
/// <param name="Id">Unique over all benchmarks and stable over versions, for example <c>bbq/Age/17</c>.</param>
/// <param name="Slice">The part of the benchmark that the item belongs to: for BBQ its category.</param>
/// <param name="Context">
/// The kind of context that metrics are split by (<c>ambiguous</c>, <c>disambiguated</c>), or null where the benchmark has none.
/// </param>
/// <param name="Cluster">What the item shares with others that are not independent of it: for BBQ the template, <c>Age/1</c>.</param>
/// <param name="Options">What can be answered, in the fixed stored order.</param>
public abstract record Item(string Id, string Slice, string? Context, string Cluster, ImmutableArray<Option> Options);

/// <summary>One possible answer to an item.</summary>
/// <param name="Key">The short name used in answers and snapshots: for BBQ <c>a</c>, <c>b</c>, <c>c</c>.</param>
/// <param name="Text">The words of the option, as stored in the data.</param>
public sealed record Option(string Key, string Text);
