using Microsoft.Data.Sqlite;

namespace ModelConformance.Ledger.Sqlite;

/// <summary>A ledger file: how it is connected to, and what its faults mean to a user.</summary>
internal sealed class SqliteFile(string path)
{
    // How long a connection waits for another process: its transactions take some tens of milliseconds.
    private const int Patience = 60_000;

    public string Path { get; } = path;

    /// <summary>Connects.</summary>
    /// <param name="cache">How much of the file the connection keeps in memory, in KiB.</param>
    public SqliteConnection Connect(int cache)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA busy_timeout = {Patience}; PRAGMA synchronous = FULL; PRAGMA cache_size = -{cache}";
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>What a user is told of a fault.</summary>
    public LedgerException Fault(SqliteException fault) => new($"The ledger file {Path} {Meaning(fault)}", fault);

    private static string Meaning(SqliteException fault) => fault.SqliteErrorCode switch
    {
        3 or 8 => "cannot be written. Make it and its folder writable, or name another file.",
        5 or 6 => $"has been locked by another program for {Patience / 1000} s. End that program, then run again.",
        10 => $"cannot be read or written ({fault.SqliteExtendedErrorCode}, an input/output error). Check the disk and its limits, then run again: "
            + "what was kept before is safe.",
        11 => "is damaged. Put a copy of it in its place, or name another file.",
        13 => "has no room: the disk is full. Make room, then run again: what was kept before is safe.",
        14 => "cannot be opened. Its folder must exist and be writable, and it must be a file.",
        26 => "is no SQLite file, so no ledger. Name another file.",
        _ => $"cannot be used: {fault.Message}",
    };
}
