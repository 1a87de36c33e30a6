namespace ModelConformance.Targets.Flow;

/// <summary>
/// How many attempts all calls together may repeat without a wait that the server asked for: one for every two calls, and a hundred besides. A fault
/// in a third of all requests so heals as ever, while a server that is broken is asked one and a half times and not six. Thread-safe.
/// </summary>
internal sealed class RetryAllowance
{
    private const int Least = 100;
    private const int CallsForOne = 2;

    private long calls;
    private long repeats;

    /// <summary>A call begins.</summary>
    public void Called() => Interlocked.Increment(ref calls);

    /// <summary>Takes one repeat; false where none is left.</summary>
    public bool Take()
    {
        if (Interlocked.Increment(ref repeats) <= Least + Interlocked.Read(ref calls) / CallsForOne)
        {
            return true;
        }

        Interlocked.Decrement(ref repeats);
        return false;
    }
}
