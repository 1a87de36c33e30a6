using Npgsql;

namespace ModelConformance.Tests.Ledger;

/// <summary>A database of its own on the server that the tests share, which goes with the test. Without a server such tests skip.</summary>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    private const string Variable = "MODELCONFORMANCE_POSTGRES";

    private readonly string server;
    private readonly string name = $"ledger_{Guid.NewGuid():n}";

    private PostgresDatabase(string server) => this.server = server;

    /// <summary>How it is connected to.</summary>
    public NpgsqlConnectionStringBuilder Address => new(server) { Database = name };

    public static async Task<PostgresDatabase> CreateAsync()
    {
        var server = Environment.GetEnvironmentVariable(Variable);
        Skip.If(
            string.IsNullOrEmpty(server),
            $"There is no PostgreSQL here: set {Variable} to the connection string of one who may create databases.");
        // Long enough for a machine that is busy with other tests.
        var patient = new NpgsqlConnectionStringBuilder(server) { Timeout = 300, CommandTimeout = 300 }.ToString();
        var database = new PostgresDatabase(patient);
        await RunAsync(patient, $"CREATE DATABASE {database.name}");
        return database;
    }

    /// <summary>Runs SQL in it.</summary>
    /// <returns>The first column of every row, as text.</returns>
    public Task<IReadOnlyList<string>> RunAsync(string sql) => RunAsync(Address.ToString(), sql);

    /// <summary>Ends everybody's connection to it, as a server does that is started anew.</summary>
    public Task<IReadOnlyList<string>> BreakAsync() =>
        RunAsync(server, $"SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE datname = '{name}'");

    public async ValueTask DisposeAsync()
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await RunAsync(server, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                return;
            }
            catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.ObjectInUse && tries < 60)
            {
                // Whom it ends, it waits for five seconds and no more.
            }
        }
    }

    private static async Task<IReadOnlyList<string>> RunAsync(string address, string sql)
    {
        await using var source = NpgsqlDataSource.Create(address);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
