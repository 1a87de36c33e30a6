using ModelConformance.Protocol;

namespace ModelConformance.Targets;

/// <summary>A target whose requests can be written to a file, and whose replies can be read from one: what providers call a batch.</summary>
internal interface IBatchTarget : ITarget
{
    /// <summary>The path that the requests go to, from <c>/v1</c> on.</summary>
    string BatchUrl { get; }

    /// <summary>The JSON of the one request that a conversation takes.</summary>
    /// <param name="conversation">What is asked; not in <see cref="Mode.Continuation"/>, which takes several requests.</param>
    /// <param name="sample">The index of the repeat, sent as the seed.</param>
    byte[] Body(Conversation conversation, int sample);

    /// <summary>
    /// Reads a result as <see cref="ITarget.AskAsync(Conversation, int, CancellationToken)"/> would read the same reply, but that nothing is tried again: what may heal is
    /// <see cref="Finish.Failed"/> too.
    /// </summary>
    /// <param name="result">What came back.</param>
    /// <param name="mode">The mode of the conversation that was asked.</param>
    /// <exception cref="TargetException">It says of the target, not of this one request, that it cannot be asked so.</exception>
    Reply Read(BatchResult result, Mode mode);
}

/// <summary>What a batch says came back to one request.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The reply's JSON. Untrusted.</param>
/// <param name="RequestId">The name that the server gave to the request; null where it gives none. Untrusted.</param>
/// <param name="At">When the reply was made; null where it does not say.</param>
internal sealed record BatchResult(int Status, byte[] Body, string? RequestId, DateTimeOffset? At);
