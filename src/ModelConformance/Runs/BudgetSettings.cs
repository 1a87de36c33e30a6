namespace ModelConformance.Runs;

/// <summary>The settings under <c>Budget</c>: the most that a run may take. Null where there is no such limit.</summary>
public sealed record BudgetSettings
{
    /// <summary>The most requests, at least 0.</summary>
    public long? Calls { get; init; }

    /// <summary>The most tokens, those sent and those that come back together, at least 0.</summary>
    public long? Tokens { get; init; }

    /// <summary>The most that the tokens may cost, at least 0, in the currency of the prices; needs <see cref="PriceSettings"/>.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The most minutes, above 0 and at most 34,560 (24 days).</summary>
    public double? Minutes { get; init; }

    /// <summary>Everything that is wrong with these settings: a sentence each that names the setting and its environment variable.</summary>
    /// <param name="prices">The prices that costs are computed with.</param>
    public IReadOnlyList<string> Faults(PriceSettings prices)
    {
        ArgumentNullException.ThrowIfNull(prices);
        return
        [
            .. Fault(Calls < 0, nameof(Calls), "is below 0"),
            .. Fault(Tokens < 0, nameof(Tokens), "is below 0"),
            .. Fault(Cost < 0, nameof(Cost), "is below 0"),
            .. Fault(Minutes is not (null or (> 0 and <= 34_560)), nameof(Minutes), "is not above 0 and at most 34560"),
            .. Fault(Cost is not null && prices is { Input: null, Output: null }, nameof(Cost), "needs Prices:Input and Prices:Output"),
        ];
    }

    private static IEnumerable<string> Fault(bool present, string setting, string what) =>
        present ? [$"Budget:{setting} {what} ({RunSettings.Prefix}Budget__{setting})."] : [];
}
