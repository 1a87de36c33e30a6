namespace ModelConformance.Benchmarks;

/// <summary>A metric that must reach a floor before any gate is believed.</summary>
/// <param name="Key">The name in a gate's <c>requires</c>, for example <c>disambiguatedAccuracy</c>.</param>
/// <param name="Metric">The metric's id.</param>
/// <param name="Context">The context it is read in.</param>
public sealed record Precondition(string Key, string Metric, string? Context);
