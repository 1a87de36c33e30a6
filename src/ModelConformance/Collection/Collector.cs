using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using ModelConformance.Ledger;
using ModelConformance.Protocol;
using ModelConformance.Targets;

namespace ModelConformance.Collection;

/// <summary>
/// Asks a target, many questions at once, and reads its replies. What the ledger has is not asked for. Used once.
/// </summary>
/// <param name="target">The model.</param>
/// <param name="ledger">Where replies are kept, so that none is asked for twice.</param>
/// <param name="mode">How answers are measured.</param>
/// <param name="concurrency">The questions under way at once.</param>
public sealed class Collector(ITarget target, ILedger ledger, Mode mode, int concurrency)
{
    /// <summary>The questions that are looked up at once: enough that a ledger across a network does not wait for each.</summary>
    internal const int LookedUpAtOnce = 64;

    /// <summary>The look-ups that are under way or done and not sorted yet.</summary>
    internal static readonly int LookUps = Math.Max(4, Environment.ProcessorCount);

    private readonly ConcurrentDictionary<(UInt128 Words, int Sample), TaskCompletionSource<Reply>> underWay = new();
    private int failedInARow;

    /// <summary>How long calls under way may go on after an interruption, so that what they cost is not lost; default 10 s.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether a question need not be asked after all, now that every answer that the ledger had to those before it has been taken; such a question
    /// has no answer. Null where all are asked.
    /// </summary>
    public Func<Question, bool>? Drops { get; init; }

    /// <summary>
    /// The calls that may fail one after another, none between them answered, before the target is given up: enough to outlast one bad moment of
    /// all connections.
    /// </summary>
    private int Patience => Math.Max(2 * concurrency, 10);

