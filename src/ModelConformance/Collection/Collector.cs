using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using ModelConformance.Ledger;
using ModelConformance.Protocol;
using ModelConformance.Targets;

namespace ModelConformance.Collection;

/// <summary>
/// Asks a target, many questions at once, and reads its replies. What the ledger has is not asked for.
/// </summary>
/// <param name="target">The model.</param>
/// <param name="ledger">Where replies are kept, so that none is asked for twice.</param>
/// <param name="mode">How answers are measured.</param>
/// <param name="concurrency">The questions under way at once.</param>
public sealed class Collector(ITarget target, ILedger ledger, Mode mode, int concurrency)
{
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
            // What is under way is paid for, where a consumer fails too.
            hangUp.CancelAfter(Grace);
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
    /// One reads the questions and has them looked up, one sorts what comes of it, and as many as may be under way ask what the ledger does not have.
    /// </summary>
    private async Task AskAllAsync(
        IAsyncEnumerable<Question> questions, Func<Given, ValueTask> give, CancellationTokenSource stop, CancellationTokenSource hangUp)
    {
        var sorter = new Sorter(target, ledger, mode, Drops);
        await using var _ = sorter.ConfigureAwait(false);
        var asker = new Asker(target, ledger, mode, Patience);
        var open = new Handout<Step>(concurrency);
        Exception? first = null;
        await Task.WhenAll(
        [
            Begin(() => sorter.LookUpAsync(questions, stop.Token), sorter.Complete),
            Begin(() => sorter.SortAsync(open, give, stop.Token), open.Complete),
            .. Enumerable.Range(0, concurrency).Select(_ => Begin(() => asker.WorkAsync(open, give, stop.Token, hangUp.Token), () => { })),
        ]).ConfigureAwait(false);
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
}
