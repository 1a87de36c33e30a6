namespace ModelConformance.Targets.Flow;

/// <summary>Until when nothing is sent, since the server said so to any one of the requests. Thread-safe.</summary>
internal sealed class Hold(TimeProvider time)
{
    private long until;

    /// <summary>Whether requests are held back now.</summary>
    public bool IsOn => Volatile.Read(ref until) is > 0 and var end && end > time.GetTimestamp();

    /// <summary>For how much longer requests are held back; not above zero where they are not.</summary>
    public TimeSpan Left => time.GetElapsedTime(time.GetTimestamp(), Volatile.Read(ref until));

    /// <summary>Holds requests back for a while from now on; one that lasts longer stands.</summary>
    public void For(TimeSpan wait)
    {
        var end = time.After(time.GetTimestamp(), wait);
        var seen = Volatile.Read(ref until);
        while (seen < end)
        {
            seen = Interlocked.CompareExchange(ref until, end, seen) is var found && found == seen ? end : found;
        }
    }

    /// <summary>Waits until requests may be sent, and until a moment of their own.</summary>
    /// <param name="due">The moment, a timestamp of the clock.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task WaitAsync(long due, CancellationToken cancellation) =>
        Math.Max(due, Volatile.Read(ref until)) == 0 ? Task.CompletedTask : WaitUntilAsync(due, cancellation);

    private async Task WaitUntilAsync(long due, CancellationToken cancellation)
    {
        // A hold may become longer meanwhile.
        while (time.GetElapsedTime(time.GetTimestamp(), Math.Max(due, Volatile.Read(ref until))) is var left && left > TimeSpan.Zero)
        {
            // Timers count in milliseconds: rounded down, the last one would be spent turning around.
            var whole = TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(left.TotalMilliseconds), int.MaxValue));
            await Task.Delay(whole, time, cancellation).ConfigureAwait(false);
        }
    }
}
