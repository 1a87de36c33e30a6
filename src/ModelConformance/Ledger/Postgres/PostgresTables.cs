using System.Buffers.Binary;
using System.Collections.Concurrent;
using ModelConformance.Protocol;
using Npgsql;

namespace ModelConformance.Ledger.Postgres;

/// <summary>What is asked of the tables, many rows at a time: each column is sent as one array.</summary>
internal sealed class PostgresTables
{
    // One key after the other by their index, however many rows the planner thinks there are.
    private static readonly string LookUp = $"""
        SELECT asked.i - 1, {string.Join(", ", ReplyColumns.Reply.Select(column => $"found.{column.Name}"))}
        FROM unnest($1, $2, $3) WITH ORDINALITY AS asked (conversation, target, sample, i)
        CROSS JOIN LATERAL (
          SELECT * FROM model_conformance.replies r
          WHERE r.conversation = asked.conversation AND r.target = asked.target AND r.sample = asked.sample LIMIT 1) AS found
        """;

    // The ids of targets by their identities. One that is not there yet may come from another machine.
    private readonly ConcurrentDictionary<string, long> targets = new();

    /// <summary>Looks replies up.</summary>
    /// <param name="connection">Over which.</param>
    /// <param name="keys">What to look up.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The replies in the order of their keys, null where there is none.</returns>
    public async Task<Reply?[]> FindAsync(NpgsqlConnection connection, IReadOnlyList<ReplyKey> keys, CancellationToken cancellation)
    {
        await IdentifyAsync(connection, Unknown(keys), cancellation).ConfigureAwait(false);
        await using var command = new NpgsqlCommand(LookUp, connection);
        AddKeys(command.Parameters, keys);
        await using var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        var row = new PostgresRow(reader);
        var found = new Reply?[keys.Count];
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            found[reader.GetInt64(0)] = ReplyColumns.Read(row, 1);
        }

        return found;
    }

    /// <summary>Writes replies and failed attempts in one transaction. Written again, they change nothing.</summary>
    /// <param name="connection">Over which.</param>
    /// <param name="replies">The replies.</param>
    /// <param name="attempts">The failed attempts.</param>
    /// <param name="names">A name for each attempt.</param>
    public async Task<int> WriteAsync(NpgsqlConnection connection, KeptReply[] replies, KeptReply[] attempts, Guid[] names)
    {
        var unknown = Unknown([.. replies.Concat(attempts).Select(kept => kept.Key)]);
        if (unknown.Length > 0)
        {
            // Before the rest, and by itself: the next statement sees those that another machine writes at the same moment.
            const string Add = "INSERT INTO model_conformance.targets (identity) SELECT unnest($1) ON CONFLICT DO NOTHING";
            await using var add = new NpgsqlCommand(Add, connection) { Parameters = { new NpgsqlParameter<string[]> { TypedValue = unknown } } };
            await add.ExecuteNonQueryAsync().ConfigureAwait(false);
            await IdentifyAsync(connection, unknown, default).ConfigureAwait(false);
        }

        await using var transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(Insert("replies", ReplyColumns.Reply, replies));
        var failed = Insert("attempts", ReplyColumns.Attempt, attempts, "id");
        failed.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = names });
        batch.BatchCommands.Add(failed);
        var written = await batch.ExecuteNonQueryAsync().ConfigureAwait(false);
        await transaction.CommitAsync().ConfigureAwait(false);
        return written;
    }

    private string[] Unknown(IReadOnlyList<ReplyKey> keys) =>
        [.. keys.Select(key => key.Target).Where(identity => !targets.ContainsKey(identity)).Distinct().Select(PlainText.Of)];

    private async Task IdentifyAsync(NpgsqlConnection connection, string[] written, CancellationToken cancellation)
    {
        if (written.Length == 0)
        {
            return;
        }

        const string Ids = "SELECT identity, id FROM model_conformance.targets WHERE identity = ANY ($1)";
        await using var command = new NpgsqlCommand(Ids, connection) { Parameters = { new NpgsqlParameter<string[]> { TypedValue = written } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            targets[PlainText.Read(reader.GetString(0))] = reader.GetInt64(1);
        }
    }

    private NpgsqlBatchCommand Insert(string table, ReplyColumn[] columns, KeptReply[] rows, params string[] more)
    {
        string[] names = ["conversation", "target", "sample", .. columns.Select(column => column.Name), .. more];
        var arrays = string.Join(", ", names.Select((_, i) => $"${i + 1}"));
        var command = new NpgsqlBatchCommand(
            $"INSERT INTO model_conformance.{table} ({string.Join(", ", names)}) SELECT * FROM unnest({arrays}) ON CONFLICT DO NOTHING");
        AddKeys(command.Parameters, [.. rows.Select(row => row.Key)]);
        foreach (var column in columns)
        {
            command.Parameters.Add(column switch
            {
                ReplyColumn<long?> numbers => Array(numbers),
                ReplyColumn<string> texts => Array(texts),
                ReplyColumn<byte[]> bytes => Array(bytes),
                _ => throw new ArgumentException($"A column has no {column.GetType()}.", nameof(columns)),
            });
        }

        return command;

        NpgsqlParameter Array<T>(ReplyColumn<T> column) =>
            new NpgsqlParameter<T?[]> { TypedValue = [.. rows.Select(row => column.Value(row.Reply))] };
    }

    // A target that is not there has no id, and so no replies.
    private void AddKeys(NpgsqlParameterCollection parameters, IReadOnlyList<ReplyKey> keys)
    {
        parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = [.. keys.Select(key => Bytes(key.Conversation))] });
        parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. keys.Select(key => targets.GetValueOrDefault(key.Target))] });
        parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. keys.Select(key => (long)key.Sample)] });
    }

    private static byte[] Bytes(UInt128 hash)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, hash);
        return bytes;
    }
}
