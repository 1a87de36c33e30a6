using ModelConformance.Benchmarks;
using ModelConformance.Benchmarks.Admissions;
using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Benchmarks.Winogender;
using ModelConformance.Collection;
using ModelConformance.Collection.Batches;
using ModelConformance.Ledger;
using ModelConformance.Protocol;
using ModelConformance.ReferenceModel;
using ModelConformance.Targets;

namespace ModelConformance.Tests.Collection.Batches;

/// <summary>The whole way: export, a provider that runs the batch, import, and again for the step that answers.</summary>
public sealed class BatchRoundTripTests : IDisposable
{
    private static readonly Lazy<IBenchmark[]> All =
        new(() => [BbqBenchmark.Open(null), WinogenderBenchmark.Open(null), AdmissionsBenchmark.Open(null, new())]);

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("openai-chat", "real", Mode.Text)]
    [InlineData("openai-chat", "emulated", Mode.Logprobs)]
    [InlineData("openai-chat", "real", Mode.Sampling)]
    [InlineData("openai-completions", "real", Mode.Text)]
    [InlineData("openai-completions", "real", Mode.Logprobs)]
    public async Task After_two_rounds_every_question_has_the_answer_of_a_live_run_and_nothing_is_asked(string protocol, string prefill, Mode mode)
    {
        await using var server = await ReferenceServer.StartAsync(All.Value, Profile.Named("self-correcting"));
        var settings = new TargetSettings
        {
            BaseUrl = server.BaseUrl.ToString(),
            Model = "reference-self-correcting",
            Protocol = protocol,
            Prefill = prefill,
            Mode = mode,
        };
        using var target = Target.Open(settings);
        await using var ledger = new MemoryLedger();
        var questions = Questions(mode).ToArray();

        var first = await RoundAsync(server, target, ledger, questions, mode, "first");
        first.Should().BeEquivalentTo(new { Questions = questions.Length, Answered = 0, Reasoning = questions.Count(q => q.Condition.Reasons) });
        first.Files.Should().Contain(file => file.Step == "reasoning").And.Contain(file => file.Step == "answer")
            .And.OnlyContain(file => file.Condition.Reasons == (file.Step == "reasoning"));
        var second = await RoundAsync(server, target, ledger, questions, mode, "second");
        second.Should().BeEquivalentTo(new { Answered = questions.Count(q => !q.Condition.Reasons), Reasoning = 0 });
        second.Files.Should().OnlyContain(file => file.Condition.Reasons && file.Step == "answer");
        var third = await BatchExport.WriteAsync(target, ledger, mode, questions, folder.Path + "/third", default);
        third.Should().BeEquivalentTo(new { Answered = questions.Length, Reasoning = 0, Files = Array.Empty<BatchFile>() });

        var before = server.Requests;
        var imported = await AnswersAsync(target, ledger, questions, mode);
        server.Requests.Should().Be(before);
        await using var empty = new MemoryLedger();
        imported.Should().BeEquivalentTo(await AnswersAsync(target, empty, questions, mode)).And.HaveCount(questions.Length);
        server.Requests.Should().BeGreaterThan(before);
    }

    public void Dispose() => folder.Dispose();

    private static IEnumerable<Question> Questions(Mode mode) =>
        from benchmark in All.Value
        from condition in benchmark.Conditions
        from place in Enumerable.Range(0, 3)
        from sample in Enumerable.Range(0, mode == Mode.Sampling ? 2 : 1)
        select new Question(benchmark, benchmark.Items[place * benchmark.Items.Count / 3], condition, sample);

    private static async Task<Dictionary<string, (Answer, string)>> AnswersAsync(ITarget target, ILedger ledger, Question[] questions, Mode mode)
    {
        var answers = new Dictionary<string, (Answer, string)>();
        await foreach (var answer in new Collector(target, ledger, mode, 4).CollectAsync(questions.ToAsyncEnumerable(), default))
        {
            // Of the reply, what was said: how it was had is another matter.
            answers.Add($"{answer.Item.Id} {answer.Condition} {answer.Sample}", (answer.Answer, $"{answer.Reasoning}|{answer.Reply.Text}"));
        }

        return answers;
    }

    private async Task<BatchExport> RoundAsync(
        ReferenceServer server, ITarget target, ILedger ledger, Question[] questions, Mode mode, string name)
    {
        var export = await BatchExport.WriteAsync(target, ledger, mode, questions, $"{folder.Path}/{name}", default);
        var results = $"{folder.Path}/{name}.results.jsonl";
        await BatchProvider.RunAsync(server.BaseUrl, export.Files.Select(file => file.Path), results);
        var import = await BatchImport.ReadAsync(target, ledger, [results], default);
        var requests = export.Files.Sum(file => file.Requests);
        import.Should().BeEquivalentTo(new { Lines = requests, Kept = requests, Repeated = 0, Failed = 0 });
        return export;
    }
}
