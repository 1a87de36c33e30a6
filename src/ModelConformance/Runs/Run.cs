using System.Globalization;
using System.Runtime.CompilerServices;
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
    /// <summary>
    /// That the replies name more than one model, with the first five of the names, which are the server's words; one line. Null where they do not.
    /// </summary>
    public string? Mixture => Manifest.ReturnedModels is { Count: > 1 } models
        ? $"The model changed under the run, or since the run whose replies it goes on with: they name {string.Join(", ", models.Take(5))}"
          + $"{(models.Count > 5 ? ", …" : "")}. These are figures of no one model; another Target:Revision or Ledger keeps replies apart."
        : null;

    /// <summary>How the collection went.</summary>
    public required CollectionProgress Collected { get; init; }

    /// <inheritdoc />
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Manifest.Items:N0} questions to {Manifest.Model} ({string.Join(", ", Parts)}): {Collected.Requests:N0} requests in "
        + $"{Collected.Elapsed.TotalSeconds:N1} s, {Collected.Requests / Collected.Elapsed.TotalSeconds:N0}/s{Replayed}, "
        + $"{Manifest.Failed:N0} questions without a reply");

    private string Replayed => Collected.Replayed == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"; {Collected.Replayed:N0} answers come from the ledger, the oldest of {Manifest.Started:yyyy-MM-dd HH:mm} UTC");

    /// <summary>What was asked of a benchmark.</summary>
    /// <param name="benchmark">The benchmark's id.</param>
    public RunPart Of(string benchmark) => Parts.Single(part => part.Benchmark.Id == benchmark);

    /// <summary>Judges gates, several at once.</summary>
    /// <param name="gates">Gates whose cells were collected.</param>
    /// <returns>What <see cref="Judge"/> says of each, in their order, with its level among them.</returns>
    public async Task<IReadOnlyList<GateResult>> JudgeAsync(IEnumerable<Gate> gates) =>
        FamilyLevel.Among(await Task.WhenAll(gates.Select(gate => Task.Run(() => Judge(gate)))).ConfigureAwait(false));

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
    /// <param name="ledger">What was asked before, and where replies are kept.</param>
    /// <param name="benchmarks">The benchmarks.</param>
    /// <param name="cells">What to ask wholly.</param>
    /// <param name="early">Gates with <see cref="Gate.Stopping"/>, asked until they are decided.</param>
    /// <param name="progress">Told several times a second, and at the end; null for nobody.</param>
    /// <param name="cancellation">Ends the run; the replies so far stay in the ledger, and the answers in <c>answers.*.jsonl.part</c>.</param>
    /// <returns>
    /// The run; where the budget ended it (<see cref="RunManifest.EndedBy"/>), with what was answered until then. Gates are judged by what is known
    /// then, and the run as a whole is never better than Inconclusive.
    /// </returns>
    /// <exception cref="TargetException">The target cannot be used, or stopped answering.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read or written.</exception>
    public static async Task<Run> CollectAsync(
        RunSettings settings,
        ITarget target,
        ILedger ledger,
        IReadOnlyList<IBenchmark> benchmarks,
        IReadOnlyCollection<Cell> cells,
        IReadOnlyCollection<Gate> early,
        IProgress<CollectionProgress>? progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(ledger);
        Directory.CreateDirectory(settings.Output);
        using var only = OutputLock.Take(settings.Output);
        ResultsFile.Clear(settings.Output);
        var mode = settings.Target.Mode;
        var samples = settings.Target.SamplesPerQuestion;
        var collecting = benchmarks.Select(benchmark => new Asking(benchmark, Questions(benchmark, cells), early, samples, settings.Target.Concurrency))
            .Where(asking => asking.AtMost.Count > 0)
            .ToDictionary(asking => asking.Benchmark.Id, asking => (Asking: asking, Writer: new AnswersWriter(
                Path.Combine(settings.Output, $"answers.{asking.Benchmark.Id}.jsonl"), asking.Benchmark, target.Model, target.PrefillKind)));
        try
        {
            Asking[] askings = [.. collecting.Values.Select(part => part.Asking)];
            var tally = new CollectionTally(askings, target, ledger, settings.Prices);
            using var file = new ProgressFile(settings.Output);
            var questions = AllAsync(askings, cancellation);
            var collector = new Collector(target, ledger, mode, settings.Target.QuestionsAtOnce)
            {
                Drops = early.Count == 0 ? null : question => collecting[question.Benchmark.Id].Asking.TryDrop(question),
            };
            var endedBy = await tally.CountAsync(collector.CollectAsync(questions, cancellation), Take, Report).ConfigureAwait(false);
            await ledger.FlushAsync(cancellation).ConfigureAwait(false);
            var collected = tally.Now();
            Report(collected);
            RunPart[] parts = [.. collecting.Values.Select(part => Part(part.Asking, endedBy is null ? part.Writer.Complete() : part.Writer.Cut()))];
            var asked = parts.Select(part => (part.Benchmark, part.Sheet.Conditions));
            var manifest = RunManifest.Of(settings.Target, target, asked, tally.Calls, tally.Items, tally.Failed);
            return new(mode, parts, manifest with { EndedBy = endedBy }) { Collected = collected };

            bool Take(ItemAnswer answer)
            {
                var (asking, writer) = collecting[answer.Question.Benchmark.Id];
                var isNew = asking.Add(answer, mode == Mode.Sampling);
                if (isNew)
                {
                    writer.Write(answer, mode);
                }

                return isNew;
            }

            void Report(CollectionProgress now)
            {
                progress?.Report(now);
                file.Report(now);
            }
        }
        finally
        {
            foreach (var (_, writer) in collecting.Values)
            {
                writer.Dispose();
            }
        }

        RunPart Part(Asking asking, string answersPath)
        {
            var benchmark = asking.Benchmark;
            Cell[] whole = [.. cells.Where(cell => cell.Benchmark == benchmark.Id)];
            return new(benchmark, asking.Counted(), whole, answersPath, asking.MayStopEarly)
            {
                Approved = new(() => ApprovedAnswers.Read(settings.Snapshots.Root, target.Model, target.PrefillKind, mode, benchmark)),
            };
        }
    }

    /// <summary>What all benchmarks ask, in turn: where one waits for answers, the others go on.</summary>
    private static async IAsyncEnumerable<Question> AllAsync(Asking[] askings, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var open = askings.Select(asking => asking.QuestionsAsync(stop.Token).GetAsyncEnumerator(stop.Token)).Select(Moved).ToList();
        try
        {
            while (open.Count > 0)
            {
                if (!open.Exists(one => one.IsMoved.IsCompleted))
                {
                    await Task.WhenAny(open.Select(one => one.IsMoved)).ConfigureAwait(false);
                }

                for (var place = open.Count - 1; place >= 0; place--)
                {
                    var (source, isMoved) = open[place];
                    if (!isMoved.IsCompleted)
                    {
                        continue;
                    }

                    if (await isMoved.ConfigureAwait(false))
                    {
                        yield return source.Current;
                        open[place] = Moved(source);
                    }
                    else
                    {
                        open.RemoveAt(place);
                        await source.DisposeAsync().ConfigureAwait(false);
                    }
                }
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            foreach (var (source, isMoved) in open)
            {
                await ((Task)isMoved).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await source.DisposeAsync().ConfigureAwait(false);
            }
        }

        static (IAsyncEnumerator<Question> Source, Task<bool> IsMoved) Moved(IAsyncEnumerator<Question> source) =>
            (source, source.MoveNextAsync().AsTask());
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
/// <param name="AnswersPath">
/// Where the answers lie with their texts, those too that came after the last verdict; it ends in <c>.part</c> where the budget ended the run.
/// </param>
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
