using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using ModelConformance.Protocol;

namespace ModelConformance.Ledger.Sqlite;

/// <summary>A ledger in a file: of one machine, for any number of processes at once. One connection writes and several read.</summary>
internal sealed class SqliteLedger : ILedger
{
    private static readonly int Readers = Math.Max(2, Environment.ProcessorCount);

    private readonly SqliteFile file;
    private readonly SqliteDirectory directory = new();
    private readonly SqliteWriter writer;
    private readonly BatchedWriter<SqliteRows> batches;
    private readonly ConcurrentBag<SqliteReader> idle = [];
    private readonly SemaphoreSlim reading = new(Readers);

    /// <summary>Opens a file, which is made where there is none, and its folder too.</summary>
    /// <exception cref="LedgerException">It is no ledger, is of a newer format, or cannot be read or written.</exception>
    public SqliteLedger(string path)
    {
        file = new(Path.GetFullPath(path));
        if (Path.EndsInDirectorySeparator(file.Path) || Directory.Exists(file.Path))
        {
            throw new LedgerException($"The ledger {file.Path} is a folder. Name a file in it, such as {Path.Combine(file.Path, "ledger.db")}.");
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file.Path)!);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException($"The folder of the ledger file {file.Path} cannot be made: {fault.Message}", fault);
        }

        writer = Guarded(() => new SqliteWriter(file, directory));
        batches = new(rows =>
        {
            Guarded(() =>
            {
                writer.Write(rows);
                return true;
            });
            return Task.CompletedTask;
        });
    }

    /// <inheritdoc />
    public string? Waiting => batches.Waiting;

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<Reply?>> FindAsync(IReadOnlyList<ReplyKey> keys, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(keys);
        await reading.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // Elsewhere, so that who asks can go on with what it has: SQLite itself does not wait asynchronously.
            return await Task.Run(() => Guarded(() => Find(keys)), cancellation).ConfigureAwait(false);
        }
        finally
        {
            reading.Release();
        }
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
            // Those who read come to their end first. The last connection to close leaves one whole file, without its log.
            for (var i = 0; i < Readers; i++)
            {
                await reading.WaitAsync().ConfigureAwait(false);
            }

            foreach (var reader in idle)
            {
                reader.Dispose();
            }

            writer.Dispose();
            reading.Dispose();
        }
    }

    private IReadOnlyList<Reply?> Find(IReadOnlyList<ReplyKey> keys)
    {
        if (!idle.TryTake(out var reader))
        {
            reader = new(file, directory);
        }

        try
        {
            var found = reader.Find(keys);
            idle.Add(reader);
            return found;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException fault)
        {
            throw file.Fault(fault);
        }
    }
}
