using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ModelConformance.Ledger.Sqlite;

/// <summary>
/// A statement that is prepared once and run for every row, without the parameters and readers that <see cref="SqliteCommand"/> makes anew for each.
/// </summary>
internal sealed class SqliteStatement : IReplyRow, IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    // What parameters hold from the row before, where that is a number or nothing: most are the same row after row, and a call into SQLite costs as
    // much as a small column itself.
    private readonly (bool IsKnown, long? Number)[] held;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(database, sql, out statement));
        held = new (bool, long?)[1 + raw.sqlite3_bind_parameter_count(statement)];
    }

    /// <summary>Sets a parameter.</summary>
    /// <param name="parameter">Its number, from 1.</param>
    /// <param name="value">Its value; null for none.</param>
    public void Bind(int parameter, long? value)
    {
        if (held[parameter] != (true, value))
        {
            Check(value is { } number ? raw.sqlite3_bind_int64(statement, parameter, number) : raw.sqlite3_bind_null(statement, parameter));
            held[parameter] = (true, value);
        }
    }

    /// <inheritdoc cref="Bind(int, long?)" />
    public void Bind(int parameter, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(statement, parameter, value));
        held[parameter] = default;
    }

    /// <inheritdoc cref="Bind(int, long?)" />
    public void BindText(int parameter, ReadOnlySpan<byte> value)
    {
        // An empty span has no address, which SQLite takes for null.
        Check(value.IsEmpty ? raw.sqlite3_bind_text(statement, parameter, "") : raw.sqlite3_bind_text(statement, parameter, value));
        held[parameter] = default;
    }

    /// <summary>Goes to the next row, the first at first.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code is not raw.SQLITE_ROW and not raw.SQLITE_DONE)
        {
            // The error is the connection's until the statement is reset.
            try
            {
                Check(code);
            }
            finally
            {
                Reset();
            }
        }

        return code == raw.SQLITE_ROW;
    }

    /// <summary>Makes it ready to run again; parameters stay as they are.</summary>
    public void Reset() => raw.sqlite3_reset(statement);

    /// <summary>Runs it to its end.</summary>
    public void Run()
    {
        Step();
        Reset();
    }

    /// <inheritdoc />
    public long? Number(int column) =>
        raw.sqlite3_column_int64(statement, column) is var number && number == 0 && IsNull(column) ? null : number;

    /// <inheritdoc />
    public string? Text(int column) =>
        raw.sqlite3_column_blob(statement, column) is var text && text.IsEmpty && IsNull(column) ? null : Encoding.UTF8.GetString(text);

    /// <inheritdoc />
    public byte[]? Bytes(int column) =>
        raw.sqlite3_column_blob(statement, column) is var bytes && bytes.IsEmpty && IsNull(column) ? null : bytes.ToArray();

    /// <summary>Bytes, until the next step; none of what holds none.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(statement, column);

    /// <inheritdoc />
    public void Dispose() => statement.Dispose();

    // A null is read as 0, or as nothing. Asked only then: every call into SQLite costs as much as the smaller columns themselves.
    private bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, database);
}
