using System.Text;
using Microsoft.Data.Sqlite;

namespace ModelConformance.Ledger.Sqlite;

/// <summary>A connection's view of the keys in a ledger file. For one thread at a time, in a transaction.</summary>
internal sealed class SqliteKeys(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement target = new(connection, "SELECT id FROM targets WHERE identity = ?");
    private readonly SqliteStatement keys = new(
        connection, "SELECT id, conversation, sample FROM replies INDEXED BY replies_log WHERE target = ? AND id > ? ORDER BY id");

    /// <summary>The number of a target; null where the file has none of it.</summary>
    public long? Number(string identity)
    {
        target.BindText(1, Encoding.UTF8.GetBytes(PlainText.Of(identity)));
        var number = target.Step() ? target.Number(0) : null;
        target.Reset();
        return number;
    }

    /// <summary>The ids and keys of a target's replies that come after one, in order.</summary>
    public IEnumerable<(long Id, Draw Draw)> After(long number, long last)
    {
        keys.Bind(1, number);
        keys.Bind(2, last);
        while (keys.Step())
        {
            yield return (keys.Number(0)!.Value, new(keys.Blob(1), (int)keys.Number(2)!.Value));
        }

        keys.Reset();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        target.Dispose();
        keys.Dispose();
    }
}
