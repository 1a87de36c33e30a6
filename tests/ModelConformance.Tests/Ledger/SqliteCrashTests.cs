using Microsoft.Data.Sqlite;
using ModelConformance.Ledger;

namespace ModelConformance.Tests.Ledger;

/// <summary>Processes that are killed, run out of room, or are two: what was flushed stays, once.</summary>
public sealed class SqliteCrashTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string File => Path.Combine(folder.Path, "ledger.db");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_process_killed_while_it_writes_leaves_all_that_was_flushed()
    {
        var random = new Random(20230215);
        var safe = 0;
        for (var kill = 0; kill < 5; kill++)
        {
            using var process = LedgerProcess.Start(File, safe, int.MaxValue);
            await process.FlushedAsync(1 + random.Next(30));
            Thread.SpinWait(random.Next(1_000_000));
            await process.KillAsync();

            safe = process.Safe;
            await HoldsAsync(safe);
        }

        (await RowsAsync()).Should().BeGreaterThanOrEqualTo(safe);
    }

    [Fact]
    public async Task Two_processes_write_the_same_file_at_once()
    {
        const int End = 5_000;
        using var one = LedgerProcess.Start(File, 0, End);
        using var other = LedgerProcess.Start(File, End / 2 / 100 * 100, End + 1_000);

        (await Task.WhenAll(one.EndedAsync(), other.EndedAsync())).Should().Equal(0, 0);
        await HoldsAsync(End + 1_000);
        (await RowsAsync()).Should().Be(End + 1_000);
    }

    [SkippableFact]
    public async Task Where_no_more_can_be_written_it_is_said_and_what_was_flushed_stays()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows limits no file.");
        using var process = LedgerProcess.Start(File, 0, int.MaxValue, mostKilobytes: 3_000);

        (await process.EndedAsync()).Should().NotBe(0);
        process.Fault.Should().Contain(File).And.Contain("run again");
        process.Safe.Should().BePositive();
        await HoldsAsync(process.Safe);
    }

    private async Task HoldsAsync(int count)
    {
        await using var ledger = await Ledgers.OpenAsync(File, default);
        var numbers = Enumerable.Range(0, count).ToArray();
        (await ledger.FindAsync([.. numbers.Select(Replies.Key)], default)).Zip(numbers)
            .Where(pair => Replies.All(pair.First) != Replies.All(Replies.Numbered(pair.Second))).Should().BeEmpty();
    }

    private async Task<long> RowsAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={File};Pooling=false");
        await connection.OpenAsync();
        await using var command = new SqliteCommand("SELECT count(*) FROM replies", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
