using System.Buffers.Binary;
using System.Text;
using Microsoft.Data.Sqlite;

namespace ModelConformance.Ledger.Sqlite;

/// <summary>The connection that writes. For one thread at a time.</summary>
internal sealed class SqliteWriter : IDisposable
{
    // Room for what a batch changes.
    private const int Cache = 8 * 1024;

    private readonly SqliteDirectory directory;
    private readonly SqliteConnection connection;
    private readonly SqliteKeys keys;
    private readonly SqliteStatement begin;
    private readonly SqliteStatement commit;
    private readonly SqliteStatement newTarget;
    private readonly SqliteStatement last;
    private readonly SqliteStatement numbered;
    private readonly SqliteStatement has;
    private readonly SqliteStatement reply;
    private readonly SqliteStatement attempt;

    public SqliteWriter(SqliteFile file, SqliteDirectory directory)
    {
        this.directory = directory;
        connection = file.Connect(Cache);
        try
        {
            SqliteFormat.Prepare(connection, file.Path);
            keys = new(connection);
            begin = new(connection, "BEGIN IMMEDIATE");
            commit = new(connection, "COMMIT");
            newTarget = new(connection, "INSERT INTO targets (identity) VALUES (?) ON CONFLICT DO NOTHING");
            last = new(connection, "SELECT max((SELECT last FROM numbers), (SELECT coalesce(max(id), 0) FROM replies))");
            numbered = new(connection, "UPDATE numbers SET last = ?");
            has = new(connection, "SELECT 1 FROM replies WHERE conversation = ? AND target = ? AND sample = ? AND id = ?");
            reply = Insert("replies", ReplyColumns.Reply, "id");
            attempt = Insert("attempts", ReplyColumns.Attempt);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Writes a batch in one transaction: when it returns, all of it is safe.</summary>
    public void Write(SqliteRows rows)
    {
        begin.Run();
        var next = Last() + 1;
        (string? Identity, long Number) target = default;
        for (var row = 0; row < rows.Count; row++)
        {
            var key = rows.Key(row);
            if (!ReferenceEquals(target.Identity, key.Target))
            {
                target = (key.Target, Target(key.Target));
            }

            if (rows.IsFailed(row))
            {
                Bind(attempt, target.Number, key);
                rows.Bind(row, attempt, 4);
                attempt.Run();
            }
            else if (IsNew(target.Number, key, next))
            {
                Bind(reply, target.Number, key);
                reply.Bind(4, next++);
                rows.Bind(row, reply, 5);
                reply.Run();
            }
        }

        numbered.Bind(1, next - 1);
        numbered.Run();
        commit.Run();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        keys.Dispose();
        foreach (var statement in new[] { begin, commit, newTarget, last, numbered, has, reply, attempt })
        {
            statement.Dispose();
        }

        connection.Dispose();
    }

    private SqliteStatement Insert(string table, ReplyColumn[] columns, params string[] more)
    {
        string[] names = ["conversation", "target", "sample", .. more, .. columns.Select(column => column.Name)];
        return new(connection, $"INSERT INTO {table} ({string.Join(", ", names)}) VALUES ({string.Join(", ", names.Select(_ => "?"))})");
    }

    private long Target(string identity)
    {
        newTarget.BindText(1, Encoding.UTF8.GetBytes(PlainText.Of(identity)));
        newTarget.Run();
        return directory.Open(identity, keys);
    }

    private long Last()
    {
        last.Step();
        var id = last.Number(0)!.Value;
        last.Reset();
        return id;
    }

    // What the directory has may have been deleted from the file.
    private bool IsNew(long target, ReplyKey key, long next)
    {
        var known = directory.Add(key, next);
        if (known == 0)
        {
            return true;
        }

        Bind(has, target, key);
        has.Bind(4, known);
        var isThere = has.Step();
        has.Reset();
        if (!isThere)
        {
            directory.Replace(key, next);
        }

        return !isThere;
    }

    private static void Bind(SqliteStatement statement, long target, ReplyKey key)
    {
        Span<byte> conversation = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(conversation, key.Conversation);
        statement.Bind(1, conversation);
        statement.Bind(2, target);
        statement.Bind(3, key.Sample);
    }
}
