using System.Diagnostics;
using System.Globalization;
using ModelConformance.Answers;
using ModelConformance.Benchmarks;
using ModelConformance.Collection;
using ModelConformance.Gates;
using ModelConformance.Ledger;
using ModelConformance.Protocol;
using ModelConformance.Reports;
using ModelConformance.Targets;

namespace ModelConformance.Runs;

/// <summary>One collection of answers, which every gate and every snapshot reads.</summary>
/// <param name="Mode">How answers were measured.</param>
/// <param name="Parts">What was asked, by benchmark.</param>
/// <param name="Manifest">What was asked of whom, and how.</param>
public sealed record Run(Mode Mode, IReadOnlyList<RunPart> Parts, RunManifest Manifest)
{
    /// <summary>The share of calls without a reply above which a target "answered too little" to be judged.</summary>
    public const double FailedAtMost = 0.03;

    /// <summary>Whether so many calls failed that the target, not the model, is the finding.</summary>
    public bool AnsweredTooLittle => Manifest.Failed > FailedAtMost * Manifest.Items;

    /// <inheritdoc />
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Manifest.Items:N0} questions to {Manifest.Model} ({string.Join(", ", Parts)}): {Manifest.Requests:N0} requests in {Seconds:N1} s, "
        + $"{Manifest.Requests / Seconds:N0}/s, {Manifest.Failed:N0} questions without a reply");

    private double Seconds => (Manifest.Ended - Manifest.Started)?.TotalSeconds ?? double.NaN;

    /// <summary>What was asked of a benchmark.</summary>
    /// <param name="benchmark">The benchmark's id.</param>
    public RunPart Of(string benchmark) => Parts.Single(part => part.Benchmark.Id == benchmark);

    /// <summary>Judges a gate by the answers to its benchmark. Thread-safe.</summary>
    /// <param name="gate">A gate whose cells were collected.</param>
    public GateResult Judge(Gate gate)
    {
        ArgumentNullException.ThrowIfNull(gate);
        var part = Of(gate.Benchmark);
        var approved = gate.Claims.Any(claim => claim.Quantity.IsAgainstApproved) ? part.Approved?.Value : null;
        return GateJudge.Judge(gate, part.Benchmark, part.Sheet, approved);
    }

    /// <summary>Everything that the run found.</summary>
    /// <param name="judged">All gates that were judged.</param>
    public Results Results(IEnumerable<GateResult> judged) =>
        Reports.Results.Of(Manifest, Parts.Select(part => (part.Benchmark, part.Sheet, part.UntilDecided)), judged);

    /// <summary>
    /// Asks the items of the cells, all cells together, then what the gates that may stop early need besides, and keeps the answers in the output
    /// folder.
    /// </summary>
    /// <param name="settings">The settings, with a target.</param>
    /// <param name="target">The target, ready to be asked.</param>
    /// <param name="benchmarks">The benchmarks.</param>
    /// <param name="cells">What to ask wholly.</param>
    /// <param name="early">Gates with <see cref="Gate.Stopping"/>, asked until they are decided.</param>
    /// <param name="progress">Told after every answer; null for nobody.</param>
    /// <param name="cancellation">Ends the run; the answers so far stay in <c>answers.*.jsonl.part</c>.</param>
    /// <exception cref="TargetException">The target cannot be used, or stopped answering.</exception>
    public static async Task<Run> CollectAsync(
        RunSettings settings,
        ITarget target,
        IReadOnlyList<IBenchmark> benchmarks,
        IReadOnlyCollection<Cell> cells,
        IReadOnlyCollection<Gate> early,
        IProgress<CollectionProgress>? progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(target);
        ResultsFile.Clear(settings.Output);
        await target.ProbeAsync(cancellation).ConfigureAwait(false);
        var started = DateTimeOffset.UtcNow;
        var watch = Stopwatch.StartNew();
        var sampled = settings.Target.Mode == Mode.Sampling;
        var samples = sampled ? settings.Target.Samples : 1;
        var collector = new Collector(target, new MemoryLedger(), settings.Target.Mode, settings.Target.Concurrency, samples);
        var plans = benchmarks.Select(benchmark => new Asking(benchmark, Questions(benchmark, cells), early, samples, settings.Target.Concurrency))
            .Where(asking => asking.AtMost > 0).ToArray();
        var (done, failed, total) = (0, 0, samples * plans.Sum(asking => asking.AtMost));
        var parts = new List<RunPart>();
        foreach (var asking in plans)
        {
            var benchmark = asking.Benchmark;
            var path = Path.Combine(settings.Output, $"answers.{benchmark.Id}.jsonl");
            using var writer = new AnswersWriter(path, benchmark, target.Model, target.PrefillKind);
            await foreach (var answer in collector.CollectAsync(benchmark, asking.QuestionsAsync(cancellation), cancellation).ConfigureAwait(false))
            {
                asking.Add(answer, sampled);
                writer.Write(answer, settings.Target.Mode);
                failed += answer.Answer.Outcome == Outcome.Failed ? 1 : 0;
                done++;
                progress?.Report(new(done, total, failed, watch.Elapsed) { MayStopEarly = early.Count > 0 });
            }

            writer.Complete();
            parts.Add(new(benchmark, asking.Counted(), [.. cells.Where(cell => cell.Benchmark == benchmark.Id)], path, asking.MayStopEarly)
            {
                Approved = new(() => ApprovedAnswers.Read(
                    settings.Snapshots.Root, target.Model, target.PrefillKind, settings.Target.Mode, benchmark)),
            });
        }

        var asked = parts.Select(part => (part.Benchmark, part.Sheet.Conditions));
        return new(settings.Target.Mode, parts, RunManifest.Of(settings.Target, target, asked, started, done, failed));
    }

    /// <summary>The questions that cells hold, in the order in which they are asked.</summary>
    internal static (Item Item, Condition Condition)[] Questions(IBenchmark benchmark, IReadOnlyCollection<Cell> cells)
    {
        var wanted = cells.Where(cell => cell.Benchmark == benchmark.Id).ToLookup(cell => cell.Slice, cell => cell.Condition);
        return [.. benchmark.Items.SelectMany(item => wanted[item.Slice].Distinct().Select(condition => (item, condition)))];
    }
}

/// <summary>What was asked of one benchmark.</summary>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Sheet">The answers.</param>
/// <param name="Cells">The cells that were asked wholly.</param>
/// <param name="AnswersPath">Where the answers lie with their texts, those too that came after the last verdict.</param>
/// <param name="UntilDecided">Whether items outside the cells were asked until the gates that may stop early were decided.</param>
public sealed record RunPart(IBenchmark Benchmark, AnswerSheet Sheet, IReadOnlyList<Cell> Cells, string AnswersPath, bool UntilDecided)
{
    /// <summary>The answers of the target that are approved, read when a gate first asks; null where there can be none.</summary>
    internal Lazy<AnswerSheet>? Approved { get; init; }

    /// <inheritdoc />
    public override string ToString() =>
        $"{Benchmark.Id}: {Benchmark.Dataset.Name}, " + (Cells.Count, UntilDecided) switch
        {
            (0, true) => "until the gates were decided",
            (var cells, true) => $"{cells} cells, and others until their gates were decided",
            (var cells, false) => $"{cells} cells",
        };
}