    /// <summary>
    /// Asks every question, each by requests of its own. They overlap: the next begins while the last replies of the one before are under way. The
    /// target is probed before the first question that the ledger does not answer.
    /// </summary>
    /// <param name="questions">What to ask. They may depend on the answers before.</param>
    /// <param name="cancellation">
    /// Ends the collection: calls under way have <see cref="Grace"/> to end, and what they bring is kept and yielded.
    /// </param>
    /// <returns>The answers in the order they come in, one for each question that is not dropped.</returns>
    /// <exception cref="BudgetReachedException">The budget is used up; what was under way then has come in.</exception>
    /// <exception cref="TargetException">The target cannot be used, or stopped answering.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read or written.</exception>
    public async IAsyncEnumerable<ItemAnswer> CollectAsync(
        IAsyncEnumerable<Question> questions, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Bounded, so that a slow consumer slows the asking and memory does not grow.
        var answers = Channel.CreateBounded<Given>(concurrency);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var hangUp = new CancellationTokenSource();
        using var abandoned = new CancellationTokenSource();
        await using var grace = cancellation.Register(() => hangUp.CancelAfter(Grace));
        var asking = CompleteAsync();
        try
        {
            // Without the cancellation: what has come in is given out first, then the asking reports how it ended.
            await foreach (var given in answers.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                if (given.Answer is { } answer)
                {
                    yield return answer;
                }

                given.AllTaken?.SetResult();
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await hangUp.CancelAsync().ConfigureAwait(false);
            await abandoned.CancelAsync().ConfigureAwait(false);
            await asking.ConfigureAwait(false);
        }

        async Task CompleteAsync()
        {
            try
            {
                await AskAllAsync(questions, given => answers.Writer.WriteAsync(given, abandoned.Token), stop, hangUp).ConfigureAwait(false);
                answers.Writer.Complete();
            }
            catch (Exception fault)
            {
                answers.Writer.Complete(fault);
            }
        }
    }

    /// <summary>
    /// One reads the questions, some look them up, one sorts what comes of it, and as many as may be under way ask what
    /// the ledger does not have.
    /// </summary>
    private async Task AskAllAsync(
        IAsyncEnumerable<Question> questions, Func<Given, ValueTask> give, CancellationTokenSource stop, CancellationTokenSource hangUp)
    {
        var lookedUp = Channel.CreateBounded<Task<LookedUp[]>>(LookUps);
        var open = new Handout<Step>(concurrency);
        Exception? first = null;
        await Task.WhenAll(
        [
            Begin(() => BatchAsync(questions, lookedUp.Writer, stop.Token), () => lookedUp.Writer.Complete()),
            Begin(() => SortAsync(lookedUp.Reader, open, give, stop.Token), open.Complete),
            .. Enumerable.Range(0, concurrency).Select(_ => Begin(() => WorkAsync(open, give, stop.Token, hangUp.Token), () => { })),
        ]).ConfigureAwait(false);
        await foreach (var left in lookedUp.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            // The ledger may be closed as soon as this ends.
            await ((Task)left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (first is not null)
        {
            ExceptionDispatchInfo.Throw(first);
        }

        // Where one cannot go on, the others take nothing new.
        Task Begin(Func<Task> work, Action then) => Task.Run(async () =>
        {
            try
            {
                await work().ConfigureAwait(false);
            }
            catch (Exception fault)
            {
                // What is under way when the budget ends is paid for.
                if (Interlocked.CompareExchange(ref first, fault, null) is null && fault is not BudgetReachedException)
                {
                    hangUp.CancelAfter(Grace);
                }

                await stop.CancelAsync().ConfigureAwait(false);
            }

            then();
        });
    }

    /// <summary>Gathers what can be had without waiting, so that a question that depends on answers is not waited for by those before it.</summary>
    private async Task BatchAsync(IAsyncEnumerable<Question> questions, ChannelWriter<Task<LookedUp[]>> lookedUp, CancellationToken stop)
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
                    await LookUpAsync(batch).ConfigureAwait(false);
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
            await LookUpAsync(batch).ConfigureAwait(false);
        }

        // Not begun before there is room for what comes of it.
        async Task LookUpAsync(List<Question> questions)
        {
            await lookedUp.WaitToWriteAsync(stop).ConfigureAwait(false);
            lookedUp.TryWrite(Task.Run(() => LookedUp.FindAsync(ledger, target.Identity, questions, mode, stop), stop));
        }
    }

    /// <summary>Tells, in the order of the questions, what is to be asked from what is answered.</summary>
    private async Task SortAsync(
        ChannelReader<Task<LookedUp[]>> lookedUp, Handout<Step> open, Func<Given, ValueTask> give, CancellationToken stop)
    {
        var had = new HashSet<(UInt128 Words, int Sample)>();
        var (isProbed, isTaken) = (false, true);
        await foreach (var batch in lookedUp.ReadAllAsync(stop).ConfigureAwait(false))
        {
            foreach (var (step, answer) in await batch.ConfigureAwait(false))
            {
                stop.ThrowIfCancellationRequested();
                if (answer is null && Drops is not null)
                {
                    if (!isTaken)
                    {
                        await AllTakenAsync().ConfigureAwait(false);
                        isTaken = true;
                    }

                    if (Drops(step.Question))
                    {
                        continue;
                    }
                }

                var isRepeat = !had.Add((step.FirstWords, step.Question.Sample));
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

    private async Task WorkAsync(
        Handout<Step> open, Func<Given, ValueTask> give, CancellationToken stop, CancellationToken hangUp)
    {
        await foreach (var first in open.TakeAllAsync(stop).ConfigureAwait(false))
        {
            // What lies ready is given out in spite of a cancellation.
            stop.ThrowIfCancellationRequested();
            for (var step = first; step is not null;)
            {
                var (reply, isNew) = await AskAsync(step, hangUp).ConfigureAwait(false);
                var next = step.Next(reply, isNew, wasAsked: true, mode);
                if (next is null)
                {
                    await give(new(step.Answer(reply, isNew, wasAsked: true, mode))).ConfigureAwait(false);
                }

                step = next;
            }
        }
    }

    private async Task<(Reply Reply, bool IsNew)> AskAsync(Step step, CancellationToken hangUp)
    {
        var own = new TaskCompletionSource<Reply>(TaskCreationOptions.RunContinuationsAsynchronously);
        var words = (step.Key.Conversation, step.Key.Sample);
        if (underWay.GetOrAdd(words, own) is var other && other != own)
        {
            return (await other.Task.WaitAsync(hangUp).ConfigureAwait(false), false);
        }

        try
        {
            var kept = step.IsRepeat ? await KeptMeanwhileAsync(step, hangUp).ConfigureAwait(false) : null;
            var reply = kept ?? await target.AskAsync(step.Conversation, step.Question.Sample, hangUp).ConfigureAwait(false);
            if (kept is null)
            {
                await ledger.KeepAsync(step.Key, reply, hangUp).ConfigureAwait(false);
                Judge(reply);
            }

            own.SetResult(reply);
            return (reply, kept is null);
        }
        catch (Exception fault)
        {
            // Who shares the call ends for the same reason. It may be nobody.
            own.SetException(fault);
            _ = own.Task.Exception;
            throw;
        }
        finally
        {
            underWay.TryRemove(words, out _);
        }
    }

    /// <summary>What another question with the same words was told since this one was looked up.</summary>
    private async Task<Reply?> KeptMeanwhileAsync(Step step, CancellationToken hangUp)
    {
        await ledger.FlushAsync(hangUp).ConfigureAwait(false);
        return (await ledger.FindAsync([step.Key], hangUp).ConfigureAwait(false))[0];
    }

    private void Judge(Reply reply)
    {
        if (reply.Finish != Finish.Failed)
        {
            failedInARow = 0;
        }
        else if (Interlocked.Increment(ref failedInARow) >= Patience)
        {
            throw new TargetException($"The target stopped answering: {failedInARow} calls in a row failed. The last: {reply.Error}");
        }
    }

    /// <summary>What is given to whoever takes the answers: one of them, or the word that all before have been taken.</summary>
    private readonly record struct Given(ItemAnswer? Answer)
    {
        public TaskCompletionSource? AllTaken { get; init; }
    }
}
