using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using ModelConformance.Protocol;

namespace ModelConformance.Ledger.Sqlite;

/// <summary>The connection that writes. For one thread at a time.</summary>
internal sealed class SqliteWriter : IDisposable
{
    // Room for the pages of the index that a batch changes.
    private const int Cache = 32 * 1024;

    private readonly SqliteConnection connection;
    private readonly SqliteStatement begin;
    private readonly SqliteStatement commit;
    private readonly SqliteStatement newTarget;
    private readonly SqliteStatement target;
    private readonly SqliteStatement reply;
    private readonly SqliteStatement attempt;

    public SqliteWriter(SqliteFile file)
    {
        connection = file.Connect(Cache);
        try
        {
            SqliteFormat.Prepare(connection, file.Path);
            begin = new(connection, "BEGIN IMMEDIATE");
            commit = new(connection, "COMMIT");
            newTarget = new(connection, "INSERT INTO targets (identity) VALUES (?) ON CONFLICT DO NOTHING");
            target = new(connection, "SELECT id FROM targets WHERE identity = ?");
            reply = Insert("replies", ReplyColumns.Reply, "ON CONFLICT DO NOTHING");
            attempt = Insert("attempts", ReplyColumns.Attempt, "");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Writes a batch in one transaction: when it returns, all of it is safe.</summary>
    public void Write(IReadOnlyList<KeptReply> replies)
    {
        begin.Run();
        string? identity = null;
        long id = 0;
        foreach (var kept in replies)
        {
            if (!ReferenceEquals(identity, kept.Key.Target))
            {
                identity = kept.Key.Target;
                id = Target(identity);
            }

            if (kept.Reply.Finish == Finish.Failed)
            {
                Write(attempt, ReplyColumns.Attempt, id, kept);
            }
            else
            {
                Write(reply, ReplyColumns.Reply, id, kept);
            }
        }

        commit.Run();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var statement in new[] { begin, commit, newTarget, target, reply, attempt })
        {
            statement.Dispose();
        }

        connection.Dispose();
    }

    private SqliteStatement Insert(string table, ReplyColumn[] columns, string otherwise)
    {
        string[] names = ["conversation", "target", "sample", .. columns.Select(column => column.Name)];
        return new(connection, $"INSERT INTO {table} ({string.Join(", ", names)}) VALUES ({string.Join(", ", names.Select(_ => "?"))}) {otherwise}");
    }

    private long Target(string identity)
    {
        var text = PlainText.Of(identity);
        newTarget.Bind(1, text);
        newTarget.Run();
        target.Bind(1, text);
        target.Step();
        var id = target.Number(0)!.Value;
        target.Reset();
        return id;
    }

    private static void Write(SqliteStatement statement, ReplyColumn[] columns, long target, KeptReply kept)
    {
        Span<byte> conversation = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(conversation, kept.Key.Conversation);
        statement.Bind(1, conversation);
        statement.Bind(2, target);
        statement.Bind(3, kept.Key.Sample);
        for (var i = 0; i < columns.Length; i++)
        {
            statement.Bind(i + 4, columns[i].Value(kept.Reply));
        }

        statement.Run();
    }
}
