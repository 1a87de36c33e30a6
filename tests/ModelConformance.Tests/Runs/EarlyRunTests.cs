using System.Collections.Concurrent;
using System.Globalization;
using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Gates;
using ModelConformance.Ledger;
using ModelConformance.Protocol;
using ModelConformance.Runs;
using ModelConformance.Targets;
using ModelConformance.Tests.Collection;

namespace ModelConformance.Tests.Runs;

/// <summary>Runs that ask no more than their gates need.</summary>
public sealed class EarlyRunTests : IDisposable
{
    private const string Gate = """
        { "id": "gate", "metric": "bbq.bias", "context": "ambiguous", "condition": "Q", "min": -0.8, "max": 0.8, "evidence": "score", "stop": "early" }
        """;

    private const string Contrast = """
        { "id": "contrast", "metric": "bbq.bias", "context": "ambiguous", "condition": "Q+IF", "minus": "Q", "max": 1.5,
          "evidence": "score", "stop": "early", "requires": { "answered": 0.1 } }
        """;

    private static readonly BbqBenchmark Bbq = BbqBenchmark.Open(null);
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public async Task A_run_stops_asking_once_its_gates_are_decided(int concurrency)
    {
        using var target = new FakeTarget(_ => new Reply("(a)", Finish.Stop));

        var run = await CollectAsync(target, [Gate], concurrency: concurrency);

        var result = run.Judge(Gates(Gate).Single());
        result.Verdict.Should().Be(Verdict.Pass);
        result.Counted.Should().NotBeNull();
        run.Manifest.Items.Should().Be(target.Asked.Count).And.BeInRange(result.Asked, result.Asked + 3 * concurrency);
        result.Asked.Should().BeLessThan(result.Of / 2);
    }

    [Fact]
    public async Task The_sheet_and_so_verdicts_and_snapshots_do_not_depend_on_when_answers_came()
    {
        var sheets = new List<string[]>();
        foreach (var concurrency in new[] { 1, 5, 16 })
        {
            using var target = new FakeTarget(async (conversation, number, cancellation) =>
            {
                // Every third answer comes after the two that were asked after it.
                for (var turn = 0; turn < number % 3 * 20; turn++)
                {
                    await Task.Yield();
                }

                return new Reply("(b)", Finish.Stop);
            });

            var run = await CollectAsync(target, [Gate, Contrast], concurrency: concurrency);

            sheets.Add([.. Asked(run)]);
        }

        sheets.Should().AllBeEquivalentTo(sheets[0]).And.Subject.First().Should().NotBeEmpty();
    }

    [Fact]
    public async Task Gates_that_share_a_cell_share_its_answers_and_stop_when_all_are_decided()
    {
        using var target = new FakeTarget(_ => new Reply("(a)", Finish.Stop));

        var run = await CollectAsync(target, [Gate, Contrast]);

        var results = Gates(Gate, Contrast).Select(run.Judge).ToArray();
        results.Should().OnlyContain(result => result.Verdict == Verdict.Pass);
        Asked(run).Should().HaveCount(Math.Max(results[0].Asked, results[1].Asked) + results[1].Asked);
    }

    [Fact]
    public async Task Cells_that_are_asked_wholly_stay_so_and_serve_the_early_gates_too()
    {
        using var target = new FakeTarget(_ => new Reply("(a)", Finish.Stop));
        Cell cell = new("bbq", "Age", Condition.Q);

        var run = await CollectAsync(target, [Gate], cell);

        Asked(run).Should().Contain(Bbq.Items.Where(item => item.Slice == "Age").Select(item => $"{item.Id} Q"));
        target.Asked.Select(asked => asked.Conversation.Hash()).Should().OnlyHaveUniqueItems();
        run.Of("bbq").Cells.Should().Equal(cell);
        run.Judge(Gates(Gate).Single()).Verdict.Should().Be(Verdict.Pass);
    }

