using System.Diagnostics;
using ModelConformance.Collection;
using ModelConformance.Ledger;
using ModelConformance.Protocol;
using ModelConformance.Reports;
using ModelConformance.Targets;

namespace ModelConformance.Runs;

/// <summary>What a collection has brought so far.</summary>
internal sealed class CollectionTally(IReadOnlyCollection<Asking> askings, ITarget target, ILedger ledger, PriceSettings prices)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock turn = new();
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly RecentRate rate = new();
    private readonly Dictionary<(string Benchmark, Condition Condition), int> done = [];
    private int replayed;
    private bool isOver;

    /// <summary>What the replies took.</summary>
    public CallTally Calls { get; } = new();

    /// <summary>The questions answered.</summary>
    public int Items { get; private set; }

    /// <summary>Those of them without a reply.</summary>
    public int Failed { get; private set; }

    /// <summary>Counts answers as they come, and tells how far that is: at once and then several times a second, also while none come.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="take">Given each answer; false where it has it already, so that only its calls count.</param>
    /// <param name="tell">Told how far it is, never twice at once.</param>
    /// <returns>What of the budget was used up before all was asked; null where all was.</returns>
    public async Task<string?> CountAsync(IAsyncEnumerable<ItemAnswer> answers, Func<ItemAnswer, bool> take, Action<CollectionProgress> tell)
    {
        using var timer = new PeriodicTimer(Pause);
        var telling = TellAsync();
        try
        {
            await foreach (var answer in answers.ConfigureAwait(false))
            {
                Add(answer, isNew: take(answer));
            }

            return null;
        }
        catch (BudgetReachedException reached)
        {
            return reached.Message;
        }
        finally
        {
            isOver = true;
            timer.Dispose();
            await telling.ConfigureAwait(false);
        }

        async Task TellAsync()
        {
            do
            {
                tell(Now());
            }
            while (await timer.WaitForNextTickAsync().ConfigureAwait(false));
        }
    }

    /// <summary>How far it is now.</summary>
    public CollectionProgress Now()
    {
        lock (turn)
        {
            var (seen, elapsed) = (target.Observations, watch.Elapsed);
            return new()
            {
                Cells =
                [
                    .. askings.SelectMany(asking => asking.AtMost, (asking, most) => new CellProgress(
                        asking.Benchmark.Id, most.Condition.Id, done.GetValueOrDefault((asking.Benchmark.Id, most.Condition)), most.Questions)),
                ],
                Elapsed = elapsed,
                Rate = rate.At(elapsed, Items - replayed),
                Replayed = replayed,
                Failed = Failed,
                MayStopEarly = askings.Any(asking => asking.MayStopEarly),
                Requests = seen.Requests,
                Retries = seen.Retries.Values.Sum(),
                Usage = seen.Usage,
                Concurrency = seen.Concurrency > 0 ? seen.Concurrency : null,
                Cost = prices.Cost(seen.Usage.Prompt, seen.Usage.Completion),
                Waiting = isOver ? null : ledger.Waiting ?? seen.Waiting,
            };
        }
    }

    private void Add(ItemAnswer answer, bool isNew)
    {
        lock (turn)
        {
            if (isNew)
            {
                Items++;
                replayed += answer.IsReplayed ? 1 : 0;
                Failed += answer.Answer.Outcome == Outcome.Failed ? 1 : 0;
                var cell = (answer.Question.Benchmark.Id, answer.Condition);
                done[cell] = done.GetValueOrDefault(cell) + 1;
            }

            foreach (var reply in answer.New)
            {
                Calls.Add(reply);
            }
        }
    }
}
