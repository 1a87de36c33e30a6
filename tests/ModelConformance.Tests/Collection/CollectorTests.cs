using System.Collections.Concurrent;
using ModelConformance.Benchmarks;
using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Collection;
using ModelConformance.Ledger;
using ModelConformance.Protocol;
using ModelConformance.Targets;

namespace ModelConformance.Tests.Collection;

public sealed class CollectorTests : IAsyncDisposable
{
    private static readonly BbqBenchmark Bbq = BbqBenchmark.Open(null);
    private static readonly Reply Said = new("(a)", Finish.Stop);
    private readonly MemoryLedger ledger = new();

    public ValueTask DisposeAsync() => ledger.DisposeAsync();

    [Fact]
    public async Task Every_question_is_asked_once_and_answered_once()
    {
        using var target = new FakeTarget(_ => Said);

        var answers = await CollectAsync(target, Questions(Condition.Q, Condition.QIf));

        answers.Select(answer => (answer.Item.Id, answer.Condition)).Should().BeEquivalentTo(Questions(Condition.Q, Condition.QIf).Select(q => (q.Item.Id, q.Condition)));
        target.Asked.Select(asked => asked.Conversation.Hash()).Should().OnlyHaveUniqueItems().And.HaveCount(answers.Length);
        target.Asked.Should().OnlyContain(asked => asked.Sample == 0);
    }

    [Fact]
    public async Task Cells_overlap_and_the_bound_holds()
    {
        // No call ends before as many are under way as may be: across the border of two cells too, or this would wait for ever.
        const int bound = 4;
        var waiting = new ConcurrentQueue<TaskCompletionSource<Reply>>();
        using var target = new FakeTarget(async (_, _, cancellation) =>
        {
            var own = new TaskCompletionSource<Reply>(TaskCreationOptions.RunContinuationsAsynchronously);
            using var end = cancellation.Register(() => own.TrySetCanceled(cancellation));
            waiting.Enqueue(own);
            return await own.Task;
        });
        (Item, Condition)[] questions = [.. Questions(Condition.Q).Take(6), .. Questions(Condition.QIf).Take(6)];

        var collecting = CollectAsync(target, questions, bound);
        for (var left = questions.Length; left > 0; left--)
        {
            await Until(() => target.Now == Math.Min(bound, left));
            waiting.TryDequeue(out var oldest).Should().BeTrue();
            oldest!.SetResult(Said);
            await Until(() => target.Asked.Count == Math.Min(questions.Length, questions.Length - left + 1 + bound));
        }

        (await collecting).Should().HaveCount(questions.Length);
        target.Most.Should().Be(bound);
    }

    [Fact]
    public async Task A_slow_reader_slows_the_asking()
    {
        using var target = new FakeTarget(_ => Said);
        var questions = Questions(Condition.Q).Select(one => new Question(Bbq, one.Item, one.Condition)).ToAsyncEnumerable();
        await using var answers = new Collector(target, ledger, Mode.Text, 2).CollectAsync(questions, default).GetAsyncEnumerator();

        await answers.MoveNextAsync();
        await Until(() => target.Asked.Count >= 4);

        // One is read, two lie ready, two wait for room.
        target.Asked.Count.Should().BeLessThanOrEqualTo(6);
    }

    [Fact]
    public async Task Reasoning_comes_first_and_is_passed_on_to_the_step_that_answers()
    {
        using var target = new FakeTarget(conversation =>
            conversation.MaxTokens == ReasoningStep.MostTokens ? new Reply("Both may have.", Finish.Length) : Said);

        var answer = (await CollectAsync(target, Questions(Condition.QIfCot).Take(1))).Single();

        target.Asked.Should().HaveCount(2);
        target.Asked.First().Conversation.Turns.Should().ContainSingle();
        target.Asked.Last().Conversation.Turns.Should().HaveCount(3).And.Contain(turn => turn.Role == Role.Assistant && turn.Text.EndsWith("Both may have."));
        (answer.Answer.Choice, answer.Reasoning, answer.Reply).Should().Be(("a", "Both may have.", Said));
    }

