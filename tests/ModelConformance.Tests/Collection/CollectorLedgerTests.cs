using ModelConformance.Benchmarks;
using ModelConformance.Collection;
using ModelConformance.Ledger;
using ModelConformance.Protocol;
using ModelConformance.Targets;

namespace ModelConformance.Tests.Collection;

/// <summary>What the ledger has is not asked for, and what is asked for is kept.</summary>
public sealed class CollectorLedgerTests : CollectorTest
{
    [Fact]
    public async Task The_ledger_is_asked_first()
    {
        using var first = new FakeTarget(_ => Said);
        using var second = new FakeTarget(_ => new Reply("(b)", Finish.Stop));

        await CollectAsync(first, Questions(Condition.QIfCot).Take(10));
        var again = await CollectAsync(second, Questions(Condition.QIfCot).Take(20));

        again.Count(answer => answer.Answer.Choice == "a").Should().Be(10);
        second.Asked.Should().HaveCount(20, "ten items were new, each with two steps");
    }

    [Fact]
    public async Task What_failed_is_not_kept_and_is_asked_again()
    {
        using var failing = new FakeTarget(_ => Reply.Failed("gone"));
        using var healthy = new FakeTarget(_ => Said);

        var failed = (await CollectAsync(failing, Questions(Condition.Q).Take(1))).Single();
        var answered = (await CollectAsync(healthy, Questions(Condition.Q).Take(1))).Single();

        failed.Answer.Outcome.Should().Be(Outcome.Failed);
        answered.Answer.Choice.Should().Be("a");
    }

    [Fact]
    public async Task A_repeat_is_never_served_from_the_cache_of_another()
    {
        var conversation = Bbq.Render(Bbq.Items[0], Condition.Q, Mode.Text).Hash();
        await Ledger.KeepAsync(new("fake", conversation, 0), Said, default);

        (await Ledger.FindAsync([new("fake", conversation, 0), new("fake", conversation, 1), new("other", conversation, 0)], default))
            .Should().Equal(Said, null, null);
    }

    [Fact]
    public async Task A_sample_is_served_from_the_ledger_to_itself_alone()
    {
        using var first = new FakeTarget(_ => Said);
        using var second = new FakeTarget(_ => new Reply("(b)", Finish.Stop));

        await CollectAsync(first, Questions(Condition.QIfCot).Take(2), mode: Mode.Sampling, samples: 3);
        var again = await CollectAsync(second, Questions(Condition.QIfCot).Take(2), mode: Mode.Sampling, samples: 5);

        again.Should().OnlyContain(answer => answer.Answer.Choice == (answer.Sample < 3 ? "a" : "b"));
        second.Asked.Select(asked => asked.Sample).Distinct().Should().BeEquivalentTo([3, 4]);
    }

    [Fact]
    public async Task The_target_is_probed_once_and_only_if_it_is_needed()
    {
        using var first = new FakeTarget(_ => Said);
        using var second = new FakeTarget(_ => new Reply("(b)", Finish.Stop));

        await CollectAsync(first, Questions(Condition.QIfCot));
        var again = await CollectAsync(second, Questions(Condition.QIfCot));

        (first.Probes, second.Probes, second.Asked.Count).Should().Be((1, 0, 0));
        again.Should().HaveCount(Bbq.Items.Count).And.OnlyContain(answer => answer.Answer.Choice == "a" && answer.IsReplayed);
    }

    [Fact]
    public async Task What_the_ledger_has_of_a_question_is_not_asked_and_the_rest_is()
    {
        // As after a kill between the two steps.
        using var first = new FakeTarget(conversation =>
            conversation.MaxTokens == ReasoningStep.MostTokens ? new Reply("Both may have.", Finish.Stop) : Reply.Failed("killed"));
        using var second = new FakeTarget(_ => Said);

        await CollectAsync(first, Questions(Condition.QIfCot).Take(3));
        var again = await CollectAsync(second, Questions(Condition.QIfCot).Take(3));

        second.Asked.Should().HaveCount(3).And.OnlyContain(asked => asked.Conversation.Turns.Length == 3);
        again.Should().OnlyContain(answer => answer.Reasoning == "Both may have." && !answer.IsReplayed);
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_written_ends_the_collection()
    {
        using var target = new FakeTarget(_ => Said);
        await using var full = new FullLedger();
        var questions = Questions(Condition.Q).Select(one => new Question(Bbq, one.Item, one.Condition)).ToAsyncEnumerable();

        var collecting = async () => await new Collector(target, full, Mode.Text, 4).CollectAsync(questions, default).ToListAsync();

        await collecting.Should().ThrowAsync<LedgerException>().WithMessage("full");
        target.Asked.Count.Should().BeLessThanOrEqualTo(8);
    }

    [Fact]
    public async Task What_the_ledger_answers_is_given_in_the_order_of_the_questions_and_counted_once()
    {
        // More than are looked up at once, and the same again in another batch.
        using var target = new FakeTarget(_ => Said);
        (Item Item, Condition Condition)[] once = [.. Bbq.Items.SelectMany(item => new[] { (item, Condition.QIfCot), (item, Condition.Q) })];
        await CollectAsync(target, once);

        var again = await CollectAsync(target, [.. once, .. once], concurrency: 2);

        again.Select(answer => (answer.Item, answer.Condition)).Should().Equal([.. once, .. once]);
        again.Take(once.Length).Should().OnlyContain(answer => answer.New.Count == (answer.Condition.Reasons ? 2 : 1));
        again.Skip(once.Length).Should().OnlyContain(answer => answer.New.Count == 0 && answer.IsReplayed);
    }

    [Fact]
    public async Task No_look_up_outlives_the_collection()
    {
        await using var slow = new SlowLedger(new("fake", Bbq.Render(Bbq.Items[0], Condition.Q, Mode.Text).Hash(), 0));
        using var target = new FakeTarget((_, _, _) => throw new TargetException("gone"));
        var questions = Questions(Condition.Q, Condition.QIf, Condition.QIfCot).Select(one => new Question(Bbq, one.Item, one.Condition));

        var collecting = async () => await new Collector(target, slow, Mode.Text, 1).CollectAsync(questions.ToAsyncEnumerable(), default).ToListAsync();

        await collecting.Should().ThrowAsync<TargetException>();
        slow.Seeking.Should().Be(0);
    }

    /// <summary>Has nothing; says so at once where it is asked for one key, and of all others some time after they are not wanted any more.</summary>
    private sealed class SlowLedger(ReplyKey soon) : ILedger
    {
        private int seeking;

        public int Seeking => Volatile.Read(ref seeking);

        public async ValueTask<IReadOnlyList<Reply?>> FindAsync(IReadOnlyList<ReplyKey> keys, CancellationToken cancellation)
        {
            if (!keys.Contains(soon))
            {
                Interlocked.Increment(ref seeking);
                await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await Task.Delay(100, CancellationToken.None);
                Interlocked.Decrement(ref seeking);
            }

            return new Reply?[keys.Count];
        }

        public ValueTask KeepAsync(ReplyKey key, Reply reply, CancellationToken cancellation) => ValueTask.CompletedTask;

        public Task FlushAsync(CancellationToken cancellation) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class FullLedger : ILedger
    {
        public ValueTask<IReadOnlyList<Reply?>> FindAsync(IReadOnlyList<ReplyKey> keys, CancellationToken cancellation) => new(new Reply?[keys.Count]);

        public ValueTask KeepAsync(ReplyKey key, Reply reply, CancellationToken cancellation) => throw new LedgerException("full");

        public Task FlushAsync(CancellationToken cancellation) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
