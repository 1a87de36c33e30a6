namespace ModelConformance.Statistics;

/// <summary>One item's part in a ratio Σ value / Σ weight, with the cluster that it is not independent of.</summary>
/// <param name="Value">The numerator's part.</param>
/// <param name="Weight">The denominator's part, at least 0; 1 throughout for a mean.</param>
/// <param name="Cluster">The cluster: any number, equal for items of one cluster.</param>
public readonly record struct Observation(double Value, double Weight, int Cluster);