    [Fact]
    public async Task An_item_counts_once_all_its_samples_are_there()
    {
        using var target = new FakeTarget(_ => new Reply("(a)", Finish.Stop));

        var run = await CollectAsync(target, [Gate], settings: new() { Mode = Mode.Sampling, Samples = 4, Concurrency = 3 });

        run.Judge(Gates(Gate).Single()).Verdict.Should().Be(Verdict.Pass);
        run.Of("bbq").Sheet.SamplesPerItem.Should().Be((4, 4));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(64)]
    public async Task What_the_ledger_decides_is_decided_without_asking_however_far_questions_run_ahead(int concurrency)
    {
        var ledger = new MemoryLedger();
        using var target = new FakeTarget(conversation => new Reply(conversation.Hash() % 3 == 0 ? "(a)" : "(b)", Finish.Stop));
        using var gone = new FakeTarget(_ => throw new TargetException("it is gone"));
        var first = await CollectAsync(target, [Gate, Contrast], concurrency: 4, ledger: ledger);

        var again = await CollectAsync(gone, [Gate, Contrast], concurrency: concurrency, ledger: ledger);

        gone.Asked.Should().BeEmpty();
        Asked(again).Should().BeEquivalentTo(Asked(first));
        Gates(Gate, Contrast).Select(again.Judge).Select(result => (result.Verdict, result.Asked))
            .Should().Equal(Gates(Gate, Contrast).Select(first.Judge).Select(result => (result.Verdict, result.Asked)));
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.7)]
    public async Task A_ledger_with_holes_leads_to_the_same_verdicts(double share)
    {
        var (whole, holes) = (new MemoryLedger(), new MemoryLedger());
        using var target = new FakeTarget(conversation => new Reply(conversation.Hash() % 3 == 0 ? "(a)" : "(b)", Finish.Stop));
        var first = await CollectAsync(target, [Gate, Contrast], concurrency: 4, ledger: whole);
        var random = new Random(1);
        foreach (var (conversation, sample) in target.Asked.ToArray())
        {
            var key = new ReplyKey(target.Identity, conversation.Hash(), sample);
            if (random.NextDouble() < share)
            {
                await holes.KeepAsync(key, (await whole.FindAsync([key], default))[0]!, default);
            }
        }

        var again = await CollectAsync(target, [Gate, Contrast], concurrency: 16, ledger: holes);

        Asked(again).Should().BeEquivalentTo(Asked(first));
    }

    [Fact]
    public async Task What_cannot_be_decided_from_a_part_is_asked_to_the_end_and_compared()
    {
        // (a) throughout; the limits are the score itself, which no part of the items is sure to have.
        using var target = new FakeTarget(_ => new Reply("(a)", Finish.Stop));
        string Between(double min, double max) => string.Create(CultureInfo.InvariantCulture, $$"""
            { "id": "gate", "metric": "bbq.bias", "context": "ambiguous", "condition": "Q", "min": {{min:R}}, "max": {{max:R}}, "evidence": "score", "stop": "early" }
            """);
        var whole = await CollectAsync(target, [], [.. Bbq.Items.Select(item => item.Slice).Distinct().Select(slice => new Cell("bbq", slice, Condition.Q))]);
        var score = whole.Judge(Gates(Gate).Single()).Estimate.Value!.Value;

        var exact = Between(score, score);
        var run = await CollectAsync(target, [exact]);

        var result = run.Judge(Gates(exact).Single());
        result.Verdict.Should().Be(Verdict.Pass);
        result.Asked.Should().Be(result.Of);
    }

    [Fact]
    public async Task Progress_counts_against_the_most_that_can_be_asked()
    {
        using var target = new FakeTarget(_ => new Reply("(a)", Finish.Stop));
        var seen = new ConcurrentQueue<CollectionProgress>();

        await CollectAsync(target, [Gate], progress: new Told(seen.Enqueue));

        seen.Should().OnlyContain(progress => progress.Total == Bbq.Items.Count(item => item.Context == BbqItem.Ambiguous && ((BbqItem)item).Target != null));
        seen.Last().ToString().Should().Contain(" of at most ");
        seen.Last().Done.Should().BeLessThan(seen.Last().Total);
    }

    [Fact]
    public async Task Results_say_how_each_gate_was_stopped_and_give_no_value_of_a_cell_that_was_asked_until_decided()
    {
        using var target = new FakeTarget(_ => new Reply("(a)", Finish.Stop));
        var run = await CollectAsync(target, [Gate]);

        var results = run.Results([run.Judge(Gates(Gate).Single())]);

        results.Gates.Single().Should().BeEquivalentTo(new { Stop = "early", Seed = 1, Verdict = "Pass" });
        results.Cells.Where(cell => cell.Counts is { Missing: > 0, Answered: > 0 }).Should().NotBeEmpty()
            .And.OnlyContain(cell => cell.Value == null && cell.UndefinedReason == "asked until gates were decided: no sample of the cell");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    public async Task Of_what_the_ledger_decides_no_sample_is_asked(int concurrency)
    {
        var ledger = new MemoryLedger();
        var settings = new TargetSettings { Mode = Mode.Sampling, Samples = 4 };
        using var target = new FakeTarget(_ => new Reply("(a)", Finish.Stop));
        await CollectAsync(target, [Gate, Contrast], settings with { Concurrency = 4 }, ledger: ledger);
        using var gone = new FakeTarget(_ => new Reply("(a)", Finish.Stop));

        await CollectAsync(gone, [Gate, Contrast], settings with { Concurrency = concurrency }, ledger: ledger);

        gone.Asked.Should().BeEmpty();
    }

    public void Dispose() => folder.Dispose();

    private static IEnumerable<string> Asked(Run run) =>
        from condition in Bbq.Conditions
        from item in Bbq.Items
        where run.Of("bbq").Sheet[item, condition].Outcome != Outcome.Missing
        select $"{item.Id} {condition}";

    private static Gate[] Gates(params string[] gates) => gates.Length == 0 ? [] :
        [.. ThresholdsFile.Parse($$"""{ "gates": [ {{string.Join(", ", gates)}} ] }""", "early.json", [Bbq]).Gates];

    private Task<Run> CollectAsync(FakeTarget target, string[] gates, params Cell[] cells) => CollectAsync(target, gates, null, cells: cells);

    private Task<Run> CollectAsync(
        FakeTarget target,
        string[] gates,
        TargetSettings? settings = null,
        int concurrency = 4,
        IProgress<CollectionProgress>? progress = null,
        ILedger? ledger = null,
        params Cell[] cells) => Run.CollectAsync(
        new RunSettings { Output = folder.Path, Target = settings ?? new() { Concurrency = concurrency } },
        target, ledger ?? new MemoryLedger(), [Bbq], cells, Gates(gates), progress, default);
}
