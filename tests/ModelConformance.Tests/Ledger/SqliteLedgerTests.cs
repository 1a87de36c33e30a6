using Microsoft.Data.Sqlite;
using ModelConformance.Ledger;

namespace ModelConformance.Tests.Ledger;

public sealed class SqliteLedgerTests : DurableLedgerTests, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    protected override Task<ILedger> OpenAsync() => Ledgers.OpenAsync(Path.Combine(folder.Path, "ledger.db"), default);

    protected override async Task<IReadOnlyList<string>> AttemptsAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "ledger.db")};Pooling=false");
        await connection.OpenAsync();
        await using var command = new SqliteCommand("SELECT error || ' ' || requests FROM attempts", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var attempts = new List<string>();
        while (await reader.ReadAsync())
        {
            attempts.Add(reader.GetString(0));
        }

        return attempts;
    }
}
