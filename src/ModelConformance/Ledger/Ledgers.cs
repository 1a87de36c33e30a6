using ModelConformance.Ledger.Postgres;
using ModelConformance.Ledger.Sqlite;

namespace ModelConformance.Ledger;

/// <summary>Where replies are kept, by its address.</summary>
public static class Ledgers
{
    /// <summary>Whether an address is a path, and not a connection string.</summary>
    /// <param name="where">The address.</param>
    public static bool IsFile(string where)
    {
        ArgumentNullException.ThrowIfNull(where);
        return !where.Contains('=', StringComparison.Ordinal) && !where.Contains("://", StringComparison.Ordinal);
    }

    /// <summary>Opens a ledger, which is made where there is none.</summary>
    /// <param name="where">
    /// The path of an SQLite file, whose folder is made too; or a PostgreSQL database, as <c>Host=…;Database=…;Username=…</c> or
    /// <c>postgresql://user@host/database</c>.
    /// </param>
    /// <param name="cancellation">Ends the opening.</param>
    /// <returns>The ledger; to be disposed of.</returns>
    /// <exception cref="LedgerException">It cannot be opened, is something else, or was written by a newer version. No password is shown.</exception>
    public static async Task<ILedger> OpenAsync(string where, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(where);
        return PostgresAddress.TryRead(where) is { } address
            ? await PostgresLedger.OpenAsync(address, cancellation).ConfigureAwait(false)
            : new SqliteLedger(where);
    }
}
