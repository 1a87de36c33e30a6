namespace ModelConformance.Targets.Flow;

/// <summary>
/// So much a minute, evenly: each request goes when what the ones before it took has been paid off (the generic cell rate algorithm without a burst),
/// so that no minute holds more than a minute's worth and one request. Thread-safe.
/// </summary>
/// <remarks>
/// Own, since System.Threading.RateLimiting takes back nothing: how many tokens a request used is known only when its reply is there.
/// </remarks>
/// <param name="perMinute">The most in a minute; null for no limit.</param>
/// <param name="time">The clock.</param>
internal sealed class Pace(int? perMinute, TimeProvider time)
{
    private readonly TimeSpan each = TimeSpan.FromMinutes(1) / (perMinute ?? 1);
    private readonly Lock turn = new();
    private long free;
    private long last;

    /// <summary>For how much longer the share that was taken last may not be used; not above zero where it may.</summary>
    public TimeSpan Left => time.GetElapsedTime(time.GetTimestamp(), Volatile.Read(ref last));

    /// <summary>Takes a share.</summary>
    /// <param name="amount">How much.</param>
    /// <returns>The moment from which it may be used, a timestamp of the clock; 0 without a limit.</returns>
    public long Take(long amount)
    {
        if (perMinute is null)
        {
            return 0;
        }

        lock (turn)
        {
            var due = Math.Max(free, time.GetTimestamp());
            free = time.After(due, each * amount);
            Volatile.Write(ref last, due);
            return due;
        }
    }

    /// <summary>Takes more, or gives back, once it is known what was used.</summary>
    /// <param name="difference">What was used less what was taken.</param>
    public void Correct(long difference)
    {
        if (perMinute is not null)
        {
            lock (turn)
            {
                free = time.After(free, each * difference);
            }
        }
    }
}
