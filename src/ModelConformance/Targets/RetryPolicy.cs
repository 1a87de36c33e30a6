using Polly;
using Polly.Retry;

namespace ModelConformance.Targets;

/// <summary>After how long an attempt is repeated. Whether it is repeated at all, <see cref="RetryBudget"/> decides.</summary>
internal static class RetryPolicy
{
    // Without word from the server: about 0.5, 1, 2, 4, 8 s, spread at random so that the slots do not come back together.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>Repeats every attempt that is not its call's last.</summary>
    public static ResiliencePipeline<Attempt> Build(TimeProvider time)
    {
        var builder = new ResiliencePipelineBuilder<Attempt> { TimeProvider = time };
        return builder.AddRetry(new RetryStrategyOptions<Attempt>
        {
            // The budget bounds it.
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = FirstPause,
            MaxDelay = LongestPause,
            ShouldHandle = static args => new(args.Outcome.Result is { Cause: not null, IsLast: false }),
            // Null: the pauses above. MaxDelay does not bound what is given here.
            DelayGenerator = static args => new(args.Outcome.Result is { WaitsWithAll: true } ? TimeSpan.Zero : args.Outcome.Result?.Wait),
        }).Build();
    }
}
