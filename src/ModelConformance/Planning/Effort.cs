namespace ModelConformance.Planning;

/// <summary>What asking takes.</summary>
/// <param name="Calls">Requests, where every one is answered at once and every reasoning comes to an end.</param>
/// <param name="PromptTokens">An estimate of the tokens sent: a token for every 4 bytes of the words in UTF-8, each reasoning at its longest.</param>
/// <param name="CompletionTokens">The most tokens that can come back.</param>
public readonly record struct Effort(long Calls, long PromptTokens, long CompletionTokens)
{
    /// <summary>Both kinds of tokens.</summary>
    public long Tokens => PromptTokens + CompletionTokens;

    /// <summary>The same for two together.</summary>
    public static Effort operator +(Effort first, Effort second) =>
        new(first.Calls + second.Calls, first.PromptTokens + second.PromptTokens, first.CompletionTokens + second.CompletionTokens);

    /// <summary>The same several times.</summary>
    public static Effort operator *(Effort one, int times) => new(one.Calls * times, one.PromptTokens * times, one.CompletionTokens * times);

    /// <summary>The same for all together.</summary>
    public static Effort Of(IEnumerable<Effort> parts) => parts.Aggregate(default(Effort), (sum, part) => sum + part);
}
