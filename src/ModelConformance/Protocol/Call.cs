using System.Collections.Immutable;

namespace ModelConformance.Protocol;

/// <summary>How a reply was had: kept beside it in a ledger, so that a run's manifest is the same whoever asked, and when.</summary>
public sealed record Call
{
    internal static readonly ImmutableSortedDictionary<string, int> NoRetries =
        ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>When the last request was sent, UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>From the sending of the last request to the end of its reply; of a conversation that takes several requests, all of them together.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The requests that it took, repeats included; at least 1.</summary>
    public int Requests { get; init; } = 1;

    /// <summary>The repeats by cause: <c>HTTP 429</c>, <c>connection</c>, <c>timeout</c>, <c>unreadable</c>.</summary>
    public ImmutableSortedDictionary<string, int> Retries { get; init; } = NoRetries;

    /// <summary>The tokens used, as the target counts them.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>The name that the server gave to the last request; null where it gives none. Untrusted, at most 256 characters.</summary>
    public string? RequestId { get; init; }

    /// <summary>The model that the server says answered; null where it does not say. Untrusted, at most 256 characters.</summary>
    public string? Model { get; init; }

    /// <summary>The server's <c>system_fingerprint</c>; null where it has none. Untrusted, at most 256 characters.</summary>
    public string? Fingerprint { get; init; }
}
