using Microsoft.Data.Sqlite;

namespace ModelConformance.Bench.Soak;

/// <summary>What a ledger file holds, read without the library that wrote it.</summary>
/// <param name="Replies">What was said to each question: its finish, its text and its log-probabilities.</param>
/// <param name="Rows">The rows of replies; more than <paramref name="Replies"/> where a question has several.</param>
/// <param name="Attempts">The failed attempts.</param>
/// <param name="Integrity">What SQLite's own check of the file says: <c>ok</c>.</param>
internal sealed record Kept(IReadOnlyDictionary<string, string> Replies, int Rows, long Attempts, string Integrity)
{
    /// <summary>Reads all of a file.</summary>
    public static Kept Read(string path)
    {
        using var connection = Open(path);
        var (replies, rows) = (new Dictionary<string, string>(), 0);
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT identity || ' ' || hex(conversation) || ' ' || sample,
                   finish || ' ' || coalesce(hex(tokens), '') || ' ' || coalesce(hex(continuations), '') || ' ' || text
            FROM replies JOIN targets ON targets.id = replies.target
            """;
        using var reader = command.ExecuteReader();
        for (; reader.Read(); rows++)
        {
            replies[reader.GetString(0)] = reader.GetString(1);
        }

        return new(replies, rows, (long)Scalar(connection, "SELECT count(*) FROM attempts"), (string)Scalar(connection, "PRAGMA integrity_check"));
    }

    /// <summary>
    /// The replies in a file whose process was killed; 0 where there is none yet. Counted in a copy: to open the file itself would mend it, which
    /// is for the next run to do.
    /// </summary>
    public static long Count(string path)
    {
        if (!File.Exists(path))
        {
            return 0;
        }

        var folder = Directory.CreateTempSubdirectory("soak-copy").FullName;
        try
        {
            foreach (var file in new[] { path, $"{path}-wal" }.Where(File.Exists))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }

            using var connection = Open(Path.Combine(folder, Path.GetFileName(path)));
            return (long)Scalar(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'replies'") == 0
                ? 0
                : (long)Scalar(connection, "SELECT count(*) FROM replies");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static object Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()!;
    }
}
