using System.Collections.Concurrent;
using ModelConformance.Protocol;

namespace ModelConformance.Ledger;

/// <summary>A ledger that lives as long as the object: for a target that cannot be asked again, such as the embedded reference model.</summary>
public sealed class MemoryLedger : ILedger
{
    private readonly ConcurrentDictionary<ReplyKey, Reply> replies = new();

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<Reply?>> FindAsync(IReadOnlyList<ReplyKey> keys, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return new([.. keys.Select(key => replies.GetValueOrDefault(key))]);
    }

    /// <inheritdoc />
    public ValueTask KeepAsync(ReplyKey key, Reply reply, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reply);
        if (reply.Finish != Finish.Failed)
        {
            replies.TryAdd(key, reply);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public Task FlushAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
