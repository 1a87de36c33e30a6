using System.Text.Json;
using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Collection;
using ModelConformance.Collection.Batches;
using ModelConformance.Ledger;
using ModelConformance.Protocol;
using ModelConformance.Targets;

namespace ModelConformance.Tests.Collection.Batches;

public sealed class BatchExportTests : IAsyncDisposable
{
    private static readonly BbqBenchmark Bbq = BbqBenchmark.Open(null);

    private readonly TemporaryFolder folder = new();
    private readonly MemoryLedger ledger = new();
    private readonly ITarget target = Target.Open(new() { BaseUrl = "http://127.0.0.1:9/v1", Model = "m" });

    [Fact]
    public async Task A_line_is_a_request_with_an_id_that_a_result_finds_its_place_by()
    {
        var question = new Question(Bbq, Bbq.Items[0], Condition.Q);

        var export = await ExportAsync([question]);

        export.Files.Should().Equal(new BatchFile(Path.Combine(folder.Path, "bbq.Q.answer.1.jsonl"), "bbq", Condition.Q, "answer", 1));
        folder.Files.Should().Equal("bbq.Q.answer.1.jsonl");
        var text = folder.Read("bbq.Q.answer.1.jsonl");
        text.Should().EndWith("}\n").And.NotContain("\r");
        var line = JsonDocument.Parse(text).RootElement;
        line.EnumerateObject().Select(field => field.Name).Should().Equal("custom_id", "method", "url", "body");
        line.GetProperty("method").GetString().Should().Be("POST");
        line.GetProperty("url").GetString().Should().Be("/v1/chat/completions");
        line.GetProperty("body").GetProperty("model").GetString().Should().Be("m");
        BatchId.Read(line.GetProperty("custom_id").GetString()!).Should().Be(
            BatchId.Of(new(target.Identity, Bbq.Render(Bbq.Items[0], Condition.Q, Mode.Text).Hash(), 0), Mode.Text));
    }

    [Fact]
    public async Task Each_condition_has_files_of_its_own()
    {
        var conditions = new[] { Condition.Q, Condition.QCot, new Condition("Q+Neg:s1") };

        await ExportAsync([.. conditions.Select(condition => new Question(Bbq, Bbq.Items[0], condition))]);

        folder.Files.Should().Equal("bbq.Q+CoT.reasoning.1.jsonl", "bbq.Q+Neg-s1.answer.1.jsonl", "bbq.Q.answer.1.jsonl");
    }

    [Fact]
    public async Task What_two_questions_ask_in_the_same_words_is_asked_once()
    {
        // A provider takes no id twice.
        var question = new Question(Bbq, Bbq.Items[0], Condition.Q);

        var export = await ExportAsync([question, question with { }]);

        (export.Questions, export.Files.Single().Requests).Should().Be((2, 1));
    }

    [Fact]
    public async Task What_the_ledger_answers_is_not_written()
    {
        var questions = Bbq.Items.Take(600).Select(item => new Question(Bbq, item, Condition.Q)).ToArray();
        foreach (var question in questions.Where((_, place) => place % 2 == 0))
        {
            var key = new ReplyKey(target.Identity, Bbq.Render(question.Item, Condition.Q, Mode.Text).Hash(), 0);
            await ledger.KeepAsync(key, new Reply("(a)", Finish.Stop), default);
        }

        var export = await ExportAsync(questions);

        export.Should().BeEquivalentTo(new { Questions = questions.Length, Answered = (questions.Length + 1) / 2, Reasoning = 0 });
        export.Files.Sum(file => file.Requests).Should().Be(questions.Length / 2);
    }

    [Fact]
    public async Task A_reasoning_that_was_refused_is_an_answer()
    {
        var question = new Question(Bbq, Bbq.Items[0], Condition.QCot);
        var key = new ReplyKey(target.Identity, Bbq.Render(question.Item, Condition.QCot, Mode.Text).Hash(), 0);
        await ledger.KeepAsync(key, new Reply("", Finish.Refusal), default);

        (await ExportAsync([question])).Should().BeEquivalentTo(new { Questions = 1, Answered = 1, Reasoning = 0, Files = Array.Empty<BatchFile>() });
    }

    [Fact]
    public async Task A_folder_with_anything_in_it_is_refused()
    {
        folder.Write("earlier.jsonl", "");

        var exporting = () => ExportAsync([new(Bbq, Bbq.Items[0], Condition.Q)]);

        (await exporting.Should().ThrowAsync<IOException>()).Which.Message.Should().Contain("not empty").And.Contain(folder.Path);
        folder.Files.Should().Equal("earlier.jsonl");
    }

    [Fact]
    public async Task An_export_that_is_interrupted_leaves_nothing()
    {
        IEnumerable<Question> Interrupted()
        {
            foreach (var item in Bbq.Items.Take(300))
            {
                yield return new(Bbq, item, Condition.Q);
            }

            folder.Files.Should().NotBeEmpty();
            throw new OperationCanceledException();
        }

        await FluentActions.Awaiting(() => ExportAsync(Interrupted())).Should().ThrowAsync<OperationCanceledException>();

        folder.Files.Should().BeEmpty();
    }

    [Fact]
    public void A_file_takes_no_more_requests_than_providers_do()
    {
        using var writer = new BatchFileWriter(folder.Path, "bbq", Condition.Q, "answer");
        for (var number = 0; number <= BatchFileWriter.MostRequests; number++)
        {
            writer.Write(new((UInt128)number, 0, Mode.Text, 1), "/v1/chat/completions", "{}"u8.ToArray());
        }

        writer.Complete().Select(file => (Path.GetFileName(file.Path), file.Requests))
            .Should().Equal(("bbq.Q.answer.1.jsonl", 50_000), ("bbq.Q.answer.2.jsonl", 1));
    }

    [Fact]
    [Trait("Category", "Long")]
    public void A_file_takes_no_more_bytes_than_providers_do()
    {
        using var writer = new BatchFileWriter(folder.Path, "bbq", Condition.Q, "answer");
        var body = new byte[1 << 20];
        body.AsSpan().Fill((byte)' ');
        "{}"u8.CopyTo(body);
        for (var number = 0; number < 200; number++)
        {
            writer.Write(new((UInt128)number, 0, Mode.Text, 1), "/v1/chat/completions", body);
        }

        var files = writer.Complete();

        files.Select(file => file.Requests).Should().Equal(190, 10);
        files.Should().OnlyContain(file => new FileInfo(file.Path).Length <= 200_000_000);
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        target.Dispose();
        return ledger.DisposeAsync();
    }

    private Task<BatchExport> ExportAsync(IEnumerable<Question> questions) =>
        BatchExport.WriteAsync(target, ledger, Mode.Text, questions, folder.Path, default);
}
