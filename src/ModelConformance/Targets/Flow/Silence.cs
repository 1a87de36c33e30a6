using static System.FormattableString;

namespace ModelConformance.Targets.Flow;

/// <summary>
/// A target that takes requests and sends no replies. One conversation may take too long by itself, so that a timeout begins no outage; but where
/// requests of several calls run into their time limit one after another, and nothing at all is answered, the target is given up. Thread-safe.
/// </summary>
/// <param name="timeout">What one request may take.</param>
/// <param name="time">The clock.</param>
internal sealed class Silence(TimeSpan timeout, TimeProvider time)
{
    private readonly Lock turn = new();
    private readonly TimeSpan patience = TimeSpan.FromTicks(Math.Max(Outage.Patience.Ticks, 3 * timeout.Ticks));
    private object? first;
    private bool areSeveral;
    private long answersThen;
    private long began;
    private int requests;

    /// <summary>For how long nothing was answered though requests were sent; null where one was answered since the last timeout.</summary>
    /// <param name="answers">The requests answered so far.</param>
    public TimeSpan? Lasts(long answers)
    {
        lock (turn)
        {
            return first is not null && answers == answersThen ? timeout + time.GetElapsedTime(began) : null;
        }
    }

    /// <summary>A request had no reply in time.</summary>
    /// <param name="call">The call it belongs to.</param>
    /// <param name="answers">The requests answered so far.</param>
    /// <exception cref="TargetException">Those of several calls had none, for long enough.</exception>
    public void TimedOut(object call, long answers)
    {
        lock (turn)
        {
            if (first is null || answers != answersThen)
            {
                (first, areSeveral, answersThen, began, requests) = (call, false, answers, time.GetTimestamp(), 0);
            }

            requests++;
            areSeveral |= call != first;
            var lasts = timeout + time.GetElapsedTime(began);
            if (areSeveral && lasts >= patience)
            {
                throw new TargetException(
                    Invariant($"The target stopped answering: {requests:N0} requests, one after another, had no reply within ")
                    + Invariant($"{timeout.TotalSeconds:0} s, and none had one for {lasts.TotalMinutes:0.#} min."));
            }
        }
    }
}
