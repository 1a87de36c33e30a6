using System.Buffers.Binary;
using System.Text;
using ModelConformance.Protocol;

namespace ModelConformance.Ledger.Sqlite;

/// <summary>
/// Replies on their way into a file, as the bytes that it will hold, one behind the other. Encoded when they come, while they are in the
/// processor's cache; and no object of theirs outlives that, which the garbage collector would have to move.
/// </summary>
internal sealed class SqliteRows : IReplyBatch
{
    private const byte Null = 0, Number = 1, Text = 2, Blob = 3;

    private readonly List<(ReplyKey Key, bool IsFailed, int At)> rows = [];
    private byte[] bytes = new byte[1 << 16];
    private int end;

    /// <inheritdoc />
    public int Count => rows.Count;

    /// <inheritdoc />
    public long Size => end;

    /// <summary>A reply's key.</summary>
    public ReplyKey Key(int row) => rows[row].Key;

    /// <summary>Whether it is a failed attempt.</summary>
    public bool IsFailed(int row) => rows[row].IsFailed;

    /// <summary>The columns of its table.</summary>
    public static ReplyColumn[] Columns(bool isFailed) => isFailed ? ReplyColumns.Attempt : ReplyColumns.Reply;

    /// <inheritdoc />
    public void Add(ReplyKey key, Reply reply)
    {
        var isFailed = reply.Finish == Finish.Failed;
        rows.Add((key, isFailed, end));
        foreach (var column in Columns(isFailed))
        {
            Add(column, reply);
        }
    }

    /// <summary>Sets a statement's parameters to the columns of a reply.</summary>
    /// <param name="row">The reply.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="first">The parameter of the first column.</param>
    public void Bind(int row, SqliteStatement statement, int first)
    {
        var (_, isFailed, at) = rows[row];
        var rest = bytes.AsSpan(at);
        for (var parameter = first; parameter < first + Columns(isFailed).Length; parameter++)
        {
            var kind = rest[0];
            rest = rest[1..];
            if (kind == Null)
            {
                statement.Bind(parameter, default(long?));
                continue;
            }

            var number = BinaryPrimitives.ReadInt64LittleEndian(rest);
            rest = rest[sizeof(long)..];
            if (kind == Number)
            {
                statement.Bind(parameter, number);
                continue;
            }

            var content = rest[..(int)number];
            rest = rest[content.Length..];
            if (kind == Text)
            {
                statement.BindText(parameter, content);
            }
            else
            {
                statement.Bind(parameter, content);
            }
        }
    }

    /// <inheritdoc />
    public void Clear()
    {
        rows.Clear();
        end = 0;
    }

    // What it is; a number, or the length of what follows.
    private void Add(ReplyColumn column, Reply reply)
    {
        switch (column)
        {
            case ReplyColumn<long?> numbers when numbers.Value(reply) is { } number:
                Add(Number, number);
                break;
            case ReplyColumn<string> texts when texts.Value(reply) is { } text:
                var length = Encoding.UTF8.GetBytes(text, Room(1 + sizeof(long) + Encoding.UTF8.GetMaxByteCount(text.Length))[(1 + sizeof(long))..]);
                Add(Text, length);
                end += length;
                break;
            case ReplyColumn<byte[]> blobs when blobs.Value(reply) is { } blob:
                blob.CopyTo(Room(1 + sizeof(long) + blob.Length)[(1 + sizeof(long))..]);
                Add(Blob, blob.Length);
                end += blob.Length;
                break;
            case ReplyColumn<long?> or ReplyColumn<string> or ReplyColumn<byte[]>:
                Room(1)[0] = Null;
                end++;
                break;
            default:
                throw new ArgumentException($"A column has no {column.GetType()}.", nameof(column));
        }
    }

    private void Add(byte kind, long number)
    {
        var room = Room(1 + sizeof(long));
        room[0] = kind;
        BinaryPrimitives.WriteInt64LittleEndian(room[1..], number);
        end += 1 + sizeof(long);
    }

    private Span<byte> Room(int length)
    {
        if (bytes.Length - end < length)
        {
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, end + length));
        }

        return bytes.AsSpan(end);
    }
}
