using System.Collections.Concurrent;
using ModelConformance.Benchmarks;
using ModelConformance.Collection;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Collection;

public sealed class CollectorTests : CollectorTest
{
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
            await Until(() => waiting.Count == Math.Min(bound, left));
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
        await using var answers = new Collector(target, Ledger, Mode.Text, 2).CollectAsync(questions, default).GetAsyncEnumerator();

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
    public async Task Repeats_outside_sampling_are_no_samples()
    {
        using var target = new FakeTarget(_ => Said);
        var collecting = () => CollectAsync(target, Questions(Condition.Q), samples: 2);

        await collecting.Should().ThrowAsync<ArgumentException>().WithMessage("In the mode text a repeat is the same answer again.*");
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
}
