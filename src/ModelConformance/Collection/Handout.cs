using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace ModelConformance.Collection;

/// <summary>
/// What one gives out to many. Who gives waits while enough lies ready, and is woken when half of that has been taken, not for each: to wake somebody
/// costs more than what is done then. Thread-safe; one at a time gives.
/// </summary>
/// <param name="enough">How many may lie ready.</param>
internal sealed class Handout<T>(int enough)
{
    private readonly Channel<T> ready = Channel.CreateUnbounded<T>();
    private int count;
    private TaskCompletionSource? giver;

    /// <summary>Gives one out.</summary>
    /// <param name="one">What is given.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask GiveAsync(T one, CancellationToken cancellation)
    {
        if (Volatile.Read(ref count) >= enough)
        {
            var room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Interlocked.Exchange(ref giver, room);
            // They may have been taken before anybody could know of the wait.
            Wake(Volatile.Read(ref count));
            await room.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }

        Interlocked.Increment(ref count);
        ready.Writer.TryWrite(one);
    }

    /// <summary>Nothing more comes.</summary>
    public void Complete() => ready.Writer.Complete();

    /// <summary>Takes what is given out, until nothing more comes.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    public async IAsyncEnumerable<T> TakeAllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var one in ready.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            Wake(Interlocked.Decrement(ref count));
            yield return one;
        }
    }

    private void Wake(int left)
    {
        if (left <= enough / 2)
        {
            Interlocked.Exchange(ref giver, null)?.SetResult();
        }
    }
}
