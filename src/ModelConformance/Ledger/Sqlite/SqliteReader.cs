using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using ModelConformance.Protocol;

namespace ModelConformance.Ledger.Sqlite;

/// <summary>A connection that looks replies up. For one thread at a time.</summary>
internal sealed class SqliteReader : IDisposable
{
    // Room for the index of some half a million replies.
    private const int Cache = 16 * 1024;

    private readonly SqliteConnection connection;
    private readonly SqliteStatement begin;
    private readonly SqliteStatement end;
    private readonly SqliteStatement target;
    private readonly SqliteStatement reply;
    private (string? Identity, long Id) known;

    public SqliteReader(SqliteFile file)
    {
        connection = file.Connect(Cache);
        begin = new(connection, "BEGIN");
        end = new(connection, "COMMIT");
        target = new(connection, "SELECT id FROM targets WHERE identity = ?");
        var columns = string.Join(", ", ReplyColumns.Reply.Select(column => column.Name));
        reply = new(connection, $"SELECT {columns} FROM replies WHERE conversation = ? AND target = ? AND sample = ?");
    }

    /// <summary>The replies in the order of their keys, null where there is none. After an exception the reader is of no use.</summary>
    public IReadOnlyList<Reply?> Find(IReadOnlyList<ReplyKey> keys)
    {
        // One transaction: otherwise every statement locks the file anew.
        var found = new Reply?[keys.Count];
        begin.Run();
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = Find(keys[i]);
        }

        end.Run();
        return found;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var statement in new[] { begin, end, target, reply })
        {
            statement.Dispose();
        }

        connection.Dispose();
    }

    private Reply? Find(ReplyKey key)
    {
        if (Target(key.Target) is not { } id)
        {
            return null;
        }

        Span<byte> conversation = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(conversation, key.Conversation);
        reply.Bind(1, conversation);
        reply.Bind(2, id);
        reply.Bind(3, key.Sample);
        var found = reply.Step() ? ReplyColumns.Read(reply, 0) : null;
        reply.Reset();
        return found;
    }

    // One that is not there yet may come from another process.
    private long? Target(string identity)
    {
        if (!ReferenceEquals(known.Identity, identity))
        {
            target.Bind(1, PlainText.Of(identity));
            known = target.Step() ? (identity, target.Number(0)!.Value) : default;
            target.Reset();
        }

        return known.Identity is null ? null : known.Id;
    }
}
