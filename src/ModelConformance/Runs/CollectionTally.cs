using System.Diagnostics;
using ModelConformance.Collection;
using ModelConformance.Protocol;
using ModelConformance.Reports;
using ModelConformance.Targets;

namespace ModelConformance.Runs;

/// <summary>What a collection has brought so far.</summary>
internal sealed class CollectionTally(IReadOnlyCollection<Asking> askings, ITarget target, PriceSettings prices)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly Dictionary<(string Benchmark, Condition Condition), int> done = [];
    private int replayed;
    private TimeSpan told;

    /// <summary>What the replies took.</summary>
    public CallTally Calls { get; } = new();

    /// <summary>The questions answered.</summary>
    public int Items { get; private set; }

    /// <summary>Those of them without a reply.</summary>
    public int Failed { get; private set; }

    /// <summary>Counts an answer.</summary>
    public void Add(ItemAnswer answer)
    {
        Items++;
        replayed += answer.IsReplayed ? 1 : 0;
        Failed += answer.Answer.Outcome == Outcome.Failed ? 1 : 0;
        var cell = (answer.Question.Benchmark.Id, answer.Condition);
        done[cell] = done.GetValueOrDefault(cell) + 1;
        foreach (var reply in answer.New)
        {
            Calls.Add(reply);
        }
    }

    /// <summary>How far it is now, where that was not told for a moment; null otherwise.</summary>
    public CollectionProgress? Due()
    {
        if (watch.Elapsed - told < Pause)
        {
            return null;
        }

        told = watch.Elapsed;
        return Now();
    }

    /// <summary>How far it is now.</summary>
    public CollectionProgress Now()
    {
        var seen = target.Observations;
        return new()
        {
            Cells =
            [
                .. askings.SelectMany(asking => asking.AtMost, (asking, most) => new CellProgress(
                    asking.Benchmark.Id, most.Condition.Id, done.GetValueOrDefault((asking.Benchmark.Id, most.Condition)), most.Questions)),
            ],
            Elapsed = watch.Elapsed,
            Replayed = replayed,
            Failed = Failed,
            MayStopEarly = askings.Any(asking => asking.MayStopEarly),
            Requests = seen.Requests,
            Retries = seen.Retries.Values.Sum(),
            Usage = seen.Usage,
            Concurrency = seen.Concurrency > 0 ? seen.Concurrency : null,
            Cost = prices.Cost(seen.Usage.Prompt, seen.Usage.Completion),
        };
    }
}
