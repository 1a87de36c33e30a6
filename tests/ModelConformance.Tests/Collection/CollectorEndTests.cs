using System.Runtime.CompilerServices;
using ModelConformance.Collection;
using ModelConformance.Protocol;
using ModelConformance.Targets;
using ModelConformance.Tests.Targets;

namespace ModelConformance.Tests.Collection;

/// <summary>Collections that end before all is answered.</summary>
public sealed class CollectorEndTests : CollectorTest
{
    // Calls that end soon end within it, however busy the machine is.
    private static readonly TimeSpan AmpleGrace = TimeSpan.FromMinutes(5);

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
            var collector = new Collector(target, Ledger, Mode.Text, 4) { Grace = AmpleGrace };
            await foreach (var answer in collector.CollectAsync(questions, stop.Token))
            {
                kept.Add(answer);
            }
        };

        await collecting.Should().ThrowAsync<OperationCanceledException>();
        kept.Should().HaveCount(4);
        target.Asked.Should().HaveCount(4);
    }

    [Fact]
    public async Task An_interruption_waits_for_nobody_while_nothing_is_in_flight()
    {
        using var stop = new CancellationTokenSource();
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Says("(a)"), ScriptedServer.Says("(a)"), ScriptedServer.Answer(429, "{}", ("Retry-After", "60")));
        using var target = Target.Open(TargetTest.SettingsFor(server) with { Concurrency = 2 });
        var questions = Questions(Condition.Q).Select(one => new Question(Bbq, one.Item, one.Condition)).ToAsyncEnumerable();

        // The grace is for what is in flight.
        var collecting = new Collector(target, Ledger, Mode.Text, 2) { Grace = TimeSpan.FromHours(1) }.CollectAsync(questions, stop.Token).CountAsync().AsTask();
        await Until(() => target.Observations is { Waiting: not null, InFlight: 0 });
        await stop.CancelAsync();

        await FluentActions.Awaiting(() => collecting.WaitAsync(TimeSpan.FromMinutes(5))).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Calls_under_way_may_end_where_whoever_takes_the_answers_fails()
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var target = new FakeTarget(async (_, number, cancellation) =>
        {
            if (number > 1)
            {
                await stopped.Task.WaitAsync(cancellation);
                // What the model has left to say.
                await Task.Delay(TimeSpan.FromMilliseconds(200), cancellation);
            }

            return Said;
        });

        var collecting = async () =>
        {
            var collector = new Collector(target, Ledger, Mode.Text, 4) { Grace = AmpleGrace };
            await foreach (var _ in collector.CollectAsync(Source(), default))
            {
                while (target.Asked.Count < 4)
                {
                    await Task.Yield();
                }

                throw new IOException("The disk is full.");
            }
        };

        await collecting.Should().ThrowAsync<IOException>();
        var keys = Questions(Condition.Q).Take(4).Select(one => Step.First(target.Identity, new(Bbq, one.Item, one.Condition), Mode.Text).Key);
        (await Ledger.FindAsync([.. keys], default)).Should().NotContainNulls();

        async IAsyncEnumerable<Question> Source([EnumeratorCancellation] CancellationToken stop = default)
        {
            using var _ = stop.Register(stopped.SetResult);
            foreach (var one in Questions(Condition.Q).Take(4))
            {
                yield return new(Bbq, one.Item, one.Condition);
            }

            await stopped.Task;
        }
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
    public async Task The_end_of_the_budget_is_the_reason_also_where_questions_share_a_call()
    {
        for (var trial = 0; trial < 200; trial++)
        {
            using var target = new FakeTarget(async (_, _, _) =>
            {
                await Task.Yield();
                throw new BudgetReachedException("all is spent");
            });
            var same = Enumerable.Repeat((Bbq.Items[0], Condition.Q), 4);

            var collecting = () => CollectAsync(target, same, 4);

            await collecting.Should().ThrowAsync<BudgetReachedException>();
        }
    }

    [Fact]
    public async Task What_is_under_way_when_the_budget_ends_is_waited_for_and_kept()
    {
        var isOver = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var target = new FakeTarget(async (_, number, cancellation) =>
        {
            if (number == 4)
            {
                isOver.SetResult();
                throw new BudgetReachedException("all is spent");
            }

            // Longer than the grace of none.
            await isOver.Task.WaitAsync(cancellation);
            for (var turn = 0; turn < 1000; turn++)
            {
                await Task.Yield();
                cancellation.ThrowIfCancellationRequested();
            }

            return Said;
        });
        var kept = new List<ItemAnswer>();

        var collecting = () => CollectAsync(target, Questions(Condition.Q), 4, kept);

        await collecting.Should().ThrowAsync<BudgetReachedException>();
        // Others may be done, and ask once more, before they are told.
        kept.Should().HaveCountGreaterThanOrEqualTo(3).And.HaveCount(target.Asked.Count - 1);
    }

    [Fact]
    public async Task An_interruption_waits_for_the_source_of_the_questions_to_end()
    {
        using var stop = new CancellationTokenSource();
        using var target = new FakeTarget(async (_, _, cancellation) =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            return Said;
        });
        var hasEnded = false;

        // More than are looked up ahead, so that the last of them wait for room while the source is at work.
        var collecting = async () =>
        {
            var collector = new Collector(target, Ledger, Mode.Sampling, 1) { Grace = TimeSpan.Zero };
            await foreach (var answer in collector.CollectAsync(SourceAsync(Sorter.LookedUpAtOnce * (Sorter.LookUps + 1) + Sorter.LookedUpAtOnce / 2), stop.Token))
            {
            }
        };

        await collecting.Should().ThrowAsync<OperationCanceledException>();
        hasEnded.Should().BeTrue();

        async IAsyncEnumerable<Question> SourceAsync(int questions)
        {
            try
            {
                for (var sample = 0; sample < questions; sample++)
                {
                    yield return new(Bbq, Bbq.Items[0], Condition.Q, sample);
                }

                await Until(() => target.Now == 1);
                await stop.CancelAsync();
                // What it has begun takes a while.
                await Task.Delay(100);
            }
            finally
            {
                hasEnded = true;
            }
        }
    }

    [Fact]
    public async Task A_reader_that_leaves_ends_the_asking()
    {
        using var target = new FakeTarget(_ => Said);
        var questions = Questions(Condition.Q).Select(one => new Question(Bbq, one.Item, one.Condition)).ToAsyncEnumerable();
        await foreach (var answer in new Collector(target, Ledger, Mode.Text, 4).CollectAsync(questions, default))
        {
            break;
        }

        target.Now.Should().Be(0);
        target.Asked.Count.Should().BeLessThan(Bbq.Items.Count);
    }
}