    [Theory]
    [InlineData(Finish.Refusal, Outcome.Refused)]
    [InlineData(Finish.ContentFilter, Outcome.Filtered)]
    [InlineData(Finish.Failed, Outcome.Failed)]
    public async Task A_reasoning_step_without_reasoning_ends_the_item(Finish finish, Outcome outcome)
    {
        using var target = new FakeTarget(_ => new Reply("", finish) { Error = finish == Finish.Failed ? "gone" : null });

        var answer = (await CollectAsync(target, Questions(Condition.QIfCot).Take(1))).Single();

        answer.Answer.Outcome.Should().Be(outcome);
        answer.Reasoning.Should().BeNull();
        target.Asked.Should().ContainSingle();
    }

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
        await ledger.KeepAsync(new("fake", conversation, 0), Said, default);

        (await ledger.FindAsync([new("fake", conversation, 0), new("fake", conversation, 1), new("other", conversation, 0)], default))
            .Should().Equal(Said, null, null);
    }

    [Fact]
    public async Task Every_sample_is_asked_once_with_its_index_and_a_reasoning_of_its_own()
    {
        // Every thought is another: a sample that took over another's would show it.
        using var target = new FakeTarget((conversation, number, _) => Task.FromResult(
            conversation.MaxTokens == ReasoningStep.MostTokens ? new Reply($"Thought {number}.", Finish.Stop) : Said));

        var answers = await CollectAsync(target, Questions(Condition.QIfCot).Take(3), mode: Mode.Sampling, samples: 4);

        answers.Select(answer => (answer.Item.Id, answer.Sample)).Should().BeEquivalentTo(
            Bbq.Items.Take(3).SelectMany(item => Enumerable.Range(0, 4).Select(sample => (item.Id, sample))));
        target.Asked.Should().HaveCount(3 * 4 * 2)
            .And.OnlyContain(asked => asked.Conversation.Mode == Mode.Sampling, "reasoning at temperature 0 is no draw");
        target.Asked.Select(asked => (asked.Conversation.Hash(), asked.Sample)).Should().OnlyHaveUniqueItems();
        answers.Select(answer => answer.Reasoning).Should().OnlyHaveUniqueItems();
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
    public async Task Repeats_outside_sampling_are_no_samples()
    {
        using var target = new FakeTarget(_ => Said);
        var collecting = () => CollectAsync(target, Questions(Condition.Q), samples: 2);

        await collecting.Should().ThrowAsync<ArgumentException>().WithMessage("In the mode text a repeat is the same answer again.*");
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

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task Questions_with_the_same_words_are_one_call_and_counted_once(int concurrency)
    {
        using var target = new FakeTarget(_ => Said);
        (Item, Condition)[] twice = [.. Questions(Condition.QIfCot).Take(20), .. Questions(Condition.QIfCot).Take(20)];

        var answers = await CollectAsync(target, twice, concurrency);

        answers.Should().HaveCount(40);
        target.Asked.Should().HaveCount(40, "twenty questions have two steps each");
        answers.Sum(answer => answer.New.Count).Should().Be(40);
    }

    [Fact]
    public async Task Calls_under_way_may_end_after_an_interruption_and_what_they_bring_is_kept()
    {
        using var stop = new CancellationTokenSource();
        var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var target = new FakeTarget(async (_, number, cancellation) =>
        {
            if (number == 4)
            {
                await stop.CancelAsync();
                interrupted.SetResult();
            }

            await interrupted.Task.WaitAsync(cancellation);
            return Said;
        });
        var kept = new List<ItemAnswer>();

        var collecting = async () =>
        {
            var questions = Questions(Condition.Q).Select(one => new Question(Bbq, one.Item, one.Condition)).ToAsyncEnumerable();
            await foreach (var answer in new Collector(target, ledger, Mode.Text, 4).CollectAsync(questions, stop.Token))
            {
                kept.Add(answer);
            }
        };

        await collecting.Should().ThrowAsync<OperationCanceledException>();
        kept.Should().HaveCount(4);
        target.Asked.Should().HaveCount(4);
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
    public async Task Failures_in_a_row_end_the_run_with_the_last_of_them()
    {
        using var target = new FakeTarget((_, number, _) => Task.FromResult(number <= 30 ? Said : Reply.Failed($"fault {number}")));
        var kept = new List<ItemAnswer>();

        var collecting = () => CollectAsync(target, Questions(Condition.Q), 1, kept);

        (await collecting.Should().ThrowAsync<TargetException>()).WithMessage("*stopped answering: 10 calls in a row failed*fault 40");
        kept.Count(answer => answer.Answer.Outcome == Outcome.Answered).Should().Be(30);
        target.Asked.Should().HaveCount(40);
    }

    [Fact]
    public async Task Failures_with_answers_between_them_are_outcomes_of_their_items()
    {
        using var target = new FakeTarget((_, number, _) => Task.FromResult(number % 10 == 0 ? Said : Reply.Failed("busy")));

        var answers = await CollectAsync(target, Questions(Condition.Q).Take(100), 1);

        answers.Count(answer => answer.Answer.Outcome == Outcome.Failed).Should().Be(90);
    }

    [Fact]
    public async Task A_target_that_cannot_be_used_ends_the_run_at_once()
    {
        using var target = new FakeTarget((_, number, _) => number < 5 ? Task.FromResult(Said) : throw new TargetException("wrong key"));

        var collecting = () => CollectAsync(target, Questions(Condition.Q), 1);

        (await collecting.Should().ThrowAsync<TargetException>()).WithMessage("wrong key");
        target.Asked.Should().HaveCount(5);
    }

    [Fact]
    public async Task Cancellation_ends_the_calls_under_way_and_keeps_every_answer_that_came_in()
    {
        const int before = 20;
        using var stop = new CancellationTokenSource();
        using var target = new FakeTarget(async (_, number, cancellation) =>
        {
            if (number > before)
            {
                await stop.CancelAsync();
                await Task.Delay(Timeout.Infinite, cancellation);
            }

            return Said;
        });
        var kept = new List<ItemAnswer>();

        var collecting = () => CollectAsync(target, Questions(Condition.Q), 8, kept, cancellation: stop.Token);

        await collecting.Should().ThrowAsync<OperationCanceledException>();
        kept.Should().HaveCount(before);
        target.Now.Should().Be(0);
    }

    [Fact]
    public async Task A_reader_that_leaves_ends_the_asking()
    {
        using var target = new FakeTarget(_ => Said);
        var questions = Questions(Condition.Q).Select(one => new Question(Bbq, one.Item, one.Condition)).ToAsyncEnumerable();
        await foreach (var answer in new Collector(target, ledger, Mode.Text, 4).CollectAsync(questions, default))
        {
            break;
        }

        target.Now.Should().Be(0);
        target.Asked.Count.Should().BeLessThan(Bbq.Items.Count);
    }

    private static IEnumerable<(Item Item, Condition Condition)> Questions(params Condition[] conditions) =>
        conditions.SelectMany(condition => Bbq.Items.Select(item => (item, condition)));

    private static async Task Until(Func<bool> holds)
    {
        var late = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            TimeProvider.System.GetElapsedTime(late).Should().BeLessThan(TimeSpan.FromSeconds(30), "it should have come to pass");
            await Task.Yield();
        }
    }

    private async Task<ItemAnswer[]> CollectAsync(
        ITarget target,
        IEnumerable<(Item Item, Condition Condition)> questions,
        int concurrency = 4,
        List<ItemAnswer>? kept = null,
        Mode mode = Mode.Text,
        int samples = 1,
        CancellationToken cancellation = default)
    {
        kept ??= [];
        var all = questions.SelectMany(one => Enumerable.Range(0, samples), (one, sample) => new Question(Bbq, one.Item, one.Condition, sample));
        var collector = new Collector(target, ledger, mode, concurrency) { Grace = TimeSpan.Zero };
        await foreach (var answer in collector.CollectAsync(all.ToAsyncEnumerable(), cancellation))
        {
            kept.Add(answer);
        }

        return [.. kept];
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
