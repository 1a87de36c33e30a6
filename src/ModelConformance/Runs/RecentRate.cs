namespace ModelConformance.Runs;

/// <summary>How fast a count grows lately: what a pause of half an hour ago did to it says nothing of the time to go.</summary>
internal sealed class RecentRate
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly Queue<(TimeSpan At, int Count)> seen = new();
    private TimeSpan last;

    /// <summary>By how much the count grew in a second, in the mean of the last minute, or of the time since it began to grow where that is less.</summary>
    /// <param name="now">The time; never less than before.</param>
    /// <param name="count">The count.</param>
    public double At(TimeSpan now, int count)
    {
        if (count == 0)
        {
            // What the ledger has is read first.
            seen.Clear();
        }

        // The newest that is a minute old stays.
        while (seen.Count > 1 && seen.ElementAt(1).At <= now - Window)
        {
            seen.Dequeue();
        }

        if (seen.Count == 0 || now - last >= Step)
        {
            seen.Enqueue((now, count));
            last = now;
        }

        var (from, before) = seen.Peek();
        return now > from ? (count - before) / (now - from).TotalSeconds : 0;
    }
}
