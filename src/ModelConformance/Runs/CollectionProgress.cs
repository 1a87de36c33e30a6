using ModelConformance.Ledger;
using ModelConformance.Protocol;
using ModelConformance.Targets;
using static System.FormattableString;

namespace ModelConformance.Runs;

/// <summary>How far a collection is. In sampling mode each sample is a question.</summary>
public sealed record CollectionProgress
{
    /// <summary>How far each benchmark is under each condition, in the order in which they are asked.</summary>
    public required IReadOnlyList<CellProgress> Cells { get; init; }

    /// <summary>The time since the first question.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The questions answered, whatever the answer.</summary>
    public int Done => Cells.Sum(cell => cell.Done);

    /// <summary>All questions.</summary>
    public int Total => Cells.Sum(cell => cell.Total);

    /// <summary>Those of <see cref="Done"/> that the ledger answered.</summary>
    public int Replayed { get; init; }

    /// <summary>Those of <see cref="Done"/> whose calls failed for good.</summary>
    public int Failed { get; init; }

    /// <summary>Whether some gates stop as soon as they are decided, so that <see cref="Total"/> is the most there can be.</summary>
    public bool MayStopEarly { get; init; }

    /// <summary>The requests that this run sent.</summary>
    public long Requests { get; init; }

    /// <summary>Those of <see cref="Requests"/> that were repeats.</summary>
    public long Retries { get; init; }

    /// <summary>The tokens that this run used, as the target counts them.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>What they cost; null where no prices are set.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The requests that may be in flight at once as things are; null where the target does not say.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Whether no more is asked: all is done, or the run was ended.</summary>
    public bool IsOver { get; init; }

    /// <summary>
    /// What the next requests wait for (<see cref="ILedger.Waiting"/>, <see cref="TargetObservations.Waiting"/>); null where they do not, and once all
    /// was asked.
    /// </summary>
    public string? Waiting { get; init; }

    /// <summary>The questions that the target answered in a second, in the mean of the last minute.</summary>
    public double Rate { get; init; }

    /// <summary>How long the rest takes at this rate, as if the ledger had none of it; null where nothing was answered lately, or no more is asked.</summary>
    public TimeSpan? Left => IsOver ? null
        : Done == Total ? TimeSpan.Zero
        : Rate > 0 && (Total - Done) / Rate is var seconds and < 1e8 ? TimeSpan.FromSeconds(seconds)
        : null;

    /// <summary>
    /// One line: <c>12,000 of 175,476 answered (6.8 %), 2,400/s, 1 min 8 s to go, 16 at once, 3 retries; waiting: the target asks for 30 s more</c>.
    /// </summary>
    public override string ToString()
    {
        var atMost = MayStopEarly ? "at most " : "";
        return string.Concat(
            Invariant($"{Done:N0} of {atMost}{Total:N0} answered ({(Total == 0 ? 1 : (double)Done / Total):P1}), "),
            Replayed > 0 ? Invariant($"{Replayed:N0} from the ledger, ") : "",
            Invariant($"{Rate:N0}/s"),
            Failed > 0 ? Invariant($", {Failed:N0} failed") : "",
            Left is { } left ? Invariant($", {atMost}{(int)left.TotalMinutes} min {left.Seconds} s to go") : "",
            Concurrency is { } most ? Invariant($", {most} at once") : "",
            Retries > 0 ? Invariant($", {Retries:N0} retries") : "",
            Cost is { } cost ? Invariant($", spent {cost:0.00##}") : "",
            Waiting is null ? "" : $"; waiting: {Waiting}");
    }
}

/// <summary>How far a benchmark is under a condition.</summary>
/// <param name="Benchmark">The benchmark's id.</param>
/// <param name="Condition">The condition's id.</param>
/// <param name="Done">The questions answered.</param>
/// <param name="Total">All questions, or the most that there can be.</param>
public sealed record CellProgress(string Benchmark, string Condition, int Done, int Total);
