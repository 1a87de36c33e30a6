using ModelConformance.Answers;
using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Protocol;
using ModelConformance.Runs;
using ModelConformance.Targets;
using ModelConformance.Tests.Collection;

namespace ModelConformance.Tests.Runs;

public sealed class RunTests : IDisposable
{
    private static readonly BbqBenchmark Bbq = BbqBenchmark.Open(null);
    private static readonly Cell[] Cells = [new("bbq", "Age", Condition.Q), new("bbq", "Age", Condition.QIf), new("bbq", "SES", Condition.Q)];
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task The_items_of_the_cells_are_asked_and_no_others()
    {
        using var target = new FakeTarget(_ => new Reply("(a)", Finish.Stop));
        var progress = new Steps();

        var run = await CollectAsync(target, progress);

        var part = run.Of("bbq");
        part.Cells.Should().Equal(Cells);
        Outcomes(part.Sheet, Outcome.Answered).Should().BeEquivalentTo(Cells.SelectMany(
            cell => Bbq.Items.Where(item => item.Slice == cell.Slice).Select(item => (item.Id, cell.Condition))));
        target.Asked.Should().HaveCount(run.Manifest.Items);
        progress.Last.Should().Match<CollectionProgress>(last => last.Done == last.Total && last.Total == run.Manifest.Items && last.Failed == 0);
    }

    [Fact]
    public async Task The_manifest_says_what_was_asked_of_whom()
    {
        using var target = new FakeTarget(_ => new Reply("(a)", Finish.Stop));

        var manifest = (await CollectAsync(target)).Manifest;

        manifest.Should().BeEquivalentTo(new { Target = "fake", Model = "fake", Mode = "text", Prefill = "real", Failed = 0 });
        (manifest.Samples, manifest.Seeds).Should().Be((null, null), "nothing was sampled");
        manifest.Started.Should().BeOnOrBefore(manifest.Ended!.Value);
        var asked = manifest.Benchmarks.Should().ContainSingle().Which;
        (asked.Id, asked.Dataset, asked.DatasetHash).Should().Be(("bbq", "sample", Bbq.Dataset.Hash));
        asked.Wordings.Should().Equal(new Dictionary<string, string> { ["Q"] = Bbq.Wording(Condition.Q), ["Q+IF"] = Bbq.Wording(Condition.QIf) });
    }

    [Fact]
    public async Task The_answers_file_holds_what_the_run_holds()
    {
        using var target = new FakeTarget((_, number, _) => Task.FromResult(number % 20 == 0 ? Reply.Failed("gone") : new Reply("(b)", Finish.Stop)));

        var run = await CollectAsync(target);

        folder.Files.Should().Equal("answers.bbq.jsonl");
        var read = AnswersFile.Read(run.Of("bbq").AnswersPath, Bbq);
        foreach (var outcome in new[] { Outcome.Answered, Outcome.Failed })
        {
            Outcomes(read, outcome).Should().BeEquivalentTo(Outcomes(run.Of("bbq").Sheet, outcome));
        }

        run.Manifest.Failed.Should().Be(Outcomes(read, Outcome.Failed).Count());
    }

