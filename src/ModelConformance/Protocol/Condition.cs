namespace ModelConformance.Protocol;

/// <summary>How an item's question becomes a conversation: which instruction is added, and whether the model reasons first.</summary>
/// <param name="Id">The published name: <c>Q</c>, <c>Q+IF</c>, <c>Q+IF+CoT</c>.</param>
/// <remarks>Ganguli et al. 2023, section 3.2.</remarks>
public sealed record Condition(string Id)
{
    /// <summary>The question alone: the baseline of every contrast.</summary>
    public static readonly Condition Q = new("Q");

    /// <summary>With an instruction to be unbiased.</summary>
    public static readonly Condition QIf = new("Q+IF");

    /// <summary>With the instruction, and reasoning about it before the answer.</summary>
    public static readonly Condition QIfCot = new("Q+IF+CoT");

    /// <summary>Whether the model reasons in a first step and is asked again in a second.</summary>
    public bool Reasons => Id.EndsWith("+CoT", StringComparison.Ordinal);

    /// <summary>The name in files: <c>:</c> becomes <c>-</c>.</summary>
    public string FileName => Id.Replace(':', '-');

    /// <inheritdoc />
    public override string ToString() => Id;
}
