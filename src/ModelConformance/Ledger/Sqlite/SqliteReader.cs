using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using ModelConformance.Protocol;

namespace ModelConformance.Ledger.Sqlite;

/// <summary>A connection that looks replies up. For one thread at a time.</summary>
internal sealed class SqliteReader : IDisposable
{
    private const int Cache = 4 * 1024;

    private readonly SqliteDirectory directory;
    private readonly SqliteConnection connection;
    private readonly SqliteKeys keys;
    private readonly SqliteStatement begin;
    private readonly SqliteStatement end;
    private readonly SqliteStatement reply;

    public SqliteReader(SqliteFile file, SqliteDirectory directory)
    {
        this.directory = directory;
        connection = file.Connect(Cache);
        keys = new(connection);
        begin = new(connection, "BEGIN");
        end = new(connection, "COMMIT");
        var columns = string.Join(", ", ReplyColumns.Reply.Select(column => column.Name));
        // The key too: an id whose transaction failed is given again.
        reply = new(connection, $"SELECT {columns} FROM replies WHERE id = ? AND conversation = ? AND sample = ? AND target = ?");
    }

    /// <summary>The replies in the order of their keys, null where there is none. After an exception the reader is of no use.</summary>
    public IReadOnlyList<Reply?> Find(IReadOnlyList<ReplyKey> asked)
    {
        // One transaction: otherwise every statement locks the file anew.
        begin.Run();
        var ids = directory.Find(asked, keys);
        var found = new Reply?[ids.Length];
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = ids[i].Id == 0 ? null : Read(ids[i].Id, ids[i].Target, asked[i]);
        }

        end.Run();
        return found;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        keys.Dispose();
        foreach (var statement in new[] { begin, end, reply })
        {
            statement.Dispose();
        }

        connection.Dispose();
    }

    private Reply? Read(long id, long target, ReplyKey key)
    {
        Span<byte> conversation = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(conversation, key.Conversation);
        reply.Bind(1, id);
        reply.Bind(2, conversation);
        reply.Bind(3, key.Sample);
        reply.Bind(4, target);
        var found = reply.Step() ? ReplyColumns.Read(reply, 0) : null;
        reply.Reset();
        return found;
    }
}
