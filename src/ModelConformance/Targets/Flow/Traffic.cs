using ModelConformance.Protocol;
using static System.FormattableString;

namespace ModelConformance.Targets.Flow;

/// <summary>
/// What every request of an endpoint passes before it is sent: what the server said of waiting, the settings' pace, an outage, the concurrency limit
/// and the budget. Thread-safe.
/// </summary>
internal sealed class Traffic(TargetSettings settings, Spending spending, TimeProvider time) : IDisposable
{
    private readonly Hold hold = new(time);
    private readonly Pace requests = new(settings.RequestsPerMinute, time);
    private readonly Pace tokens = new(settings.TokensPerMinute, time);
    private readonly Outage outage = new(time);
    private readonly Silence silence = new(TimeSpan.FromSeconds(settings.TimeoutSeconds), time);

    /// <summary>How many requests may be in flight.</summary>
    public ConcurrencyLimit Limit { get; } = new(settings.Concurrency, TimeSpan.FromSeconds(settings.TimeoutSeconds));

    /// <summary>The requests answered so far.</summary>
    public long Answers => outage.Answers;

    /// <summary>What requests wait for now, in words; null where nothing but a slot keeps them.</summary>
    public string? Waiting
    {
        get
        {
            var (asked, ofRequests, ofTokens) = (hold.Left, requests.Left, tokens.Left);
            return asked > TimeSpan.Zero ? Invariant($"the target asks for {Math.Ceiling(asked.TotalSeconds):N0} s more")
                : outage.Lasts is { } away ? Invariant($"the target has been away for {Math.Floor(away.TotalSeconds):N0} s")
                : silence.Lasts(Answers) is { } silent ? Invariant($"a reply: the target has sent none for {Math.Floor(silent.TotalSeconds):N0} s")
                : ofRequests > TimeSpan.Zero && ofRequests >= ofTokens ? "the pace of Target:RequestsPerMinute"
                : ofTokens > TimeSpan.Zero ? "the pace of Target:TokensPerMinute"
                : null;
        }
    }

    /// <summary>Waits until a request may be sent.</summary>
    /// <param name="estimate">The tokens that it takes, as far as can be known.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Its place, to be given back by <see cref="Leave"/>.</returns>
    /// <exception cref="BudgetReachedException">The request may not be sent.</exception>
    public async ValueTask<Place> EnterAsync(TokenUsage estimate, CancellationToken cancellation)
    {
        spending.ThrowIfSpent();
        // Shares that were taken before the end of a hold would all be due at its end.
        await hold.WaitAsync(0, cancellation).ConfigureAwait(false);
        var due = Math.Max(requests.Take(1), tokens.Take(estimate.Prompt + estimate.Completion));
        while (true)
        {
            await hold.WaitAsync(due, cancellation).ConfigureAwait(false);
            var place = new Place(null, outage.IsOn && await outage.WaitAsync(cancellation).ConfigureAwait(false));
            var isGranted = false;
            try
            {
                place = place with { Number = await Limit.EnterAsync(cancellation).ConfigureAwait(false) };
                // While it waited for its slot, the server may have asked for patience, or gone away.
                if (!hold.IsOn && (place.AsksForAll || !outage.IsOn))
                {
                    spending.Take();
                    isGranted = true;
                    return place;
                }
            }
            finally
            {
                if (!isGranted)
                {
                    Leave(place, isOverload: null, default);
                }
            }
        }
    }

    /// <summary>Gives a place back.</summary>
    /// <param name="place">The place.</param>
    /// <param name="isOverload">Whether the target had too much to do; null where the request tells nothing of that.</param>
    /// <param name="took">From the sending to the reply.</param>
    public void Leave(Place place, bool? isOverload, TimeSpan took)
    {
        if (place.Number is { } number)
        {
            Limit.Leave(number, isOverload, took);
        }

        if (place.AsksForAll)
        {
            outage.Asked();
        }
    }

    /// <summary>Holds all requests back: the server asks for that.</summary>
    public void HoldFor(TimeSpan wait) => hold.For(wait);

    /// <summary>A request was answered.</summary>
    /// <param name="estimate">The tokens that it was to take.</param>
    /// <param name="used">Those that it took.</param>
    public void Answered(TokenUsage estimate, TokenUsage used)
    {
        outage.Answered();
        tokens.Correct(used.Prompt + used.Completion - estimate.Prompt - estimate.Completion);
    }

    /// <inheritdoc cref="Silence.TimedOut" />
    public void TimedOut(object call) => silence.TimedOut(call, Answers);

    /// <inheritdoc cref="Outage.Covers" />
    public bool IsOutage(Attempt attempt, long answersBefore, ref int countedIn, out bool isOver) =>
        outage.Covers(attempt, answersBefore, ref countedIn, out isOver);

    /// <inheritdoc />
    public void Dispose() => outage.Dispose();
}

/// <summary>What a request has while it is under way.</summary>
/// <param name="Number">Of its slot; null where it has none.</param>
/// <param name="AsksForAll">Whether it asks, for all that wait, if the target is back.</param>
internal readonly record struct Place(long? Number, bool AsksForAll);
