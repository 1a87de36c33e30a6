using ModelConformance.Ledger;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Ledger;

public sealed class PostgresLedgerTests : DurableLedgerTests
{
    private PostgresDatabase database = null!;

    [SkippableFact]
    public async Task Many_may_open_a_new_database_at_once()
    {
        await using var empty = await PostgresDatabase.CreateAsync();
        var ledgers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Ledgers.OpenAsync(empty.Address.ToString(), default)));
        foreach (var ledger in ledgers)
        {
            await ledger.KeepAsync(Key, new Reply("(b)", Finish.Stop), default);
            await ledger.DisposeAsync();
        }

        (await empty.RunAsync("SELECT count(*)::text FROM model_conformance.replies")).Should().Equal("1");
    }

    [SkippableFact]
    public async Task Connections_that_break_lose_and_repeat_nothing()
    {
        var numbers = Enumerable.Range(0, 3000).ToArray();
        foreach (var number in numbers)
        {
            await Ledger.KeepAsync(Replies.Key(number), Replies.Numbered(number), default);
            await Ledger.KeepAsync(Replies.Key(number), Reply.Failed("HTTP 500"), default);
            switch (number % 1000)
            {
                case 0:
                    // Perhaps in the middle of a batch.
                    await database.BreakAsync();
                    break;
                case 500:
                    await Ledger.FlushAsync(default);
                    (await database.BreakAsync()).Should().NotBeEmpty();
                    break;
            }
        }

        await Ledger.FlushAsync(default);
        await database.BreakAsync();
        (await Ledger.FindAsync([.. numbers.Select(Replies.Key)], default)).Select(Replies.All)
            .Should().Equal(numbers.Select(number => Replies.All(Replies.Numbered(number))));
        (await database.RunAsync("SELECT count(*)::text FROM model_conformance.attempts")).Should().Equal("3000");
    }

    [SkippableFact]
    public async Task A_database_that_goes_is_told_to_who_keeps_who_flushes_and_who_asks()
    {
        await using var going = await PostgresDatabase.CreateAsync();
        var ledger = await Ledgers.OpenAsync(going.Address.ToString(), default);
        await going.DisposeAsync();

        await ledger.KeepAsync(Key, new Reply("(b)", Finish.Stop), default);
        var message = $"The PostgreSQL ledger at *{going.Address.Database}*";
        await ledger.Awaiting(gone => gone.FlushAsync(default)).Should().ThrowAsync<LedgerException>().WithMessage(message);
        await ledger.Awaiting(gone => gone.KeepAsync(Key, new Reply("(b)", Finish.Stop), default).AsTask()).Should().ThrowAsync<LedgerException>();
        await ledger.Awaiting(gone => gone.FindAsync([Key], default).AsTask()).Should().ThrowAsync<LedgerException>();
        await ledger.Awaiting(gone => gone.DisposeAsync().AsTask()).Should().ThrowAsync<LedgerException>();
    }

    [SkippableFact]
    public async Task A_newer_format_is_refused_by_its_number()
    {
        await database.RunAsync("UPDATE model_conformance.format SET version = 99");

        await this.Awaiting(_ => AgainAsync()).Should().ThrowAsync<LedgerException>().WithMessage("*format 99*newer*");
    }

    [SkippableFact]
    public async Task A_user_without_the_right_to_make_tables_is_told_what_is_needed()
    {
        await using var empty = await PostgresDatabase.CreateAsync();
        var user = $"user_{Guid.NewGuid():n}";
        await empty.RunAsync($"CREATE ROLE {user} LOGIN PASSWORD 'secret'");
        try
        {
            var address = empty.Address;
            (address.Username, address.Password) = (user, "secret");
            await this.Awaiting(_ => Ledgers.OpenAsync(address.ToString(), default)).Should().ThrowAsync<LedgerException>()
                .WithMessage("*forbids*schema model_conformance*");
        }
        finally
        {
            await empty.RunAsync($"DROP ROLE {user}");
        }
    }

    [SkippableFact]
    public async Task It_is_found_by_its_URI_too()
    {
        var address = database.Address;
        var uri = $"postgresql://{Uri.EscapeDataString(address.Username!)}:{Uri.EscapeDataString(address.Password ?? "")}@/{address.Database}"
            + $"?host={Uri.EscapeDataString(address.Host!)}&port={address.Port}";
        await Ledger.KeepAsync(Key, new Reply("(b)", Finish.Stop), default);
        await Ledger.FlushAsync(default);

        await using var same = await Ledgers.OpenAsync(uri, default);
        (await same.FindAsync([Key], default))[0]!.Text.Should().Be("(b)");
    }

    public override async Task InitializeAsync()
    {
        database = await PostgresDatabase.CreateAsync();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (database is not null)
        {
            await database.DisposeAsync();
        }
    }

    protected override Task<ILedger> OpenAsync() => Ledgers.OpenAsync(database.Address.ToString(), default);

    protected override Task<IReadOnlyList<string>> AttemptsAsync() =>
        database.RunAsync("SELECT error || ' ' || requests FROM model_conformance.attempts");
}
