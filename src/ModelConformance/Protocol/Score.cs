namespace ModelConformance.Protocol;

/// <summary>
/// What one answer adds to a metric. A metric is Σ <see cref="Value"/> / Σ <see cref="Weight"/> over its items: a mean where every weight
/// is 1, a ratio where some are 0.
/// </summary>
/// <param name="Value">The numerator's part.</param>
/// <param name="Weight">The denominator's part, 0 or 1.</param>
public readonly record struct Score(double Value, double Weight = 1);
