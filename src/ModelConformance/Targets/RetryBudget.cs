using ModelConformance.Targets.Flow;

namespace ModelConformance.Targets;

/// <summary>
/// How often one call is repeated. A fault counts against <see cref="TargetSettings.Retries"/>. A server that says how long to wait is only busy:
/// that counts against time, or else a rate limit shared by many slots would use up the attempts of whichever call is out of luck, and a limit of
/// the provider would look like a fault of the model.
/// </summary>
/// <param name="retries">The faults that are forgiven; with 0 nothing is repeated.</param>
/// <param name="allowance">What all calls together may repeat.</param>
/// <param name="forProbe">
/// A probe soon says what is wrong: a server that cannot be reached is tried twice. So is one that is too slow: many load a model on its first
/// request, and answer the second.
/// </param>
internal sealed class RetryBudget(int retries, RetryAllowance allowance, bool forProbe)
{
    /// <summary>
    /// The longest that a call waits at a server's bidding, all its waits together. A server that asks for more at once is out of use for this run.
    /// </summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LongestProbeWait = TimeSpan.FromSeconds(30);

    // What a wait counts at least, so that a server that asks for milliseconds is not asked without end.
    private static readonly TimeSpan LeastWait = TimeSpan.FromSeconds(1);

    private int faults;
    private TimeSpan waited;

    /// <summary>Takes an attempt that may heal from the budget; false where nothing is left for it.</summary>
    public bool Allows(Attempt attempt)
    {
        if (attempt.Wait is { } wait)
        {
            waited += wait > LeastWait ? wait : LeastWait;
            return retries > 0 && waited <= (forProbe ? LongestProbeWait : LongestWait);
        }

        var forgiven = forProbe && attempt.Cause is Attempt.Connection or Attempt.Timeout ? Math.Min(1, retries) : retries;
        return ++faults <= forgiven && allowance.Take();
    }
}
