using ModelConformance.Protocol;
using ModelConformance.Targets.Wire;

namespace ModelConformance.Targets;

/// <summary>How a conversation is put to an endpoint.</summary>
internal interface IProtocol
{
    /// <summary>What is added to the address, from its slash on.</summary>
    string Path { get; }

    /// <summary>The requests that a conversation takes: one, or in <see cref="Mode.Continuation"/> one for each continuation, in order.</summary>
    /// <param name="conversation">What is asked; it ends in a user's turn.</param>
    /// <param name="sample">The index of the repeat, sent as the seed.</param>
    /// <exception cref="ArgumentException">The prompt ends in a space, or there is nothing to continue it with.</exception>
    IReadOnlyList<Request> Requests(Conversation conversation, int sample);
}

/// <summary>One request.</summary>
/// <param name="Body">Its JSON.</param>
/// <param name="MaxTokens">The most tokens that its reply may have.</param>
/// <param name="Meaning">Reads what the server chose, and how that ended.</param>
internal sealed record Request(byte[] Body, int MaxTokens, Func<Choice, Finish, Attempt> Meaning)
{
    /// <summary>The tokens that it takes, before they are known: rather too many, since English has four or five bytes to a token.</summary>
    public TokenUsage Estimate => new(Body.Length / 4, MaxTokens, 0, 0);
}
