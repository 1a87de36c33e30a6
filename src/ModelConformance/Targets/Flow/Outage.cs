using System.Globalization;

namespace ModelConformance.Targets.Flow;

/// <summary>
/// A target that went away for a while: it refuses connections, its proxy cannot reach it, it loads its model, it limits everyone without saying for
/// how long. Nothing of that is a fault of the conversation that was asked, so it uses up none of a call's attempts while no other request is
/// answered. One request at a time then asks whether the target is back, after pauses that grow; the others wait for it. Thread-safe.
/// </summary>
/// <remarks>
/// Only once the target has answered: one that never did is misconfigured, which a probe says within seconds. Faults that one conversation can cause
/// by itself (HTTP 500, a timeout, a reply cut short) begin no outage.
/// </remarks>
internal sealed class Outage(TimeProvider time) : IDisposable
{
    /// <summary>How long a target is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim probing = new(1);
    private readonly Lock turn = new();
    private CancellationTokenSource over = new();
    private long answers;
    private volatile bool isOn;
    private long began;
    private TimeSpan pause;
    private int requests;
    private int number;
    private int calls;

    /// <summary>Whether the target is away.</summary>
    public bool IsOn => isOn;

    /// <summary>For how long the target has been away; null where it is there.</summary>
    public TimeSpan? Lasts => isOn ? time.GetElapsedTime(Volatile.Read(ref began)) : null;

    /// <summary>The requests answered so far.</summary>
    public long Answers => Interlocked.Read(ref answers);

    /// <summary>A request was answered: the target is there.</summary>
    public void Answered()
    {
        Interlocked.Increment(ref answers);
        if (!isOn)
        {
            return;
        }

        CancellationTokenSource ended;
        lock (turn)
        {
            isOn = false;
            ended = over;
        }

        // Elsewhere: what those who waited do next is not this request's.
        _ = ended.CancelAsync();
    }

    /// <summary>Waits for the target.</summary>
    /// <returns>
    /// True where this request is the one that asks whether the target is back: <see cref="Asked"/> is called after it. False where the target is there.
    /// </returns>
    public async Task<bool> WaitAsync(CancellationToken cancellation)
    {
        // Whoever asks may wait long for its reply, and others be answered meanwhile.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, over.Token);
        try
        {
            await probing.WaitAsync(either.Token).ConfigureAwait(false);
            return await PauseAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    // Whether the target is still away then; where it is not, another may be the one that asks.
    private async Task<bool> PauseAsync(CancellationToken cancellation)
    {
        var asks = false;
        try
        {
            if (isOn)
            {
                await Task.Delay(pause, time, cancellation).ConfigureAwait(false);
            }

            if (isOn)
            {
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                asks = true;
            }

            return asks;
        }
        finally
        {
            if (!asks)
            {
                probing.Release();
            }
        }
    }

    /// <summary>The request that asked whether the target is back has ended.</summary>
    public void Asked() => probing.Release();

    /// <summary>Whether a failed attempt is a part of an outage, and not one of its call's faults.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="answersBefore">The requests that were answered when the call's attempt before this was sent.</param>
    /// <param name="countedIn">The outage that the call was last counted in, 0 at first.</param>
    /// <param name="isOver">Whether this one call is to be given up: no other was refused, so that it may be its own fault after all.</param>
    /// <exception cref="TargetException">The target has been away for longer than <see cref="Patience"/>.</exception>
    public bool Covers(Attempt attempt, long answersBefore, ref int countedIn, out bool isOver)
    {
        isOver = false;
        lock (turn)
        {
            if (!(isOn || attempt.IsAway) || answersBefore == 0 || (!isOn && Answers > answersBefore))
            {
                return false;
            }

            if (!isOn)
            {
                (began, pause, requests, calls) = (time.GetTimestamp(), FirstPause, 0, 0);
                over = new();
                number++;
                isOn = true;
            }

            requests++;
            calls += countedIn == number ? 0 : 1;
            countedIn = number;
            var lasts = time.GetElapsedTime(began);
            isOver = lasts >= Patience;
            return !isOver || calls == 1
                ? true
                : throw new TargetException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The target stopped answering: no reply to {requests:N0} requests in {lasts.TotalMinutes:0.#} min. The last: {attempt.Reply.Error}."));
        }
    }

    public void Dispose()
    {
        probing.Dispose();
        over.Dispose();
    }
}
