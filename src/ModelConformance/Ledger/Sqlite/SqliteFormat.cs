using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ModelConformance.Ledger.Sqlite;

/// <summary>The tables in a ledger file, and how older files come to have them.</summary>
internal static class SqliteFormat
{
    /// <summary>"MCLG": what tells a ledger from every other SQLite file.</summary>
    public const int ApplicationId = 0x4D434C47;

    // What a call was like: columns of both tables.
    private const string Call = """
        at INTEGER, latency INTEGER, requests INTEGER, retries TEXT,
        prompt_tokens INTEGER, completion_tokens INTEGER, cached_tokens INTEGER, reasoning_tokens INTEGER,
        request_id TEXT, model TEXT, fingerprint TEXT
        """;

    // In order; the number of those that a file has had is its version. What was released is not changed any more.
    //
    // Replies lie in the order in which they came, and so do their keys in the index beside them (SqliteDirectory says why). A deleted one's id is
    // never given again: who holds it in memory would take another reply for it, or miss those that came after.
    private static readonly string[] Migrations =
    [
        $"""
        CREATE TABLE targets (id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE replies (
          target INTEGER NOT NULL REFERENCES targets, conversation BLOB NOT NULL, sample INTEGER NOT NULL,
          {Call},
          finish TEXT NOT NULL, tokens BLOB, continuations BLOB, text TEXT NOT NULL) STRICT;
        CREATE UNIQUE INDEX replies_key ON replies (conversation, target, sample);
        """,
        $"""
        CREATE TABLE attempts (
          target INTEGER NOT NULL REFERENCES targets, conversation BLOB NOT NULL, sample INTEGER NOT NULL,
          {Call},
          error TEXT NOT NULL) STRICT;
        """,
        $"""
        CREATE TABLE kept (
          id INTEGER PRIMARY KEY, target INTEGER NOT NULL REFERENCES targets, conversation BLOB NOT NULL, sample INTEGER NOT NULL,
          {Call},
          finish TEXT NOT NULL, tokens BLOB, continuations BLOB, text TEXT NOT NULL) STRICT;
        INSERT INTO kept SELECT rowid, * FROM replies ORDER BY rowid;
        DROP TABLE replies;
        ALTER TABLE kept RENAME TO replies;
        CREATE INDEX replies_log ON replies (target, id, conversation, sample);
        """,
        """
        CREATE TABLE numbers (last INTEGER NOT NULL) STRICT;
        INSERT INTO numbers SELECT coalesce(max(id), 0) FROM replies;
        """,
    ];

    /// <summary>The version that this software writes.</summary>
    public static int Version => Migrations.Length;

    /// <summary>Makes the tables where there are none, and adds what an older file lacks.</summary>
    /// <exception cref="LedgerException">The file is something else, is of a newer version, or cannot be written.</exception>
    public static void Prepare(SqliteConnection connection, string path)
    {
        // Looked at before anything is changed: it may be somebody else's.
        int version;
        using (connection.BeginTransaction(deferred: true))
        {
            version = Found(connection, path);
        }

        if (raw.sqlite3_db_readonly(connection.Handle, "main") == 1)
        {
            throw new LedgerException($"The ledger file {path} can only be read. Make it and its folder writable, or name another file.");
        }

        if (version == 0)
        {
            Scalar(connection, "PRAGMA page_size = 32768");
        }

        if (Scalar(connection, "PRAGMA journal_mode = WAL") is not "wal")
        {
            throw new LedgerException(
                $"The ledger file {path} lies where SQLite cannot keep a write-ahead log, as on some network shares. Name a file on a local disk.");
        }

        if (version < Version)
        {
            Migrate(connection, path, Version);
        }
    }

    /// <summary>Brings a file to a version, in one transaction; another process may be at the same.</summary>
    internal static void Migrate(SqliteConnection connection, string path, int version)
    {
        using var transaction = connection.BeginTransaction();
        foreach (var migration in Migrations[Found(connection, path)..version])
        {
            Scalar(connection, migration);
        }

        Scalar(connection, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {version}");
        transaction.Commit();
    }

    // In a transaction: between one look and the next, another process may make a ledger of the file.
    private static int Found(SqliteConnection connection, string path)
    {
        var (application, version) = ((long)Scalar(connection, "PRAGMA application_id")!, (long)Scalar(connection, "PRAGMA user_version")!);
        return (application, version) switch
        {
            (0, 0) when Scalar(connection, "SELECT count(*) FROM sqlite_schema") is 0L => 0,
            (ApplicationId, > 0) when version <= Version => (int)version,
            (ApplicationId, _) => throw new LedgerException(
                $"The ledger file {path} has format {version}; this software knows formats up to {Version}. Use a newer one, or name another file."),
            _ => throw new LedgerException($"{path} is an SQLite file of another program, not a ledger. Name another file."),
        };
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
