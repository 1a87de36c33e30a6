using ModelConformance.Protocol;

namespace ModelConformance.Gates;

/// <summary>What a gate bounds: a metric in a cell, or its contrast with another condition or the approved release.</summary>
/// <param name="Metric">The metric's id, for example <c>bbq.bias</c>.</param>
/// <param name="Slice">The slice's id.</param>
/// <param name="Context">The context; null where the benchmark has none.</param>
/// <param name="Condition">The condition.</param>
/// <param name="Minus">
/// What is subtracted, paired by item: another condition, or <see cref="Protocol.Condition.Approved"/>, the approved release's answers under the
/// same one; null where there is no contrast.
/// </param>
public sealed record Quantity(string Metric, string Slice, string? Context, Condition Condition, Condition? Minus = null)
{
    /// <summary>The metric without its benchmark: <c>bias</c>.</summary>
    internal string Word => Metric[(Metric.IndexOf('.', StringComparison.Ordinal) + 1)..];

    /// <summary>Whether the approved release's answers are subtracted.</summary>
    public bool IsAgainstApproved => Minus == Condition.Approved;

    /// <summary>The conditions that it needs a run's answers under: one or two.</summary>
    public IEnumerable<Condition> Conditions => Minus is null || IsAgainstApproved ? [Condition] : [Condition, Minus];
}
