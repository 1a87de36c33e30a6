using System.Collections.Concurrent;
using ModelConformance.Protocol;
using ModelConformance.Targets.Flow;

namespace ModelConformance.Targets;

/// <summary>How a target behaves, as it is used: for a run's progress. Thread-safe; holds no secret.</summary>
public sealed class TargetObservations
{
    private readonly Traffic? traffic;
    private readonly ConcurrentDictionary<string, long> retries = new();
    private long requests;
    private long promptTokens;
    private long completionTokens;
    private long cachedTokens;
    private long reasoningTokens;

    /// <summary>Nothing was seen.</summary>
    public TargetObservations()
    {
    }

    internal TargetObservations(Traffic traffic) => this.traffic = traffic;

    /// <summary>The requests that may be in flight now, 1 … <see cref="TargetSettings.Concurrency"/>; 0 where there is no such limit.</summary>
    public int Concurrency => traffic?.Limit.Value ?? 0;

    /// <summary>The requests in flight now; after a decrease of the limit, for a while more than that.</summary>
    public int InFlight => traffic?.Limit.InFlight ?? 0;

    /// <summary>
    /// What keeps requests from being sent now, in words: the target asked for patience, it is away, or the settings' pace holds them back. Null
    /// where nothing of that does.
    /// </summary>
    public string? Waiting => traffic?.Waiting;

    /// <summary>The requests sent, repeated attempts and the probe included.</summary>
    public long Requests => Interlocked.Read(ref requests);

    /// <summary>The attempts that were repeated, by cause: <c>HTTP 429</c>, <c>connection</c>, <c>timeout</c>, <c>unreadable</c>.</summary>
    public IReadOnlyDictionary<string, long> Retries => new SortedDictionary<string, long>(retries, StringComparer.Ordinal);

    /// <summary>The tokens that the replies say were used.</summary>
    public TokenUsage Usage => new(
        Interlocked.Read(ref promptTokens),
        Interlocked.Read(ref completionTokens),
        Interlocked.Read(ref cachedTokens),
        Interlocked.Read(ref reasoningTokens));

    internal void Sent() => Interlocked.Increment(ref requests);

    internal void Retried(string cause) => retries.AddOrUpdate(cause, 1, static (_, count) => count + 1);

    internal void Used(TokenUsage usage)
    {
        Interlocked.Add(ref promptTokens, usage.Prompt);
        Interlocked.Add(ref completionTokens, usage.Completion);
        Interlocked.Add(ref cachedTokens, usage.Cached);
        Interlocked.Add(ref reasoningTokens, usage.Reasoning);
    }
}
