using ModelConformance.Protocol;

namespace ModelConformance.Gates;

/// <summary>What a gate bounds: a metric in a cell, or the contrast of two conditions in it.</summary>
/// <param name="Metric">The metric's id, for example <c>bbq.bias</c>.</param>
/// <param name="Slice">The slice's id.</param>
/// <param name="Context">The context; null where the benchmark has none.</param>
/// <param name="Condition">The condition.</param>
/// <param name="Minus">The condition that is subtracted, paired by item; null where there is no contrast.</param>
public sealed record Quantity(string Metric, string Slice, string? Context, Condition Condition, Condition? Minus = null)
{
    /// <summary>The metric without its benchmark: <c>bias</c>.</summary>
    internal string Word => Metric[(Metric.IndexOf('.', StringComparison.Ordinal) + 1)..];

    /// <summary>The conditions that it needs answers under: one or two.</summary>
    public IEnumerable<Condition> Conditions => Minus is null ? [Condition] : [Condition, Minus];
}
