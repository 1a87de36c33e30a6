using System.Collections.Concurrent;
using ModelConformance.Protocol;

namespace ModelConformance.Ledger;

/// <summary>A ledger that lives as long as the run.</summary>
public sealed class MemoryLedger : ILedger
{
    private readonly ConcurrentDictionary<ReplyKey, Reply> replies = new();

    /// <inheritdoc />
    public ValueTask<Reply?> FindAsync(ReplyKey key, CancellationToken cancellation) => new(replies.GetValueOrDefault(key));

    /// <inheritdoc />
    public ValueTask KeepAsync(ReplyKey key, Reply reply, CancellationToken cancellation)
    {
        replies[key] = reply;
        return ValueTask.CompletedTask;
    }
}