    [Fact]
    public async Task In_sampling_mode_every_question_counts_as_often_as_it_was_asked_and_its_samples_make_one_answer()
    {
        // Of every four calls one fails, one refuses and two choose.
        using var target = new FakeTarget((_, number, _) => Task.FromResult((number % 4) switch
        {
            0 => Reply.Failed("gone"),
            1 => new Reply("", Finish.Refusal),
            2 => new Reply("(a)", Finish.Stop),
            _ => new Reply("(b)", Finish.Stop),
        }));
        var progress = new Steps();

        var run = await CollectAsync(target, progress, new() { Concurrency = 1, Mode = Mode.Sampling, Samples = 4 });

        var questions = Cells.Sum(cell => Bbq.Items.Count(item => item.Slice == cell.Slice));
        run.Manifest.Should().BeEquivalentTo(new { Mode = "sampling", Samples = 4, Seeds = "0 … 3", Items = 4 * questions, Failed = questions });
        (progress.Last.Done, progress.Last.Total, progress.Last.Failed).Should().Be((4 * questions, 4 * questions, questions));
        run.AnsweredTooLittle.Should().BeTrue("a quarter of the calls failed, though no item did");
        var read = AnswersFile.Read(run.Of("bbq").AnswersPath, Bbq);
        foreach (var sheet in new[] { run.Of("bbq").Sheet, read })
        {
            Outcomes(sheet, Outcome.Answered).Should().HaveCount(questions);
            sheet.SamplesPerItem.Should().Be((4, 4));
            var pooled = sheet[Bbq.Items.First(item => item.Slice == "Age"), Condition.Q];
            (pooled.Choice, Math.Round(pooled.Probabilities!.Coverage, 12)).Should().Be(("a", Math.Round(2.0 / 3, 12)));
        }
    }

    [Fact]
    public async Task Seeds_that_were_not_sent_are_not_recorded()
    {
        using var target = new FakeTarget(_ => new Reply("(a)", Finish.Stop));

        var manifest = (await CollectAsync(target, settings: new() { Mode = Mode.Sampling, Samples = 2, Omit = "seed" })).Manifest;

        (manifest.Samples, manifest.Seeds).Should().Be((2, null));
    }

    [Theory]
    [InlineData(33, false)]
    [InlineData(10, true)]
    public async Task Too_many_failures_are_the_finding(int oneIn, bool tooLittle)
    {
        using var target = new FakeTarget((_, number, _) => Task.FromResult(number % oneIn == 0 ? Reply.Failed("gone") : new Reply("(b)", Finish.Stop)));

        (await CollectAsync(target)).AnsweredTooLittle.Should().Be(tooLittle);
    }

    [Fact]
    public async Task The_results_of_an_earlier_run_go_before_the_target_is_asked_for_the_first_time()
    {
        folder.Write("results.json", "{}");
        using var target = new UnusableTarget(() => folder.Files.Should().BeEmpty());

        var collecting = () => CollectAsync(target);

        await collecting.Should().ThrowAsync<TargetException>();
        target.Probed.Should().BeTrue();
    }

    [Fact]
    public async Task An_answers_file_of_an_earlier_run_goes_with_the_first_question()
    {
        folder.Write("answers.bbq.jsonl", "{}");
        using var target = new FakeTarget((_, _, _) => throw new TargetException("gone"));

        var collecting = () => CollectAsync(target);

        await collecting.Should().ThrowAsync<TargetException>();
        folder.Files.Should().Equal("answers.bbq.jsonl.part");
    }

    public void Dispose() => folder.Dispose();

    private static IEnumerable<(string Id, Condition Condition)> Outcomes(AnswerSheet sheet, Outcome outcome) =>
        from condition in Bbq.Conditions
        from item in Bbq.Items
        where sheet[item, condition].Outcome == outcome
        select (item.Id, condition);

    private Task<Run> CollectAsync(
        ITarget target, IProgress<CollectionProgress>? progress = null, TargetSettings? settings = null) => Run.CollectAsync(
        new RunSettings { Output = folder.Path, Target = settings ?? new() { Concurrency = 4 } }, target, [Bbq], Cells, [], progress, default);

    private sealed class Steps : IProgress<CollectionProgress>
    {
        public CollectionProgress Last { get; private set; }

        public void Report(CollectionProgress value) => Last = value;
    }

    private sealed class UnusableTarget(Action probed) : ITarget
    {
        public bool Probed { get; private set; }

        public string Model => "fake";

        public string Identity => "fake";

        public string PrefillKind => "real";

        public Task<Reply> AskAsync(Conversation conversation, int sample, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<Probe> ProbeAsync(CancellationToken cancellation)
        {
            Probed = true;
            probed();
            throw new TargetException("wrong key");
        }

        public void Dispose()
        {
        }
    }
}
