using ModelConformance.Protocol;
using Npgsql;

namespace ModelConformance.Ledger.Postgres;

/// <summary>A ledger in a PostgreSQL database: of many machines at once.</summary>
internal sealed class PostgresLedger : ILedger
{
    private readonly PostgresServer server;
    private readonly PostgresTables tables = new();
    private readonly BatchedWriter<KeptReplies> batches;

    private PostgresLedger(PostgresServer server)
    {
        this.server = server;
        batches = new(WriteAsync);
    }

    /// <summary>Opens a database, whose tables are made where there are none.</summary>
    /// <exception cref="LedgerException">It cannot be reached, its tables are of a newer version, or the user may not use them.</exception>
    public static async Task<PostgresLedger> OpenAsync(NpgsqlConnectionStringBuilder address, CancellationToken cancellation)
    {
        var server = new PostgresServer(address);
        try
        {
            // Once: who has named a wrong one wants to hear it soon.
            await server.OnceAsync(connection => PostgresFormat.PrepareAsync(connection, server.Place, cancellation), cancellation)
                .ConfigureAwait(false);
            return new(server);
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc />
    public string? Waiting => batches.Waiting;

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<Reply?>> FindAsync(IReadOnlyList<ReplyKey> keys, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return await server.DoAsync(connection => tables.FindAsync(connection, keys, cancellation), cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public ValueTask KeepAsync(ReplyKey key, Reply reply, CancellationToken cancellation) => batches.KeepAsync(key, reply, cancellation);

    /// <inheritdoc />
    public Task FlushAsync(CancellationToken cancellation) => batches.FlushAsync(cancellation);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        try
        {
            await batches.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            await server.DisposeAsync().ConfigureAwait(false);
        }
    }

    private Task<int> WriteAsync(KeptReplies batch)
    {
        // In one order for all who write: two with the same replies would otherwise wait for each other.
        var sorted = batch.OrderBy(kept => kept.Key.Conversation).ThenBy(kept => kept.Key.Sample)
            .ThenBy(kept => kept.Key.Target, StringComparer.Ordinal).ToLookup(kept => kept.Reply.Finish == Finish.Failed);
        KeptReply[] replies = [.. sorted[false]], attempts = [.. sorted[true]];

        // Names, so that attempts whose commit was not confirmed are not written twice.
        Guid[] names = [.. attempts.Select(_ => Guid.CreateVersion7())];
        return server.DoAsync(connection => tables.WriteAsync(connection, replies, attempts, names), default);
    }
}
