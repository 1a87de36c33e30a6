namespace ModelConformance.Cli;

/// <summary>
/// The signals that end the tool: the first asks the verb to stop and keep what it has, a second one ends the process at once. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class StopSignals(TimeProvider time)
{
    // Two that come together are one: timeout(1) sends one to its child and one to its group, a supervisor its own besides the terminal's.
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(500);

    private readonly Lazy<long> first = new(time.GetTimestamp);

    /// <summary>Takes a signal.</summary>
    /// <returns>Whether it ends the process at once.</returns>
    public bool EndAtOnce() => time.GetElapsedTime(first.Value) > Together;
}
