using System.Net.Sockets;
using Npgsql;

namespace ModelConformance.Ledger.Postgres;

/// <summary>A database across a network: work is done again where the connection broke, as when the server was started anew.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    // Some 15 s together: a server that starts anew is there by then.
    private static readonly double[] Pauses = [0.1, 0.5, 1, 2, 4, 8];

    // A server that ends, as it says to its connections, or has only begun to start.
    private static readonly string[] Passing =
        [PostgresErrorCodes.AdminShutdown, PostgresErrorCodes.CrashShutdown, PostgresErrorCodes.CannotConnectNow];

    private readonly NpgsqlDataSource source;

    public PostgresServer(NpgsqlConnectionStringBuilder address)
    {
        Place = PostgresAddress.Place(address);
        try
        {
            source = NpgsqlDataSource.Create(address);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            throw Unusable(fault);
        }
    }

    /// <summary>Where it is, without who asks.</summary>
    public string Place { get; }

    /// <summary>Does work over a connection, again where the connection broke: so it must come to the same when it is done twice.</summary>
    /// <exception cref="LedgerException">It cannot be done.</exception>
    public async Task<T> DoAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await OnceAsync(work, cancellation).ConfigureAwait(false);
            }
            catch (LedgerException fault) when (attempt < Pauses.Length && fault.IsPassing)
            {
                // Connections that lie idle broke with this one.
                source.Clear();
                await Task.Delay(TimeSpan.FromSeconds(Pauses[attempt]), cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Does work over a connection.</summary>
    /// <exception cref="LedgerException">It cannot be done.</exception>
    public async Task<T> OnceAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            return await work(connection).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException or SocketException)
        {
            throw new LedgerException($"The PostgreSQL ledger at {Place} {Meaning(fault)}", fault) { IsPassing = IsPassing(fault) };
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            throw Unusable(fault);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => source.DisposeAsync();

    // What Npgsql finds wrong in an address only when it uses it; its words may show a part of it.
    private LedgerException Unusable(Exception fault) => new(
        $"The PostgreSQL ledger at {Place} cannot be used as it is named ({fault.GetType().Name}). Check the host, the port and the sizes of the pool.");

    private static bool IsPassing(Exception fault) =>
        fault is NpgsqlException { IsTransient: true } or TimeoutException or SocketException
        || fault is PostgresException said && Passing.Contains(said.SqlState);

    private static string Meaning(Exception fault) => fault switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
            "does not let this user in. Check the user, and the password, which may also stand in the variable PGPASSWORD.",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } =>
            "forbids what a ledger needs: to make the schema model_conformance and its tables, or to read and write them.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => "has no database of that name. Make it (createdb), or name another.",
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } =>
            "has no room: its disk is full. Make room, then run again: what was kept before is safe.",
        PostgresException said => $"reports {said.SqlState}: {said.MessageText}.",
        NpgsqlException { IsTransient: false, InnerException: null } =>
            $"does not take the connection: {fault.Message.TrimEnd('.')}. Check the password, which may also stand in PGPASSWORD, and SSL Mode.",
        _ => $"cannot be reached: {fault.Message.TrimEnd('.')}. Check that it runs and can be reached, then run again: what was kept before is safe.",
    };
}
