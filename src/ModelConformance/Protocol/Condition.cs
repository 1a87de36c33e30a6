namespace ModelConformance.Protocol;

/// <summary>How an item's question becomes a conversation: which instruction is added, and whether the model reasons first.</summary>
/// <param name="Id">The published name, for example <c>Q</c>, <c>Q+IF</c>, <c>Q+IF+CoT</c>, <c>Q+Neg:s1</c>. <c>+</c> reads "with".</param>
/// <remarks>Ganguli et al. 2023, section 3.2; Liu et al. 2025 for the levels of specificity (s1 … s3) and the negations.</remarks>
public sealed record Condition(string Id)
{
    private const string Cot = "+CoT";

    /// <summary>The question alone: the baseline of every contrast.</summary>
    public static readonly Condition Q = new("Q");

    /// <summary>Reasoning, without the instruction.</summary>
    public static readonly Condition QCot = new("Q+CoT");

    /// <summary>With an instruction to be unbiased.</summary>
    public static readonly Condition QIf = new("Q+IF");

    /// <summary>With the instruction, and reasoning about it before the answer.</summary>
    public static readonly Condition QIfCot = new("Q+IF+CoT");

    /// <summary>No condition to ask under, but what a contrast can subtract: the approved release's answers under the same condition.</summary>
    public static readonly Condition Approved = new("approved");

    /// <summary>Whether the model reasons in a first step and is asked again in a second.</summary>
    public bool Reasons => Id.EndsWith(Cot, StringComparison.Ordinal);

    /// <summary>The condition without its reasoning: what names the instruction, <c>Q</c> where there is none.</summary>
    public string Instruction => Reasons ? Id[..^Cot.Length] : Id;

    /// <summary>The name in files: <c>:</c> becomes <c>-</c>.</summary>
    public string FileName => Id.Replace(':', '-');

    /// <inheritdoc />
    public override string ToString() => Id;
}
