using System.Collections.Immutable;

namespace ModelConformance.Protocol;

/// <summary>What came back from a target for one conversation.</summary>
/// <param name="Text">The model's text, empty where it gave none. Untrusted.</param>
/// <param name="Finish">How the reply ended.</param>
public sealed record Reply(string Text, Finish Finish)
{
    /// <summary>The first tokens' alternatives in <see cref="Mode.Logprobs"/>, in order of position; otherwise empty.</summary>
    public ImmutableArray<TokenAlternatives> Tokens { get; init; } = [];

    /// <summary>
    /// In <see cref="Mode.Continuation"/>, the natural-log probability of each of <see cref="Conversation.Continuations"/>, in their order, summed
    /// over its tokens without correction for length; otherwise empty.
    /// </summary>
    public ImmutableArray<double> Continuations { get; init; } = [];

    /// <summary>How it was had; null where that is not known, as of recorded answers.</summary>
    public Call? Call { get; init; }

    /// <summary>Why there is no reply, where <see cref="Finish"/> is <see cref="Finish.Failed"/>.</summary>
    public string? Error { get; init; }

    /// <summary>A call that failed for good, after its retries.</summary>
    /// <param name="error">What happened, without secrets.</param>
    public static Reply Failed(string error) => new("", Finish.Failed) { Error = error };
}

/// <summary>How a reply ended.</summary>
public enum Finish
{
    /// <summary>The model stopped by itself.</summary>
    Stop,

    /// <summary>The token limit cut it.</summary>
    Length,

    /// <summary>The provider's filter withheld it: an outcome, not an error.</summary>
    ContentFilter,

    /// <summary>The API itself says that the model refused.</summary>
    Refusal,

    /// <summary>There is no reply: the call failed after all its retries.</summary>
    Failed,
}

/// <summary>The most probable tokens at one position of a reply.</summary>
/// <param name="Top">Token texts with natural-log probabilities, most probable first.</param>
public sealed record TokenAlternatives(ImmutableArray<TokenLogprob> Top)
{
    /// <summary>
    /// The first positions of a reply, which are all that is asked for and read: an answer may follow an opening bracket, a space or a quotation
    /// mark, and is not looked for beyond.
    /// </summary>
    public const int Positions = 4;
}

/// <summary>A token and its natural-log probability (at most 0).</summary>
/// <param name="Token">The token's text, perhaps with a leading space.</param>
/// <param name="Logprob">The natural logarithm of its probability.</param>
public sealed record TokenLogprob(string Token, double Logprob);
