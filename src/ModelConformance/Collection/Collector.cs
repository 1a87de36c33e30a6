using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ModelConformance.Benchmarks;
using ModelConformance.Ledger;
using ModelConformance.Protocol;
using ModelConformance.Targets;

namespace ModelConformance.Collection;

/// <summary>Asks a target the items of a benchmark, many at once, and reads its replies.</summary>
/// <param name="target">The model.</param>
/// <param name="ledger">Where replies are kept, so that none is asked for twice.</param>
/// <param name="mode">How answers are measured.</param>
/// <param name="concurrency">The questions under way at once.</param>
/// <param name="samples">How often each question is asked; more than once in <see cref="Mode.Sampling"/> only.</param>
public sealed class Collector(ITarget target, ILedger ledger, Mode mode, int concurrency, int samples = 1)
{
    private readonly int samples = mode == Mode.Sampling || samples == 1
        ? samples
        : throw new ArgumentException($"In the mode {mode.Word()} a repeat is the same answer again.", nameof(samples));

    private int failedInARow;

    /// <summary>
    /// The calls that may fail one after another, none between them answered, before the target is given up: enough to outlast one bad moment of
    /// all connections.
    /// </summary>
    private int Patience => Math.Max(2 * concurrency, 10);

    /// <summary>
    /// Asks every question, each sample of it by requests of its own. Cells overlap: the next begins while the last replies of the one before are
    /// under way.
    /// </summary>
    /// <param name="benchmark">The benchmark that the items are of.</param>
    /// <param name="questions">Items with the conditions to ask them under.</param>
    /// <param name="cancellation">Ends the collection; what was yielded before stands.</param>
    /// <returns>The answers in the order they come in, one per question and sample.</returns>
    /// <exception cref="TargetException">The target cannot be used, or stopped answering.</exception>
    public IAsyncEnumerable<ItemAnswer> CollectAsync(
        IBenchmark benchmark, IEnumerable<(Item Item, Condition Condition)> questions, CancellationToken cancellation) =>
        CollectAsync(benchmark, questions.ToAsyncEnumerable(), cancellation);

    /// <summary>The same with questions that may depend on the answers before.</summary>
    /// <inheritdoc cref="CollectAsync(IBenchmark, IEnumerable{ValueTuple{Item, Condition}}, CancellationToken)" />
    public async IAsyncEnumerable<ItemAnswer> CollectAsync(
        IBenchmark benchmark,
        IAsyncEnumerable<(Item Item, Condition Condition)> questions,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Bounded, so that a slow consumer slows the asking and memory does not grow.
        var answers = Channel.CreateBounded<ItemAnswer>(concurrency);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var abandoned = new CancellationTokenSource();
        var asking = AskAllAsync();
        try
        {
            // Without the cancellation: what has come in is given out first, then the asking reports how it ended.
            await foreach (var answer in answers.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                yield return answer;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await abandoned.CancelAsync().ConfigureAwait(false);
            await asking.ConfigureAwait(false);
        }

        async Task AskAllAsync()
        {
            try
            {
                await Parallel.ForEachAsync(
                    questions.SelectMany(_ => Enumerable.Range(0, samples), (asked, sample) => (asked.Item, asked.Condition, Sample: sample)),
                    new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = stop.Token },
                    async (asked, token) => await answers.Writer.WriteAsync(
                        await AnswerAsync(benchmark, asked.Item, asked.Condition, asked.Sample, token).ConfigureAwait(false),
                        abandoned.Token).ConfigureAwait(false))
                    .ConfigureAwait(false);
                answers.Writer.Complete();
            }
            catch (Exception fault)
            {
                answers.Writer.Complete(fault);
            }
        }
    }

    private async Task<ItemAnswer> AnswerAsync(
        IBenchmark benchmark, Item item, Condition condition, int sample, CancellationToken cancellation)
    {
        string? reasoning = null;
        if (condition.Reasons)
        {
            // Of one and the same reasoning, the samples would be no draws of the answer.
            var thinking = benchmark.Render(item, condition, mode);
            thinking = mode == Mode.Sampling ? thinking with { Mode = mode } : thinking;
            var thought = await AskAsync(thinking, sample, cancellation).ConfigureAwait(false);
            if (thought.Finish is not (Finish.Stop or Finish.Length))
            {
                return new(item, condition, sample, benchmark.Read(item, thought, mode), thought);
            }

            reasoning = thought.Text;
        }

        var reply = await AskAsync(benchmark.Render(item, condition, mode, reasoning), sample, cancellation).ConfigureAwait(false);
        return new(item, condition, sample, benchmark.Read(item, reply, mode), reply, reasoning);
    }

    private async Task<Reply> AskAsync(Conversation conversation, int sample, CancellationToken cancellation)
    {
        var key = new ReplyKey(target.Identity, conversation.Hash(), sample);
        if ((await ledger.FindAsync([key], cancellation).ConfigureAwait(false))[0] is { } kept)
        {
            return kept;
        }

        var reply = await target.AskAsync(conversation, sample, cancellation).ConfigureAwait(false);
        await ledger.KeepAsync(key, reply, cancellation).ConfigureAwait(false);
        if (reply.Finish == Finish.Failed)
        {
            if (Interlocked.Increment(ref failedInARow) >= Patience)
            {
                throw new TargetException($"The target stopped answering: {failedInARow} calls in a row failed. The last: {reply.Error}");
            }

            return reply;
        }

        failedInARow = 0;
        return reply;
    }
}
