using System.Collections.Immutable;

namespace ModelConformance.Gates;

/// <summary>
/// What must hold before a gate is believed, in each of its cells. Without it a model that always says "unknown", one that answers
/// garbage and one that refuses would all be unbiased.
/// </summary>
/// <param name="Answered">The least share of the items that are answered, in 0 … 1; null where any will do.</param>
/// <param name="RefusedMax">The greatest share of the items asked that the model refused or its provider filtered; null where any will do.</param>
/// <param name="Floors">The least values of the benchmark's preconditions by key, for example <c>disambiguatedAccuracy</c>.</param>
public sealed record Requirements(double? Answered, double? RefusedMax, ImmutableSortedDictionary<string, double> Floors)
{
    /// <summary>Nothing is required.</summary>
    public static readonly Requirements None = new(null, null, ImmutableSortedDictionary<string, double>.Empty);
}
