using Npgsql;

namespace ModelConformance.Ledger.Postgres;

/// <summary>The tables in a ledger's schema, and how older ones come to have them.</summary>
internal static class PostgresFormat
{
    // What a call was like: columns of both tables.
    private const string Call = """
        at bigint, latency bigint, requests bigint, retries text,
        prompt_tokens bigint, completion_tokens bigint, cached_tokens bigint, reasoning_tokens bigint,
        request_id text, model text, fingerprint text
        """;

    // As in a file (SqliteFormat): in order, and what was released is not changed any more. An identity may be longer than what an ordinary unique
    // index takes.
    private static readonly string[] Migrations =
    [
        $"""
        CREATE TABLE model_conformance.targets (
          id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, identity text NOT NULL, EXCLUDE USING hash (identity WITH =));
        CREATE TABLE model_conformance.replies (
          target bigint NOT NULL REFERENCES model_conformance.targets, conversation bytea NOT NULL, sample bigint NOT NULL,
          {Call},
          finish text NOT NULL, tokens bytea, continuations bytea, text text NOT NULL,
          PRIMARY KEY (conversation, target, sample));
        CREATE TABLE model_conformance.attempts (
          id uuid PRIMARY KEY,
          target bigint NOT NULL REFERENCES model_conformance.targets, conversation bytea NOT NULL, sample bigint NOT NULL,
          {Call},
          error text NOT NULL);
        """,
    ];

    /// <summary>Makes the tables where there are none, and adds what older ones lack. Several processes may do so at once: they take turns.</summary>
    /// <returns>The version that was found; 0 where there was none.</returns>
    /// <exception cref="LedgerException">They are of a newer version.</exception>
    public static async Task<int> PrepareAsync(NpgsqlConnection connection, string place, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await RunAsync("SELECT pg_advisory_xact_lock(hashtext('model_conformance'))").ConfigureAwait(false);
        if (await RunAsync("SELECT to_regclass('model_conformance.format')::text").ConfigureAwait(false) is not string)
        {
            // Asked first: "if not exists" wants the right to make it all the same.
            if (await RunAsync("SELECT to_regnamespace('model_conformance')::text").ConfigureAwait(false) is not string)
            {
                await RunAsync("CREATE SCHEMA model_conformance").ConfigureAwait(false);
            }

            await RunAsync("CREATE TABLE model_conformance.format (version int NOT NULL); INSERT INTO model_conformance.format VALUES (0)")
                .ConfigureAwait(false);
        }

        var version = (int)(await RunAsync("SELECT version FROM model_conformance.format").ConfigureAwait(false))!;
        if (version > Migrations.Length)
        {
            throw new LedgerException($"The PostgreSQL ledger at {place} has format {version}; this software knows formats up to "
                + $"{Migrations.Length}. Use a newer one, or name another database.");
        }

        if (version < Migrations.Length)
        {
            foreach (var migration in Migrations[version..])
            {
                await RunAsync(migration).ConfigureAwait(false);
            }

            await RunAsync($"UPDATE model_conformance.format SET version = {Migrations.Length}").ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
        return version;

        async Task<object?> RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false);
        }
    }
}
