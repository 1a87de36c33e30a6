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

    /// <summary>Whether the server was not reached at all.</summary>
    public bool IsUnreached { get; init; }

    /// <summary>Whether the target has too much to do for all that ask it.</summary>
    public bool IsBusy => Cause is "HTTP 429" or "HTTP 503" or "HTTP 529";

    /// <summary>Whether the target is away, or busy for who knows how long: no conversation does that by itself.</summary>
    public bool IsAway => Wait is null && (IsUnreached || IsBusy || Cause is "HTTP 502" or "HTTP 521" or "HTTP 522" or "HTTP 523" or "HTTP 530");

    /// <summary>Whether the next attempt follows without a pause of its own, since all requests wait.</summary>
    public bool WaitsWithAll { get; init; }

    /// <summary>A fault that may heal.</summary>
    public static Attempt Healable(string cause, string error, TimeSpan? wait = null) => new(Reply.Failed(error), cause, wait);

    /// <summary>A fault of this one conversation that asking again would repeat.</summary>
    public static Attempt Hopeless(string error) => new(Reply.Failed(error));
}
