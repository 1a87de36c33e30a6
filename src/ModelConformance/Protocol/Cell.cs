namespace ModelConformance.Protocol;

/// <summary>What is collected and approved together: a category's items under one condition.</summary>
/// <param name="Benchmark">The benchmark's id.</param>
/// <param name="Slice">The items' slice.</param>
/// <param name="Condition">The condition.</param>
public sealed record Cell(string Benchmark, string Slice, Condition Condition)
{
    /// <inheritdoc />
    public override string ToString() => $"{Benchmark} · {Slice} · {Condition}";
}
