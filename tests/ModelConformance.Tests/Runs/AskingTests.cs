using ModelConformance.Collection;
using ModelConformance.Gates;
using ModelConformance.Protocol;
using ModelConformance.Runs;
using ModelConformance.Tests.Gates;

namespace ModelConformance.Tests.Runs;

public sealed class AskingTests
{
    private const int Ahead = 4;
    private static readonly FakeBenchmark Benchmark = new(templates: 40, fillings: 10);

    [Fact]
    public async Task An_answer_that_takes_long_holds_up_the_questions_behind_it()
    {
        var asking = Asking();
        await using var questions = asking.QuestionsAsync(default).GetAsyncEnumerator();
        var slow = await Next(questions);
        for (var others = 1; others < Ahead; others++)
        {
            Answer(asking, await Next(questions));
        }

        var next = questions.MoveNextAsync();
        next.IsCompleted.Should().BeFalse("nothing behind the slow one can be counted");
        Answer(asking, slow);

        (await next).Should().BeTrue();
    }

    [Fact]
    public async Task Waiting_for_an_answer_ends_with_the_run()
    {
        using var stop = new CancellationTokenSource();
        await using var questions = Asking().QuestionsAsync(stop.Token).GetAsyncEnumerator();
        for (var others = 0; others < Ahead; others++)
        {
            await Next(questions);
        }

        var next = questions.MoveNextAsync().AsTask();
        await stop.CancelAsync();

        await next.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
    }

    private static Asking Asking() => new(
        Benchmark,
        [],
        ThresholdsFile.Parse(
            """
            { "gates": [ { "id": "gate", "metric": "bbq.bias", "context": "ambiguous", "condition": "Q", "min": -0.1, "max": 0.1,
              "evidence": "score", "stop": "early" } ] }
            """,
            "early.json",
            [Benchmark]).Gates,
        samples: 1,
        Ahead);

    private static async Task<Question> Next(IAsyncEnumerator<Question> questions)
    {
        (await questions.MoveNextAsync()).Should().BeTrue();
        return questions.Current;
    }

    private static void Answer(Asking asking, Question question) => asking.Add(
        new(question, ModelConformance.Protocol.Answer.Of(FakeBenchmark.Unknown), new Reply("(c)", Finish.Stop)), isSample: false);
}
