using System.Collections.Concurrent;
using ModelConformance.Ledger;
using ModelConformance.Protocol;
using ModelConformance.Targets;

namespace ModelConformance.Collection;

/// <summary>Asks the target what the ledger does not have, and keeps its replies. Questions with the same words share a call. Thread-safe.</summary>
/// <param name="target">The model.</param>
/// <param name="ledger">Where replies are kept.</param>
/// <param name="mode">How answers are measured.</param>
/// <param name="patience">The calls that may fail one after another, none between them answered, before the target is given up.</param>
internal sealed class Asker(ITarget target, ILedger ledger, Mode mode, int patience)
{
    private readonly ConcurrentDictionary<Draw, TaskCompletionSource<Reply>> underWay = new();

    // Repeats that were asked before the question that they repeat.
    private readonly ConcurrentDictionary<Draw, bool> overtaken = new();
    private int failedInARow;

    /// <summary>Asks one question after another, each to its end, until none is left.</summary>
    /// <param name="open">The questions.</param>
    /// <param name="give">Takes the answers.</param>
    /// <param name="stop">Ends the asking after the question that is under way, and that one too where it waits to be sent.</param>
    /// <param name="hangUp">Ends the call that is under way.</param>
    public async Task WorkAsync(Handout<Step> open, Func<Given, ValueTask> give, CancellationToken stop, CancellationToken hangUp)
    {
        await foreach (var first in open.TakeAllAsync(stop).ConfigureAwait(false))
        {
            // What lies ready is given out in spite of a cancellation.
            stop.ThrowIfCancellationRequested();
            for (var step = first; step is not null;)
            {
                var (reply, isNew) = await AskAsync(step, stop, hangUp).ConfigureAwait(false);
                var next = step.Next(reply, isNew, wasAsked: true, mode);
                if (next is null)
                {
                    await give(new(step.Answer(reply, isNew, wasAsked: true, mode))).ConfigureAwait(false);
                }

                step = next;
            }
        }
    }

    private async Task<(Reply Reply, bool IsNew)> AskAsync(Step step, CancellationToken stop, CancellationToken hangUp)
    {
        var own = new TaskCompletionSource<Reply>(TaskCreationOptions.RunContinuationsAsynchronously);
        var words = step.Key.Draw;
        if (underWay.GetOrAdd(words, own) is var other && other != own)
        {
            return (await other.Task.WaitAsync(hangUp).ConfigureAwait(false), false);
        }

        try
        {
            var kept = step.IsRepeat || overtaken.ContainsKey(words) ? await KeptMeanwhileAsync(step, hangUp).ConfigureAwait(false) : null;
            if (step.IsRepeat && kept is null)
            {
                overtaken[words] = true;
            }

            var reply = kept ?? await target.AskAsync(step.Conversation, step.Question.Sample, stop, hangUp).ConfigureAwait(false);
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
        else if (Interlocked.Increment(ref failedInARow) >= patience)
        {
            throw new TargetException($"The target stopped answering: {failedInARow} calls in a row failed. The last: {reply.Error}");
        }
    }
}
