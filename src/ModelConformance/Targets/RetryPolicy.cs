using Polly;
using Polly.Retry;

namespace ModelConformance.Targets;

/// <summary>Which attempts are repeated, and after how long.</summary>
internal static class RetryPolicy
{
    /// <summary>The longest wait that a server may ask for. One that asks for more is out of use for this run, and the run says so.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    // Without word from the server: about 0.5, 1, 2, 4, 8 s, spread at random so that the slots do not come back together.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>Repeats every fault that can heal.</summary>
    public static ResiliencePipeline<Attempt> ForItems(int retries, TargetObservations observations, TimeProvider time) =>
        Build(retries, static (_, _) => true, observations, time);

    /// <summary>As for items, but a server that cannot be reached is tried twice, and one that does not answer in time once.</summary>
    public static ResiliencePipeline<Attempt> ForProbe(int retries, TargetObservations observations, TimeProvider time) =>
        Build(
            retries,
            static (cause, done) => cause switch { Attempt.Connection => done < 1, Attempt.Timeout => false, _ => true },
            observations,
            time);

    private static ResiliencePipeline<Attempt> Build(
        int retries, Func<string, int, bool> worthwhile, TargetObservations observations, TimeProvider time)
    {
        if (retries == 0)
        {
            return ResiliencePipeline<Attempt>.Empty;
        }

        var builder = new ResiliencePipelineBuilder<Attempt> { TimeProvider = time };
        return builder.AddRetry(new RetryStrategyOptions<Attempt>
        {
            MaxRetryAttempts = retries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = FirstPause,
            MaxDelay = LongestPause,
            ShouldHandle = args => new(args.Outcome.Result is { Cause: { } cause } && worthwhile(cause, args.AttemptNumber)),
            // Null: the pauses above. MaxDelay does not bound what is given here.
            DelayGenerator = static args => new(args.Outcome.Result?.Wait),
            OnRetry = args =>
            {
                observations.Retried(args.Outcome.Result!.Cause!);
                return default;
            },
        }).Build();
    }
}
