namespace ModelConformance.Targets.Flow;

/// <summary>
/// How many requests are in flight at once: at most a ceiling, where it starts, and fewer while the target cannot take so many. One success per slot
/// adds a slot; an overload halves them, once per round trip, since what was sent before a decrease tells of the load before it (additive increase,
/// multiplicative decrease: Chiu and Jain 1989). Whoever waits gets in in the order of coming. Thread-safe.
/// </summary>
/// <remarks>
/// <para>
/// Overloads are HTTP 429, 503 and 529, timeouts, and latency, where the mean of a window of replies is above a quarter of the timeout. Not where it
/// grows: a model takes ten times longer over a reasoning than over an answer's letter, so that a limit which compares latencies with the shortest
/// one takes the next step of the work for a load. What harms is the timeout, where replies are lost and paid for twice; and where waiting in a
/// server's queue is exponential, 1.8 % (e⁻⁴) of the replies of a mean of a quarter are lost.
/// </para>
/// <para>
/// A model may just be slow. By Little's law, half the requests halve the latency of a target that is full, and change nothing in one that is not:
/// where the mean stays above three quarters of what it was, the decrease is taken back, and only a mean twice as long is an overload from then on.
/// </para>
/// </remarks>
/// <param name="ceiling">The most requests in flight, at least 1.</param>
/// <param name="timeout">What one request may take.</param>
internal sealed class ConcurrencyLimit(int ceiling, TimeSpan timeout)
{
    // Replies that are averaged at least.
    private const int LeastWindow = 8;

    // Where replies take longer, threads lie idle, and to wake one takes longer than to send from here. Where they do not, who has a reply reads it first.
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(5);

    private readonly Lock turn = new();
    private readonly Queue<Waiter> waiting = new();
    private readonly int ceiling = ceiling;
    private int limit = ceiling;
    private int inFlight;
    private long sent;
    private long sentAtChange;
    private int successes;
    private bool isReached;
    private int replies;
    private TimeSpan took;
    private TimeSpan tolerated = timeout / 4;
    private (int Limit, TimeSpan Mean)? onTrial;

    /// <summary>The present limit, 1 … the ceiling.</summary>
    public int Value => Volatile.Read(ref limit);

    /// <summary>The requests in flight; for a while more than the limit, after a decrease.</summary>
    public int InFlight => Volatile.Read(ref inFlight);

    /// <summary>Waits for a slot.</summary>
    /// <returns>The number of the request, to be given back with its slot.</returns>
    public ValueTask<long> EnterAsync(CancellationToken cancellation)
    {
        Waiter waiter;
        lock (turn)
        {
            // While someone waits no slot is free, but for the moment in which several are given out.
            if (inFlight < limit)
            {
                isReached |= ++inFlight == limit;
                return new(++sent);
            }

            isReached = true;
            waiting.Enqueue(waiter = new());
        }

        return WaitAsync(waiter, cancellation);
    }

    /// <summary>Gives a slot back.</summary>
    /// <param name="number">What <see cref="EnterAsync"/> gave.</param>
    /// <param name="isOverload">Whether the target had too much to do; null where the request tells nothing of that.</param>
    /// <param name="itTook">From the sending to the reply.</param>
    public void Leave(long number, bool? isOverload, TimeSpan itTook)
    {
        Waiter? next;
        lock (turn)
        {
            inFlight--;
            if (number > sentAtChange && isOverload is { } overload)
            {
                if (overload)
                {
                    Change(limit / 2);
                    onTrial = null;
                }
                else
                {
                    Count(itTook);
                }
            }

            next = Next();
        }

        // Not under the lock: who waited goes on from here.
        for (; next is not null; next = Next())
        {
            if (itTook > Slow)
            {
                LetIn(next);
            }
            else
            {
                ThreadPool.UnsafeQueueUserWorkItem(LetIn, next, preferLocal: true);
            }
        }
    }

    private Waiter? Next()
    {
        lock (turn)
        {
            // A slot is taken for whoever is next, though they may have given up.
            if (inFlight >= limit || !waiting.TryDequeue(out var next))
            {
                return null;
            }

            inFlight++;
            next.Number = ++sent;
            return next;
        }
    }

    private void LetIn(Waiter next)
    {
        for (var one = next; one is not null && !one.TrySetResult(one.Number);)
        {
            lock (turn)
            {
                inFlight--;
                one = Next();
            }
        }
    }

    private static async ValueTask<long> WaitAsync(Waiter waiter, CancellationToken cancellation)
    {
        using var givingUp = cancellation.UnsafeRegister(
            static (waiter, token) => ((Waiter)waiter!).TrySetCanceled(token), waiter);
        return await waiter.Task.ConfigureAwait(false);
    }

    private void Count(TimeSpan itTook)
    {
        took += itTook;
        if (++replies >= Math.Max(limit, LeastWindow))
        {
            JudgeLatency();
        }

        // A limit that is not reached has not been tried.
        if (isReached && limit < ceiling && ++successes >= limit)
        {
            limit++;
            successes = 0;
            isReached = false;
        }
    }

    private void JudgeLatency()
    {
        var mean = took / replies;
        (replies, took) = (0, TimeSpan.Zero);
        if (onTrial is { } before && mean > before.Mean * 0.75)
        {
            tolerated = 2 * mean;
            Change(Math.Max(limit, before.Limit));
            onTrial = null;
        }
        else if (mean > tolerated && limit > 1)
        {
            onTrial = (limit, mean);
            Change(limit / 2);
        }
        else
        {
            onTrial = null;
        }
    }

    private void Change(int to)
    {
        limit = Math.Max(1, to);
        sentAtChange = sent;
        successes = 0;
        isReached = false;
        (replies, took) = (0, TimeSpan.Zero);
    }

    /// <summary>Who waits for a slot; what it does then begins on the thread that gives it one.</summary>
    private sealed class Waiter : TaskCompletionSource<long>
    {
        public long Number { get; set; }
    }
}
