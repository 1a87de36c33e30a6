using ModelConformance.Protocol;
using static System.FormattableString;

namespace ModelConformance.Ledger;

/// <summary>
/// Gathers what is to be kept and writes it in batches, one after the other, while the next one gathers: a commit costs about as much for a
/// thousand replies as for one. Nobody is woken for each reply. After a fault nothing more is written, and whoever comes next is told.
/// </summary>
/// <typeparam name="TBatch">What a batch is.</typeparam>
internal sealed class BatchedWriter<TBatch> : IAsyncDisposable
    where TBatch : class, IReplyBatch, new()
{
    /// <summary>
    /// Where so many bytes wait for the batch before theirs, who comes next waits too. More than the fastest target brings in a disk's slow moment,
    /// such as when a log is moved into its file.
    /// </summary>
    internal const long Most = 16 * 1024 * 1024;

    // How long the first reply of a batch waits for others.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    // A batch that is written for so long waits for something, such as another process: what is asked meanwhile may be lost, and is paid for.
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly Func<TBatch, Task> write;
    private readonly Task writing;
    private Batch gathering = new(new());
    private Exception? fault;
    private bool closed;
    private long? writingSince;

    /// <param name="write">Writes a batch, so that it is safe when the task ends.</param>
    /// <param name="time">The clock; the system's where null.</param>
    public BatchedWriter(Func<TBatch, Task> write, TimeProvider? time = null)
    {
        this.write = write;
        this.time = time ?? TimeProvider.System;
        writing = Task.Run(WriteAsync);
    }

    /// <summary>For how long a batch has been written that should have been by now, in words; null where none is.</summary>
    public string? Waiting
    {
        get
        {
            lock (gate)
            {
                return WritingFor is { } since && since > Slow ? Invariant($"the ledger, which has been writing for {Math.Floor(since.TotalSeconds):N0} s") : null;
            }
        }
    }

    private TimeSpan? WritingFor => writingSince is { } since ? time.GetElapsedTime(since) : null;

    /// <summary>Takes a reply; waits where a whole batch waits already, or the one before is written slowly.</summary>
    public async ValueTask KeepAsync(ReplyKey key, Reply reply, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reply);
        while (!TryKeep(key, reply, out var full))
        {
            await full.Taken.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until all that was taken is written.</summary>
    public Task FlushAsync(CancellationToken cancellation)
    {
        lock (gate)
        {
            ThrowIfOver();
            gathering.WriteNow();
            return gathering.Written.Task.WaitAsync(cancellation);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            closed = true;
            gathering.WriteNow();
        }

        await writing.ConfigureAwait(false);
    }

    private bool TryKeep(ReplyKey key, Reply reply, out Batch batch)
    {
        lock (gate)
        {
            ThrowIfOver();
            batch = gathering;
            if (batch.Replies.Size >= Most || WritingFor > Slow)
            {
                batch.WriteNow();
                return false;
            }

            batch.Replies.Add(key, reply);
            batch.Begun.TrySetResult();
            if (batch.Replies.Size >= Most)
            {
                batch.WriteNow();
            }

            return true;
        }
    }

    private async Task WriteAsync()
    {
        // Two take turns, so that the room of neither is made anew.
        var other = new TBatch();
        for (var last = false; !last;)
        {
            var batch = gathering;
            await batch.Begun.Task.ConfigureAwait(false);
            await Task.WhenAny(batch.Due.Task, Task.Delay(Patience)).ConfigureAwait(false);
            lock (gate)
            {
                last = closed;
                gathering = new(other);
                writingSince = time.GetTimestamp();
            }

            batch.Taken.SetResult();
            try
            {
                if (batch.Replies.Count > 0)
                {
                    await write(batch.Replies).ConfigureAwait(false);
                }

                lock (gate)
                {
                    writingSince = null;
                }

                batch.Written.SetResult();
                other = batch.Replies;
                other.Clear();
            }
            catch (Exception found)
            {
                throw Fail(batch, found);
            }
        }
    }

    // Whoever waits is let go: those who keep come back and are told, those who flush are told here.
    private Exception Fail(Batch batch, Exception found)
    {
        lock (gate)
        {
            var lost = batch.Replies.Count + gathering.Replies.Count;
            fault = found is LedgerException { IsPassing: var isPassing }
                ? new LedgerException(Invariant($"{found.Message} Replies that could not be kept: {lost:N0}."), found) { IsPassing = isPassing }
                : found;
            batch.Written.SetException(fault);
            gathering.Written.SetException(fault);
            gathering.Taken.SetResult();
            writingSince = null;
            return fault;
        }
    }

    private void ThrowIfOver()
    {
        if (fault is not null)
        {
            throw fault;
        }

        ObjectDisposedException.ThrowIf(closed, typeof(ILedger));
    }

    private sealed class Batch(TBatch replies)
    {
        public TBatch Replies => replies;

        /// <summary>There is something to write, or somebody who waits for it.</summary>
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>It waits for no more.</summary>
        public TaskCompletionSource Due { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Another one gathers.</summary>
        public TaskCompletionSource Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void WriteNow()
        {
            Begun.TrySetResult();
            Due.TrySetResult();
        }
    }
}
