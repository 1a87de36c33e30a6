using System.Collections.Concurrent;
using ModelConformance.Protocol;
using ModelConformance.Targets.Flow;

namespace ModelConformance.Targets;

/// <summary>How a target behaves, as it is used: for a run's progress. Thread-safe; holds no secret.</summary>
public sealed class TargetObservations
{
    // A hostile server could make up a new name per reply.
    private const int MostNames = 64;

    private readonly ConcurrencyLimit? limit;
    private readonly ConcurrentDictionary<string, long> retries = new();
    private readonly ConcurrentDictionary<string, byte> models = new();
    private readonly ConcurrentDictionary<string, byte> fingerprints = new();
    private long requests;
    private long promptTokens;
    private long completionTokens;
    private long cachedTokens;
    private long reasoningTokens;

    /// <summary>Nothing was seen.</summary>
    public TargetObservations()
    {
    }

    internal TargetObservations(ConcurrencyLimit limit) => this.limit = limit;

    /// <summary>The requests that may be in flight now, 1 … <see cref="TargetSettings.Concurrency"/>; 0 where there is no such limit.</summary>
    public int Concurrency => limit?.Value ?? 0;

    /// <summary>The requests in flight now; after a decrease of the limit, for a while more than that.</summary>
    public int InFlight => limit?.InFlight ?? 0;

    /// <summary>The requests sent, repeated attempts and the probe included.</summary>
    public long Requests => Interlocked.Read(ref requests);

    /// <summary>The attempts that were repeated, by cause: <c>HTTP 429</c>, <c>connection</c>, <c>timeout</c>, <c>unreadable</c>.</summary>
    public IReadOnlyDictionary<string, long> Retries => new SortedDictionary<string, long>(retries, StringComparer.Ordinal);

    /// <summary>
    /// The model ids in the replies, in ordinal order; more than one means that the model changed under the run. At most 64 are kept.
    /// </summary>
    public IReadOnlyList<string> Models => [.. models.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The <c>system_fingerprint</c>s in the replies, in ordinal order. At most 64 are kept.</summary>
    public IReadOnlyList<string> Fingerprints => [.. fingerprints.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The tokens that the replies say were used.</summary>
    public TokenUsage Usage => new(
        Interlocked.Read(ref promptTokens),
        Interlocked.Read(ref completionTokens),
        Interlocked.Read(ref cachedTokens),
        Interlocked.Read(ref reasoningTokens));

    internal void Sent() => Interlocked.Increment(ref requests);

    internal void Retried(string cause) => retries.AddOrUpdate(cause, 1, static (_, count) => count + 1);

    internal void Saw(string? model, string? fingerprint, TokenUsage usage)
    {
        Keep(models, model);
        Keep(fingerprints, fingerprint);
        Interlocked.Add(ref promptTokens, usage.Prompt);
        Interlocked.Add(ref completionTokens, usage.Completion);
        Interlocked.Add(ref cachedTokens, usage.Cached);
        Interlocked.Add(ref reasoningTokens, usage.Reasoning);
    }

    private static void Keep(ConcurrentDictionary<string, byte> names, string? name)
    {
        if (!string.IsNullOrEmpty(name) && !names.ContainsKey(name) && names.Count < MostNames && name.Length <= 256)
        {
            names.TryAdd(name, 0);
        }
    }
}
