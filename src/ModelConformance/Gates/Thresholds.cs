using System.Collections.Immutable;

namespace ModelConformance.Gates;

/// <summary>The gates of a thresholds file.</summary>
/// <param name="Gates">At least one, in the order of the file; <c>"slice": "*"</c> has become one per category.</param>
/// <param name="Inconclusive">What an inconclusive gate does to the test run.</param>
public sealed record Thresholds(ImmutableArray<Gate> Gates, InconclusivePolicy Inconclusive);
