using System.Text.RegularExpressions;
using ModelConformance.Ledger.Postgres;
using ModelConformance.Ledger.Sqlite;

namespace ModelConformance.Ledger;

/// <summary>Where replies are kept, by its address.</summary>
public static partial class Ledgers
{
    /// <summary>
    /// Whether an address is a path. What looks like a connection string or like a URI of any kind is none, however wrong it may be: a file would
    /// have its password for a name.
    /// </summary>
    /// <param name="where">The address.</param>
    public static bool IsFile(string where)
    {
        ArgumentNullException.ThrowIfNull(where);
        return BeginsAsPath().IsMatch(where)
            || !(where.Contains("://", StringComparison.Ordinal) || Scheme().IsMatch(where) || PostgresAddress.HasKeywords(where));
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
        return IsFile(where)
            ? new SqliteLedger(where)
            : await PostgresLedger.OpenAsync(PostgresAddress.Read(where), cancellation).ConfigureAwait(false);
    }

    // A folder, or a drive.
    [GeneratedRegex(@"^(\.{0,2}[/\\]|[A-Za-z]:[/\\])")]
    private static partial Regex BeginsAsPath();

    [GeneratedRegex(@"^\s*[A-Za-z][A-Za-z0-9+.-]+:")]
    private static partial Regex Scheme();
}
