using ModelConformance.Protocol;

namespace ModelConformance.Targets;

/// <summary>
/// What a run has spent and what it may: asked before every request, repeats and the probe included. The ceiling on calls is exact. Those on tokens,
/// cost and time may be passed by what is in flight when they are reached, since a reply's price is known when it is there. The time counts from
/// the making of this object. Thread-safe.
/// </summary>
/// <param name="time">The clock; the system's where null.</param>
public sealed class Spending(TimeProvider? time = null) : IDisposable
{
    private readonly TimeProvider time = time ?? TimeProvider.System;
    private readonly long started = (time ?? TimeProvider.System).GetTimestamp();
    private readonly Lock turn = new();
    private CancellationTokenSource? end;
    private long requests;
    private long promptTokens;
    private long completionTokens;

    /// <summary>The most requests, at least 0; null for no ceiling.</summary>
    public long? Calls { get; init; }

    /// <summary>The most tokens, those sent and those that come back together, at least 0; null for no ceiling.</summary>
    public long? Tokens { get; init; }

    /// <summary>The most that the tokens may cost, at least 0; null for no ceiling. Needs the prices.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The most time, above zero and at most 24 days; null for no ceiling.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>The price of a million prompt tokens; null where it is not known.</summary>
    public decimal? InputPrice { get; init; }

    /// <summary>The price of a million completion tokens; null where it is not known.</summary>
    public decimal? OutputPrice { get; init; }

    /// <summary>The requests sent so far.</summary>
    public long CallsSpent => Interlocked.Read(ref requests);

    /// <summary>The tokens used so far. Where a reply does not tell them, an estimate counts that is rather too high: its limit, and a quarter of its request's bytes.</summary>
    public long TokensSpent => Interlocked.Read(ref promptTokens) + Interlocked.Read(ref completionTokens);

    /// <summary>What the tokens cost so far; null where a price is missing.</summary>
    public decimal? CostSpent =>
        (Interlocked.Read(ref promptTokens) * InputPrice + Interlocked.Read(ref completionTokens) * OutputPrice) / 1_000_000m;

    /// <summary>The time since the beginning.</summary>
    public TimeSpan TimeSpent => time.GetElapsedTime(started);

    private CancellationToken TimeIsOver
    {
        get
        {
            lock (turn)
            {
                var left = Time!.Value - TimeSpent;
                end ??= new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
                return end.Token;
            }
        }
    }

    /// <summary>Stops the clock.</summary>
    public void Dispose() => end?.Dispose();

    /// <summary>Takes one request from what is left.</summary>
    /// <exception cref="BudgetReachedException">A ceiling is reached, and the request may not be sent.</exception>
    internal void Take()
    {
        if (TimeSpent >= Time)
        {
            throw TimeReached();
        }

        if (TokensSpent >= Tokens)
        {
            throw Reached(nameof(Tokens), $"{TokensSpent:N0} tokens were used", $"{Tokens:N0}");
        }

        // What is free can cost no more than nothing.
        if (CostSpent >= Cost && (InputPrice, OutputPrice) is not (0, 0))
        {
            throw Reached(nameof(Cost), $"the tokens used cost {CostSpent:0.00########}", $"{Cost:0.00########}");
        }

        if (Interlocked.Increment(ref requests) > Calls)
        {
            Interlocked.Decrement(ref requests);
            throw Reached(nameof(Calls), $"{Calls:N0} requests were sent", $"{Calls:N0}");
        }
    }

    /// <summary>Says before a wait that there is nothing left to wait for.</summary>
    /// <exception cref="BudgetReachedException">A ceiling is reached.</exception>
    internal void ThrowIfSpent()
    {
        if (CallsSpent >= Calls)
        {
            throw Reached(nameof(Calls), $"{Calls:N0} requests were sent", $"{Calls:N0}");
        }
    }

    /// <summary>Adds what a reply cost.</summary>
    internal void Add(TokenUsage usage)
    {
        Interlocked.Add(ref promptTokens, usage.Prompt);
        Interlocked.Add(ref completionTokens, usage.Completion);
    }

    /// <summary>Waits for something that ends when the time is over.</summary>
    /// <exception cref="BudgetReachedException">It is.</exception>
    internal ValueTask<T> WithinTimeAsync<TState, T>(
        TState state, Func<TState, CancellationToken, ValueTask<T>> work, CancellationToken cancellation) =>
        Time is null ? work(state, cancellation) : UntilTimeIsOverAsync(state, work, cancellation);

    private async ValueTask<T> UntilTimeIsOverAsync<TState, T>(
        TState state, Func<TState, CancellationToken, ValueTask<T>> work, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, TimeIsOver);
        try
        {
            return await work(state, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (TimeIsOver.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw TimeReached();
        }
    }

    private BudgetReachedException TimeReached() => Reached("Minutes", $"{TimeSpent.TotalMinutes:0.###} minutes have passed", $"{Time?.TotalMinutes:0.###}");

    private static BudgetReachedException Reached(string setting, FormattableString spent, FormattableString ceiling) => new(
        $"The budget is used up: {FormattableString.Invariant(spent)}, and Budget:{setting} allows {FormattableString.Invariant(ceiling)}. "
        + $"Raise it (MODELCONFORMANCE__Budget__{setting}) to go on: what was answered is kept and not asked again.");
}
