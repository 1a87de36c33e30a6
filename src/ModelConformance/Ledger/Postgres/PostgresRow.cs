using Npgsql;

namespace ModelConformance.Ledger.Postgres;

/// <summary>The row that a reader stands at.</summary>
internal sealed class PostgresRow(NpgsqlDataReader reader) : IReplyRow
{
    /// <inheritdoc />
    public long? Number(int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    /// <inheritdoc />
    public string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <inheritdoc />
    public byte[]? Bytes(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);
}
