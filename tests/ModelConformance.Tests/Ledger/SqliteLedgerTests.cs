using Microsoft.Data.Sqlite;
using ModelConformance.Ledger;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Ledger;

public sealed class SqliteLedgerTests : DurableLedgerTests, IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string File => Path.Combine(folder.Path, "ledger.db");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_reply_that_somebody_deletes_meanwhile_is_not_found_and_can_be_kept_anew()
    {
        await KeepAsync(Key, new Reply("first", Finish.Stop));
        await ExecuteAsync("DELETE FROM replies");
        (await Ledger.FindAsync([Key], default)).Should().Equal([null]);

        await KeepAsync(Key, new Reply("second", Finish.Stop));
        (await Ledger.FindAsync([Key], default))[0]!.Text.Should().Be("second");
    }

    [Fact]
    public async Task A_reply_that_somebody_deletes_and_another_keeps_anew_is_found()
    {
        await KeepAsync(Key, new Reply("first", Finish.Stop));
        await KeepAsync(Key with { Sample = 1 }, new Reply("other", Finish.Stop));
        await ExecuteAsync("DELETE FROM replies WHERE text = 'first'");
        var another = await AgainAsync();
        await another.KeepAsync(Key, new Reply("second", Finish.Stop), default);
        await another.FlushAsync(default);

        (await Ledger.FindAsync([Key], default))[0]!.Text.Should().Be("second");
    }

    [Fact]
    public async Task A_reply_that_has_the_number_of_a_deleted_one_is_not_taken_for_it()
    {
        await KeepAsync(Key, new Reply("(a)", Finish.Stop));
        await ExecuteAsync("DELETE FROM replies");
        var another = await AgainAsync();
        await another.KeepAsync(Key with { Sample = 1 }, new Reply("(b)", Finish.Stop), default);
        await another.FlushAsync(default);

        (await Ledger.FindAsync([Key], default)).Should().Equal([null]);
    }

    [Fact]
    public async Task Another_models_reply_is_not_taken_for_a_deleted_one_to_the_same_words()
    {
        await KeepAsync(Key, new Reply("of this model", Finish.Stop));
        await ExecuteAsync("DELETE FROM replies");
        var another = await AgainAsync();
        await another.KeepAsync(Key with { Target = "another model" }, new Reply("of another model", Finish.Stop), default);
        await another.FlushAsync(default);

        (await Ledger.FindAsync([Key], default)).Should().Equal([null]);
    }

    [Fact]
    public async Task What_another_keeps_after_all_was_deleted_is_found_and_kept_once()
    {
        await KeepAsync(Key, new Reply("first", Finish.Stop));
        await KeepAsync(Key with { Sample = 1 }, new Reply("first", Finish.Stop));
        await ExecuteAsync("DELETE FROM replies");
        var another = await AgainAsync();
        await another.KeepAsync(Key with { Sample = 1 }, new Reply("second", Finish.Stop), default);
        await another.FlushAsync(default);

        await KeepAsync(Key with { Sample = 1 }, new Reply("third", Finish.Stop));

        (await Ledger.FindAsync([Key with { Sample = 1 }], default))[0]!.Text.Should().Be("second");
        (await CountAsync()).Should().Be(1);
    }

    [Fact]
    public async Task Replies_to_several_targets_that_two_keep_in_turns_are_kept_once_and_found_by_both()
    {
        var another = await AgainAsync();
        ReplyKey[] keys = [.. Enumerable.Range(0, 60).Select(i => new ReplyKey($"target {i % 3}", (UInt128)(i / 3), 0))];
        foreach (var (key, ledger) in keys.Concat(keys).Zip(Enumerable.Range(0, 120).Select(i => i % 2 == 0 ? Ledger : another)))
        {
            await ledger.KeepAsync(key, new Reply($"{key}", Finish.Stop), default);
            await ledger.FlushAsync(default);
        }

        foreach (var ledger in new[] { Ledger, another })
        {
            (await ledger.FindAsync(keys, default)).Select(reply => reply?.Text).Should().Equal(keys.Select(key => $"{key}"));
        }

        (await CountAsync()).Should().Be(keys.Length);
    }

    protected override Task<ILedger> OpenAsync() => Ledgers.OpenAsync(File, default);

    protected override async Task<IReadOnlyList<string>> AttemptsAsync()
    {
        await using var connection = await ConnectAsync();
        await using var command = new SqliteCommand("SELECT error || ' ' || requests FROM attempts", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var attempts = new List<string>();
        while (await reader.ReadAsync())
        {
            attempts.Add(reader.GetString(0));
        }

        return attempts;
    }

    private async Task<long> CountAsync()
    {
        await using var connection = await ConnectAsync();
        await using var command = new SqliteCommand("SELECT count(*) FROM replies", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new SqliteCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<SqliteConnection> ConnectAsync()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }
}
