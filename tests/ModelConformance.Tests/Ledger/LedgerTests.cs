using FsCheck;
using FsCheck.Fluent;
using ModelConformance.Ledger;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Ledger;

/// <summary>What every ledger does.</summary>
public abstract class LedgerTests : IAsyncLifetime
{
    private readonly List<ILedger> opened = [];
    private ILedger ledger = null!;

    [SkippableFact]
    public void Whatever_is_kept_is_found_as_it_was()
    {
        var conversation = UInt128.Zero;
        Prop.ForAll(Replies.Any.ToArbitrary(), async reply =>
        {
            var key = new ReplyKey("target", conversation++, 0);
            await ledger.KeepAsync(key, reply, default);
            await ledger.FlushAsync(default);
            return Replies.All(await FindAsync(key)) == Replies.All(reply);
        }).QuickCheckThrowOnFailure();
    }

    [SkippableFact]
    public void Whatever_was_kept_in_whichever_order_the_first_reply_of_each_key_that_did_not_fail_is_found()
    {
        var kept = from key in Replies.FewKeys from reply in Gen.OneOf(Replies.Any, Replies.AnyFailed) select (Key: key, Reply: reply);
        var cases = from keeping in kept.ListOf() from asking in Replies.FewKeys.ListOf() select (Keeping: keeping, Asking: asking);
        var number = 0;

        Prop.ForAll(cases.ToArbitrary(), async test =>
        {
            // Each case has targets of its own.
            var name = number++;
            foreach (var (key, reply) in test.Keeping)
            {
                await ledger.KeepAsync(Own(key), reply, default);
            }

            await ledger.FlushAsync(default);
            var expected = test.Keeping.Where(pair => pair.Reply.Finish != Finish.Failed).DistinctBy(pair => pair.Key).ToDictionary();
            var found = await ledger.FindAsync([.. test.Asking.Select(Own)], default);
            return found.Select(Replies.All).SequenceEqual(test.Asking.Select(key => Replies.All(expected.GetValueOrDefault(key))));

            ReplyKey Own(ReplyKey key) => key with { Target = $"{key.Target} {name}" };
        }).QuickCheckThrowOnFailure();
    }

    [SkippableFact]
    public async Task The_first_reply_under_a_key_stays()
    {
        await KeepAsync(Key, new Reply("first", Finish.Stop));
        await KeepAsync(Key, new Reply("second", Finish.Stop));

        (await FindAsync(Key))!.Text.Should().Be("first");
    }

    [SkippableFact]
    public async Task The_first_of_two_at_once_stays_too()
    {
        await ledger.KeepAsync(Key, new Reply("first", Finish.Stop), default);
        await ledger.KeepAsync(Key, new Reply("second", Finish.Stop), default);
        await ledger.FlushAsync(default);

        (await FindAsync(Key))!.Text.Should().Be("first");
    }

    [SkippableFact]
    public async Task A_filtered_reply_and_a_refusal_are_kept()
    {
        await KeepAsync(Key with { Sample = 1 }, new Reply("", Finish.ContentFilter));
        await KeepAsync(Key with { Sample = 2 }, new Reply("No.", Finish.Refusal));

        (await ledger.FindAsync([Key with { Sample = 1 }, Key with { Sample = 2 }], default)).Select(reply => reply?.Finish)
            .Should().Equal(Finish.ContentFilter, Finish.Refusal);
    }

    [SkippableFact]
    public async Task A_failed_call_is_never_found_however_often_it_failed_and_is_answered_later()
    {
        await KeepAsync(Key, Reply.Failed("HTTP 500"));
        await KeepAsync(Key, Reply.Failed("HTTP 500"));
        (await FindAsync(Key)).Should().BeNull();

        await KeepAsync(Key, new Reply("(b)", Finish.Stop));
        await KeepAsync(Key, Reply.Failed("HTTP 500"));
        (await FindAsync(Key))!.Text.Should().Be("(b)");
    }

    [SkippableFact]
    public async Task Another_target_conversation_or_sample_is_another_question()
    {
        await KeepAsync(Key, new Reply("(b)", Finish.Stop));

        (await ledger.FindAsync([Key with { Target = "other" }, Key with { Conversation = 8 }, Key with { Sample = 1 }, Key], default))
            .Select(reply => reply?.Text).Should().Equal(null, null, null, "(b)");
    }

    [SkippableFact]
    public async Task Of_no_keys_nothing_is_found()
    {
        (await ledger.FindAsync([], default)).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Many_keep_and_find_at_once()
    {
        const int Keepers = 16, Each = 300;
        await Parallel.ForEachAsync(Enumerable.Range(0, Keepers), new ParallelOptions { MaxDegreeOfParallelism = Keepers }, async (keeper, _) =>
        {
            for (var i = 0; i < Each; i++)
            {
                // Half of the numbers come from two keepers.
                var number = keeper / 2 * Each + i;
                await ledger.KeepAsync(Replies.Key(number), Replies.Numbered(number), default);
                var found = await FindAsync(Replies.Key(number / 2));
                (found is null || found.Text == Replies.Numbered(number / 2).Text).Should().BeTrue();
            }
        });
        await ledger.FlushAsync(default);

        var asked = Enumerable.Range(0, Keepers / 2 * Each).Reverse().ToArray();
        (await ledger.FindAsync([.. asked.Select(Replies.Key)], default)).Select(Replies.All)
            .Should().Equal(asked.Select(number => Replies.All(Replies.Numbered(number))));
    }

    public virtual async Task InitializeAsync() => ledger = await AgainAsync();

    public virtual async Task DisposeAsync()
    {
        foreach (var one in opened)
        {
            await one.DisposeAsync();
        }
    }

    protected static ReplyKey Key => new("target", 7, 0);

    protected ILedger Ledger => ledger;

    /// <summary>Opens the ledger.</summary>
    protected abstract Task<ILedger> OpenAsync();

    /// <summary>Opens it once more; it is closed with the test.</summary>
    protected async Task<ILedger> AgainAsync()
    {
        opened.Add(await OpenAsync());
        return opened[^1];
    }

    /// <summary>Keeps a reply, and waits until it is written.</summary>
    protected async Task KeepAsync(ReplyKey key, Reply reply)
    {
        await ledger.KeepAsync(key, reply, default);
        await ledger.FlushAsync(default);
    }

    private async Task<Reply?> FindAsync(ReplyKey key) => (await ledger.FindAsync([key], default))[0];
}
