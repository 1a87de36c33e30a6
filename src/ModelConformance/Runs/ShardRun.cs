using System.Globalization;
using ModelConformance.Benchmarks;
using ModelConformance.Collection;
using ModelConformance.Ledger;
using ModelConformance.Protocol;
using ModelConformance.Reports;
using ModelConformance.Targets;

namespace ModelConformance.Runs;

/// <summary>What one machine asked of a run that several share: replies in the ledger, for a run without a shard to judge.</summary>
/// <param name="Shard">The slice.</param>
/// <param name="Questions">The questions of all slices; in sampling mode each sample is one.</param>
/// <param name="Collected">How the asking of this one went.</param>
public sealed record ShardRun(Shard Shard, int Questions, CollectionProgress Collected)
{
    /// <summary>What of the budget was used up before all was asked; null where all was.</summary>
    public string? EndedBy { get; init; }

    /// <summary>Whether so many calls failed that the run that judges would find the same of the target (<see cref="RunManifest.FailedAtMost"/>).</summary>
    public bool AnsweredTooLittle => Collected.Failed > RunManifest.FailedAtMost * Collected.Done;

    /// <summary>Asks the items of the cells that a slice holds.</summary>
    /// <param name="settings">The settings, with a target.</param>
    /// <param name="target">The target, ready to be asked.</param>
    /// <param name="ledger">What was asked before, and where replies are kept: the ledger of the run that judges.</param>
    /// <param name="benchmarks">The benchmarks.</param>
    /// <param name="cells">What all slices together ask.</param>
    /// <param name="shard">The slice.</param>
    /// <param name="progress">Told several times a second, and at the end; null for nobody.</param>
    /// <param name="cancellation">Ends the asking; the replies so far stay in the ledger.</param>
    /// <returns>The asking; where the budget ended it, with what was asked until then.</returns>
    /// <exception cref="TargetException">The target cannot be used, or stopped answering.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read or written.</exception>
    public static async Task<ShardRun> AskAsync(
        RunSettings settings,
        ITarget target,
        ILedger ledger,
        IReadOnlyList<IBenchmark> benchmarks,
        IReadOnlyCollection<Cell> cells,
        Shard shard,
        IProgress<CollectionProgress>? progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(shard);
        var (mode, samples) = (settings.Target.Mode, settings.Target.SamplesPerQuestion);
        var whole = benchmarks.ToDictionary(benchmark => benchmark, benchmark => Run.Questions(benchmark, cells));
        Asking[] askings =
        [
            .. whole.Select(pair => new Asking(pair.Key, [.. pair.Value.Where(asked => shard.Holds(asked.Item.Id))], [], samples, settings.Target.Concurrency)),
        ];
        var tally = new CollectionTally(askings, target, ledger, settings.Prices);
        var questions = askings.ToAsyncEnumerable().SelectMany(asking => asking.QuestionsAsync(cancellation));
        var answers = new Collector(target, ledger, mode, settings.Target.QuestionsAtOnce).CollectAsync(questions, cancellation);
        var endedBy = await tally.CountAsync(answers, _ => true, now => progress?.Report(now)).ConfigureAwait(false);
        await ledger.FlushAsync(cancellation).ConfigureAwait(false);
        var collected = tally.Now();
        progress?.Report(collected);
        return new(shard, samples * whole.Values.Sum(asked => asked.Length), collected) { EndedBy = endedBy };
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Shard {Shard}: {Collected.Done:N0} of {Questions:N0} questions, {Collected.Replayed:N0} of them from the ledger, "
        + $"{Collected.Requests:N0} requests in {Collected.Elapsed.TotalSeconds:N1} s, {Collected.Failed:N0} questions without a reply");
}
