using ModelConformance.Protocol;

namespace ModelConformance.Targets;

/// <summary>The outcome of one attempt of a call.</summary>
/// <param name="Reply">What is answered if this was the last attempt.</param>
/// <param name="Cause">
/// Why another attempt may do better, as retries are counted (<c>HTTP 429</c>, <c>timeout</c>); null where the reply is final.
/// </param>
/// <param name="Wait">How long the server asks to wait; null where it does not say.</param>
internal sealed record Attempt(Reply Reply, string? Cause = null, TimeSpan? Wait = null)
{
    /// <summary>Nothing is left for another attempt.</summary>
    public bool IsLast { get; init; }

    /// <summary>The server could not be reached, or hung up.</summary>
    public const string Connection = "connection";

    /// <summary>The attempt took longer than it may.</summary>
    public const string Timeout = "timeout";

    /// <summary>A reply came that is cut or no JSON.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>A fault that may heal.</summary>
    public static Attempt Healable(string cause, string error, TimeSpan? wait = null) => new(Reply.Failed(error), cause, wait);

    /// <summary>A fault of this one conversation that asking again would repeat.</summary>
    public static Attempt Hopeless(string error) => new(Reply.Failed(error));
}
