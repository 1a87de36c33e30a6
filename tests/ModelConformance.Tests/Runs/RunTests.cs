using System.Collections.Immutable;
using ModelConformance.Answers;
using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Gates;
using ModelConformance.Ledger;
using ModelConformance.Protocol;
using ModelConformance.Reports;
using ModelConformance.Runs;
using ModelConformance.Targets;
using ModelConformance.Tests.Collection;
using ModelConformance.Tests.Gates;
using ModelConformance.Tests.Targets;

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
        CollectionProgress last = null!;

        var run = await CollectAsync(target, new Told(now => last = now));

        var part = run.Of("bbq");
        part.Cells.Should().Equal(Cells);
        Outcomes(part.Sheet, Outcome.Answered).Should().BeEquivalentTo(Cells.SelectMany(
            cell => Bbq.Items.Where(item => item.Slice == cell.Slice).Select(item => (item.Id, cell.Condition))));
        target.Asked.Should().HaveCount(run.Manifest.Items);
        last.Should().Match<CollectionProgress>(now => now.Done == now.Total && now.Total == run.Manifest.Items && now.Failed == 0);
    }

    [Fact]
    public async Task An_output_folder_is_of_one_run_at_a_time()
    {
        var (asked, told) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var target = new FakeTarget(async (_, _, cancellation) =>
        {
            asked.TrySetResult();
            await told.Task.WaitAsync(cancellation);
            return new Reply("(a)", Finish.Stop);
        });
        var running = CollectAsync(target);
        await asked.Task;

        (await FluentActions.Awaiting(() => CollectAsync(target)).Should().ThrowAsync<SettingsException>())
            .WithMessage($"Another run goes on in {folder.Path}*name another folder (MODELCONFORMANCE__Output, --output).");

        told.SetResult();
        (await running).Of("bbq").Cells.Should().Equal(Cells);
        (await CollectAsync(target)).Of("bbq").Cells.Should().Equal(Cells);
    }

    [Fact]
    public async Task How_far_it_is_is_told_while_no_answer_comes()
    {
        var (asked, told) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var target = new FakeTarget(async (_, _, cancellation) =>
        {
            asked.TrySetResult();
            await told.Task.WaitAsync(TimeSpan.FromMinutes(5), cancellation);
            return new Reply("(a)", Finish.Stop);
        });

        var run = await CollectAsync(target, new Told(_ =>
        {
            if (asked.Task.IsCompleted)
            {
                told.TrySetResult();
            }
        }));

        run.Collected.Done.Should().Be(run.Manifest.Items);
    }

    [Fact]
    public async Task A_wait_that_the_target_asks_for_is_told_while_it_lasts()
    {
        var time = new ManualTime();
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Says("red, green"), ScriptedServer.Answer(429, "{}", ("Retry-After", "30")), ScriptedServer.Says("(a)"));
        using var target = Target.Open(new() { BaseUrl = server.BaseUrl, Model = "m" }, time: time);
        CollectionProgress last = null!;
        var waits = new HashSet<string>();

        await CollectAsync(target, new Told(now =>
        {
            last = now;
            if (now.Waiting is not null)
            {
                waits.Add(now.ToString());
            }

            // More than once: a wait that only began when the clock had moved ends with the next time.
            if (waits.Count > 0)
            {
                time.Advance(TimeSpan.FromSeconds(30));
            }
        }));

        waits.Should().NotBeEmpty().And.OnlyContain(line => line.EndsWith("; waiting: the target asks for 30 s more"));
        last.Waiting.Should().BeNull();
    }

    [Fact]
    public async Task The_manifest_says_what_was_asked_of_whom()
    {
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var target = new FakeTarget((_, number, _) => Task.FromResult(new Reply("(a)", Finish.Stop)
        {
            Call = new()
            {
                At = at.AddSeconds(number),
                Latency = TimeSpan.FromMilliseconds(5),
                Requests = number == 1 ? 3 : 1,
                Retries = number == 1 ? ImmutableSortedDictionary<string, int>.Empty.Add("HTTP 429", 2) : ImmutableSortedDictionary<string, int>.Empty,
                Usage = new(10, 1, 0, 0),
                Model = "fake-2026",
                Fingerprint = number % 2 == 0 ? "fp_a" : "fp_b",
            },
        }));

        var manifest = (await CollectAsync(target)).Manifest;
        var asked = target.Asked.Count;

        manifest.Should().BeEquivalentTo(new { Target = "fake", Model = "fake", Mode = "text", Prefill = "real", Failed = 0 });
        (manifest.Samples, manifest.Seeds).Should().Be((null, null), "nothing was sampled");
        (manifest.Started, manifest.Ended).Should().Be((at.AddSeconds(1), at.AddSeconds(asked).AddMilliseconds(5)));
        (manifest.Items, manifest.Requests, manifest.Usage).Should().Be((asked, asked + 2, new TokenUsage(10 * asked, asked, 0, 0)));
        manifest.Retries.Should().Equal(new Dictionary<string, long> { ["HTTP 429"] = 2 });
        (string.Join(' ', manifest.ReturnedModels), string.Join(' ', manifest.Fingerprints)).Should().Be(("fake-2026", "fp_a fp_b"));
        var benchmark = manifest.Benchmarks.Should().ContainSingle().Which;
        (benchmark.Id, benchmark.Dataset, benchmark.DatasetHash).Should().Be(("bbq", "sample", Bbq.Dataset.Hash));
        benchmark.Wordings.Should().Equal(new Dictionary<string, string> { ["Q"] = Bbq.Wording(Condition.Q), ["Q+IF"] = Bbq.Wording(Condition.QIf) });
    }

    [Fact]
    public async Task The_answers_file_holds_what_the_run_holds()
    {
        using var target = new FakeTarget((_, number, _) => Task.FromResult(number % 20 == 0 ? Reply.Failed("gone") : new Reply("(b)", Finish.Stop)));

        var run = await CollectAsync(target);

        folder.Files.Should().Equal("answers.bbq.jsonl", "progress.json");
        var read = AnswersFile.Read(run.Of("bbq").AnswersPath, Bbq);
        foreach (var outcome in new[] { Outcome.Answered, Outcome.Failed })
        {
            Outcomes(read, outcome).Should().BeEquivalentTo(Outcomes(run.Of("bbq").Sheet, outcome));
        }

        run.Manifest.Failed.Should().Be(Outcomes(read, Outcome.Failed).Count());
    }

    [Fact]
    public async Task The_answers_of_a_run_that_its_budget_ended_stay_in_a_file_that_says_it_is_a_part()
    {
        using var target = new FakeTarget((_, number, _) =>
            number <= 20 ? Task.FromResult(new Reply("(b)", Finish.Stop)) : throw new BudgetReachedException("all spent"));

        var run = await CollectAsync(target, settings: new() { Concurrency = 1 });

        run.Manifest.EndedBy.Should().Be("all spent");
        folder.Files.Should().Equal("answers.bbq.jsonl.part", "progress.json");
        run.Of("bbq").AnswersPath.Should().EndWith("answers.bbq.jsonl.part");
        Outcomes(AnswersFile.Read(run.Of("bbq").AnswersPath, Bbq), Outcome.Answered).Should().HaveCount(20)
            .And.BeEquivalentTo(Outcomes(run.Of("bbq").Sheet, Outcome.Answered));
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
        CollectionProgress last = null!;

        var run = await CollectAsync(target, new Told(now => last = now), new() { Concurrency = 1, Mode = Mode.Sampling, Samples = 4 });

        var questions = Cells.Sum(cell => Bbq.Items.Count(item => item.Slice == cell.Slice));
        run.Manifest.Should().BeEquivalentTo(new { Mode = "sampling", Samples = 4, Seeds = "0 … 3", Items = 4 * questions, Failed = questions });
        (last.Done, last.Total, last.Failed).Should().Be((4 * questions, 4 * questions, questions));
        run.Manifest.AnsweredTooLittle.Should().BeTrue("a quarter of the calls failed, though no item did");
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

    [Fact]
    public async Task Gates_that_are_judged_at_once_are_found_as_one_after_the_other_and_in_their_order()
    {
        // Right everywhere but about age.
        var items = Bbq.Questions.ToLookup(BbqPrompt.Question);
        using var target = new FakeTarget(conversation =>
        {
            var item = items[string.Join('\n', conversation.Turns[0].Text.Split('\n').Take(4))].First();
            return new Reply(item.Slice == "Age" ? "(a)" : $"({item.Label})", Finish.Stop);
        });
        Gate[] gates = [.. Shipped.Gates("smoke.json", Bbq), .. Shipped.Gates("release.json", Bbq).Where(gate => gate.Stopping is null)];
        var cells = Selection.Cells(gates, [Bbq]);
        var run = await Run.CollectAsync(
            new RunSettings { Output = folder.Path, Target = new() { Concurrency = 4 } }, target, new MemoryLedger(), [Bbq], cells, [], null, default);

        var judged = await run.JudgeAsync(gates);

        var oneByOne = FamilyLevel.Among(gates.Select(run.Judge));
        judged.Select(result => result.Verdict).Distinct().Should().HaveCountGreaterThan(1);
        ResultsFile.Render(run.Results(judged)).Should().Be(ResultsFile.Render(run.Results(oneByOne)));
        run.Results(judged).Gates.Select(gate => gate.Id).Should().Equal(gates.Select(gate => gate.Id));
    }

    [Theory]
    [InlineData(33, false)]
    [InlineData(10, true)]
    public async Task Too_many_failures_are_the_finding(int oneIn, bool tooLittle)
    {
        using var target = new FakeTarget((_, number, _) => Task.FromResult(number % oneIn == 0 ? Reply.Failed("gone") : new Reply("(b)", Finish.Stop)));

        (await CollectAsync(target)).Manifest.AnsweredTooLittle.Should().Be(tooLittle);
    }

    [Fact]
    public async Task The_results_of_an_earlier_run_go_before_the_target_is_asked_for_the_first_time()
    {
        folder.Write("results.json", "{}");
        using var target = new UnusableTarget(() => folder.Files.Should().NotContain("results.json"));

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
        folder.Files.Should().Equal("progress.json");
    }

    public void Dispose() => folder.Dispose();

    private static IEnumerable<(string Id, Condition Condition)> Outcomes(AnswerSheet sheet, Outcome outcome) =>
        from condition in Bbq.Conditions
        from item in Bbq.Items
        where sheet[item, condition].Outcome == outcome
        select (item.Id, condition);

    private Task<Run> CollectAsync(
        ITarget target, IProgress<CollectionProgress>? progress = null, TargetSettings? settings = null) => Run.CollectAsync(
        new RunSettings { Output = folder.Path, Target = settings ?? new() { Concurrency = 4 } }, target, new MemoryLedger(), [Bbq], Cells, [], progress, default);

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
