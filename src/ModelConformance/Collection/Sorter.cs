using System.Threading.Channels;
using ModelConformance.Ledger;
using ModelConformance.Protocol;
using ModelConformance.Targets;

namespace ModelConformance.Collection;

/// <summary>
/// Tells the questions that the ledger answers from those that are to be asked: looks them up, many at once, and sorts them in their order.
/// </summary>
/// <param name="target">The model, which is probed before the first question that is to be asked.</param>
/// <param name="ledger">Where replies are kept.</param>
/// <param name="mode">How answers are measured.</param>
/// <param name="drops">Whether a question need not be asked after all; null where all are asked.</param>
internal sealed class Sorter(ITarget target, ILedger ledger, Mode mode, Func<Question, bool>? drops) : IAsyncDisposable
{
    /// <summary>The questions that are looked up at once: enough that a ledger across a network does not wait for each.</summary>
    public const int LookedUpAtOnce = 32;

    /// <summary>The look-ups that are under way or done and not sorted yet.</summary>
    public static readonly int LookUps = Math.Max(4, Environment.ProcessorCount);

    private readonly Channel<Task<LookedUp[]>> lookedUp = Channel.CreateBounded<Task<LookedUp[]>>(LookUps);

    /// <summary>Looks questions up, until there are no more.</summary>
    /// <param name="questions">The questions.</param>
    /// <param name="stop">Ends it.</param>
    /// <remarks>Gathers what can be had without waiting, so that a question that depends on answers is not waited for by those before it.</remarks>
    public async Task LookUpAsync(IAsyncEnumerable<Question> questions, CancellationToken stop)
    {
        var batch = new List<Question>();
        var source = questions.GetAsyncEnumerator(stop);
        await using var _ = source.ConfigureAwait(false);
        while (true)
        {
            var more = source.MoveNextAsync().AsTask();
            try
            {
                if (batch.Count >= LookedUpAtOnce || (batch.Count > 0 && !more.IsCompleted))
                {
                    await BeginAsync(batch).ConfigureAwait(false);
                    batch = [];
                }

                stop.ThrowIfCancellationRequested();
            }
            catch
            {
                // The source may not be left while it is at work.
                await ((Task)more).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }

            if (!await more.ConfigureAwait(false))
            {
                break;
            }

            batch.Add(source.Current);
        }

        if (batch.Count > 0)
        {
            await BeginAsync(batch).ConfigureAwait(false);
        }

        // Not begun before there is room for what comes of it.
        async Task BeginAsync(List<Question> questions)
        {
            await lookedUp.Writer.WaitToWriteAsync(stop).ConfigureAwait(false);
            lookedUp.Writer.TryWrite(Task.Run(() => LookedUp.FindAsync(ledger, target.Identity, questions, mode, stop), stop));
        }
    }

    /// <summary>No more are looked up.</summary>
    public void Complete() => lookedUp.Writer.Complete();

    /// <summary>Sorts what was looked up, until there is no more.</summary>
    /// <param name="open">Takes what is to be asked.</param>
    /// <param name="give">Takes what is answered.</param>
    /// <param name="stop">Ends it.</param>
    public async Task SortAsync(Handout<Step> open, Func<Given, ValueTask> give, CancellationToken stop)
    {
        var had = new HashSet<Draw>();
        var (isProbed, isTaken) = (false, true);
        await foreach (var batch in lookedUp.Reader.ReadAllAsync(stop).ConfigureAwait(false))
        {
            foreach (var (step, answer) in await batch.ConfigureAwait(false))
            {
                stop.ThrowIfCancellationRequested();
                if (answer is null && drops is not null)
                {
                    if (!isTaken)
                    {
                        await AllTakenAsync().ConfigureAwait(false);
                        isTaken = true;
                    }

                    if (drops(step.Question))
                    {
                        continue;
                    }
                }

                var isRepeat = !had.Add(step.FirstWords);
                if (answer is not null)
                {
                    await give(new(isRepeat ? answer with { New = [] } : answer)).ConfigureAwait(false);
                    isTaken = false;
                    continue;
                }

                _ = isProbed ? null : await target.ProbeAsync(stop).ConfigureAwait(false);
                isProbed = true;
                await open.GiveAsync(isRepeat ? step.AsRepeat() : step, stop).ConfigureAwait(false);
            }
        }

        async Task AllTakenAsync()
        {
            var allTaken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await give(new(null) { AllTaken = allTaken }).ConfigureAwait(false);
            await allTaken.Task.WaitAsync(stop).ConfigureAwait(false);
        }
    }

    /// <summary>After <see cref="Complete"/>: waits for the look-ups that nobody took. The ledger may be closed after that.</summary>
    public async ValueTask DisposeAsync()
    {
        await foreach (var left in lookedUp.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            await ((Task)left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
