using ModelConformance.Protocol;

namespace ModelConformance.Ledger;

/// <summary>Every reply of a run, so that nothing is asked twice. Thread-safe.</summary>
public interface ILedger
{
    /// <summary>The reply kept under a key, or null where there is none.</summary>
    ValueTask<Reply?> FindAsync(ReplyKey key, CancellationToken cancellation);

    /// <summary>Keeps a reply. Failed replies are never offered.</summary>
    ValueTask KeepAsync(ReplyKey key, Reply reply, CancellationToken cancellation);
}

/// <summary>All that can change a reply, and nothing else: timeouts and concurrency are not in it.</summary>
/// <param name="Target">The target's identity.</param>
/// <param name="Conversation">The conversation's hash.</param>
/// <param name="Sample">The index of the repeat: a repeat is never served from the cache of another.</param>
public readonly record struct ReplyKey(string Target, UInt128 Conversation, int Sample);
