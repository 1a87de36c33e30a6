using ModelConformance.Ledger;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Ledger;

/// <summary>What a ledger does that outlives the process.</summary>
public abstract class DurableLedgerTests : LedgerTests
{
    [SkippableFact]
    public async Task What_was_flushed_another_finds()
    {
        await Ledger.KeepAsync(Key, new Reply("(b)", Finish.Stop), default);
        await Ledger.FlushAsync(default);

        var another = await AgainAsync();
        (await another.FindAsync([Key], default))[0]!.Text.Should().Be("(b)");
    }

    [SkippableFact]
    public async Task What_another_wrote_later_is_found()
    {
        (await Ledger.FindAsync([Key], default))[0].Should().BeNull();

        var another = await AgainAsync();
        await another.KeepAsync(Key, new Reply("(b)", Finish.Stop), default);
        await another.FlushAsync(default);
        (await Ledger.FindAsync([Key], default))[0]!.Text.Should().Be("(b)");
    }

    [SkippableFact]
    public async Task What_was_not_yet_written_is_written_at_the_end()
    {
        var another = await OpenAsync();
        var numbers = Enumerable.Range(0, 2500).ToArray();
        foreach (var number in numbers)
        {
            await another.KeepAsync(Replies.Key(number), Replies.Numbered(number), default);
        }

        await another.DisposeAsync();
        (await Ledger.FindAsync([.. numbers.Select(Replies.Key)], default)).Select(Replies.All)
            .Should().Equal(numbers.Select(number => Replies.All(Replies.Numbered(number))));
    }

    [SkippableFact]
    public async Task Of_two_who_keep_the_same_at_once_one_stays_for_both()
    {
        var another = await AgainAsync();
        var numbers = Enumerable.Range(0, 2000).ToArray();
        await Task.WhenAll(KeepAsync(Ledger, numbers, "one"), KeepAsync(another, [.. numbers.Reverse()], "two"));

        ReplyKey[] keys = [.. numbers.Select(Replies.Key)];
        var found = await Ledger.FindAsync(keys, default);
        found.Should().OnlyContain(reply => reply != null && (reply.Text == "one" || reply.Text == "two"));
        (await another.FindAsync(keys, default)).Select(Replies.All).Should().Equal(found.Select(Replies.All));
    }

    [SkippableFact]
    public async Task All_failed_attempts_are_kept()
    {
        for (var i = 0; i < 3; i++)
        {
            await Ledger.KeepAsync(Key, Reply.Failed("HTTP 500") with { Call = new() { Requests = 5 } }, default);
        }

        await Ledger.FlushAsync(default);
        (await AttemptsAsync()).Should().Equal("HTTP 500 5", "HTTP 500 5", "HTTP 500 5");
    }

    [SkippableFact]
    public async Task After_its_end_nothing_is_taken()
    {
        var another = await OpenAsync();
        await another.DisposeAsync();

        await another.Awaiting(ended => ended.KeepAsync(Key, new Reply("(b)", Finish.Stop), default).AsTask())
            .Should().ThrowAsync<ObjectDisposedException>();
    }

    /// <summary>The error and the requests of each failed attempt, as the tables have them.</summary>
    protected abstract Task<IReadOnlyList<string>> AttemptsAsync();

    private static async Task KeepAsync(ILedger ledger, int[] numbers, string text)
    {
        foreach (var number in numbers)
        {
            await ledger.KeepAsync(Replies.Key(number), new Reply(text, Finish.Stop), default);
        }

        await ledger.FlushAsync(default);
    }
}
