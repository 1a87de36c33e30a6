using ModelConformance.Protocol;

namespace ModelConformance.Reports;

/// <summary>
/// What the replies of a run took, added up: the same whoever asked for them, and when. Not thread-safe.
/// </summary>
public sealed class CallTally
{
    // A hostile server could make up a new name per reply.
    private const int MostNames = 64;

    private readonly SortedDictionary<string, long> retries = new(StringComparer.Ordinal);
    private readonly SortedSet<string> models = new(StringComparer.Ordinal);
    private readonly SortedSet<string> fingerprints = new(StringComparer.Ordinal);

    /// <summary>The requests, repeated attempts included. A reply that does not say how it was had counts as one.</summary>
    public long Requests { get; private set; }

    /// <summary>The attempts that were repeated, by cause, in ordinal order.</summary>
    public IReadOnlyDictionary<string, long> Retries => retries;

    /// <summary>The model ids in the replies, in ordinal order, at most 64; more than one means that the model changed.</summary>
    public IReadOnlyList<string> Models => [.. models];

    /// <summary>The <c>system_fingerprint</c>s in the replies, in ordinal order, at most 64.</summary>
    public IReadOnlyList<string> Fingerprints => [.. fingerprints];

    /// <summary>The tokens that the replies say were used.</summary>
    public TokenUsage Usage { get; private set; }

    /// <summary>When the first reply was asked for, UTC; null where none says.</summary>
    public DateTimeOffset? First { get; private set; }

    /// <summary>When the last reply had come, UTC; null where none says.</summary>
    public DateTimeOffset? Last { get; private set; }

    /// <summary>Counts a reply.</summary>
    public void Add(Reply reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        Requests += reply.Call?.Requests ?? 1;
        if (reply.Call is not { } call)
        {
            return;
        }

        foreach (var (cause, times) in call.Retries)
        {
            retries[cause] = retries.GetValueOrDefault(cause) + times;
        }

        Keep(models, call.Model);
        Keep(fingerprints, call.Fingerprint);
        Usage += call.Usage;
        First = First < call.At ? First : call.At;
        Last = Last > call.At + call.Latency ? Last : call.At + call.Latency;
    }

    private static void Keep(SortedSet<string> names, string? name)
    {
        if (!string.IsNullOrEmpty(name) && names.Count < MostNames)
        {
            names.Add(name);
        }
    }
}
