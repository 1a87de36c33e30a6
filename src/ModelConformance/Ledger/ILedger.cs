using ModelConformance.Protocol;

namespace ModelConformance.Ledger;

/// <summary>Every reply, kept, so that nothing is asked twice. Thread-safe. Disposal writes what is not yet written.</summary>
public interface ILedger : IAsyncDisposable
{
    /// <summary>What keeps replies from being written now, in words: another process, a slow disk, a server that is away. Null where nothing does.</summary>
    string? Waiting => null;

    /// <summary>Looks replies up, many at once: a ledger across a network would otherwise wait for each.</summary>
    /// <param name="keys">What to look up.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The replies in the order of their keys, null where there is none. Failed ones are never found.</returns>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    ValueTask<IReadOnlyList<Reply?>> FindAsync(IReadOnlyList<ReplyKey> keys, CancellationToken cancellation);

    /// <summary>
    /// Takes a reply to be written soon, and waits only where the writing is behind. The first one kept under a key stays. A failed one is
    /// kept as a failed attempt, of which a key may have any number.
    /// </summary>
    /// <exception cref="LedgerException">What was given before could not be written, as on a full disk.</exception>
    ValueTask KeepAsync(ReplyKey key, Reply reply, CancellationToken cancellation);

    /// <summary>Waits until all that was given before is safe: neither the end of the process nor that of the machine loses it.</summary>
    /// <exception cref="LedgerException">It could not be written.</exception>
    Task FlushAsync(CancellationToken cancellation);
}

/// <summary>All that can change a reply, and nothing else: timeouts and concurrency are not in it.</summary>
/// <param name="Target">The target's identity.</param>
/// <param name="Conversation">The conversation's hash.</param>
/// <param name="Sample">The index of the repeat: a repeat is never served from the cache of another.</param>
public readonly record struct ReplyKey(string Target, UInt128 Conversation, int Sample)
{
    internal Draw Draw => new(Conversation, Sample);
}
