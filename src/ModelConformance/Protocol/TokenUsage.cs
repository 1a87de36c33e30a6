namespace ModelConformance.Protocol;

/// <summary>Tokens used, as the target counts them; 0 where it does not say.</summary>
/// <param name="Prompt">Tokens read.</param>
/// <param name="Completion">Tokens written, reasoning included.</param>
/// <param name="Cached">Those of <paramref name="Prompt"/> that came from a cache.</param>
/// <param name="Reasoning">Those of <paramref name="Completion"/> that were hidden reasoning.</param>
public readonly record struct TokenUsage(long Prompt, long Completion, long Cached, long Reasoning)
{
    /// <summary>Tokens of several calls together.</summary>
    public static TokenUsage operator +(TokenUsage one, TokenUsage other) =>
        new(one.Prompt + other.Prompt, one.Completion + other.Completion, one.Cached + other.Cached, one.Reasoning + other.Reasoning);

    /// <inheritdoc cref="op_Addition" />
    public static TokenUsage Add(TokenUsage one, TokenUsage other) => one + other;
}
