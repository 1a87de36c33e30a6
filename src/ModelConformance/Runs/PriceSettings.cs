namespace ModelConformance.Runs;

/// <summary>The settings under <c>Prices</c>, in any one currency; both or neither.</summary>
public sealed record PriceSettings
{
    private const decimal Most = 1_000_000;

    /// <summary>The price of a million prompt tokens, 0 … 1,000,000.</summary>
    public decimal? Input { get; init; }

    /// <summary>The price of a million completion tokens, 0 … 1,000,000.</summary>
    public decimal? Output { get; init; }

    /// <summary>What tokens cost; null where no prices are set.</summary>
    /// <param name="promptTokens">Tokens that are sent.</param>
    /// <param name="completionTokens">Tokens that come back.</param>
    public decimal? Cost(long promptTokens, long completionTokens) => (promptTokens * Input + completionTokens * Output) / 1_000_000m;

    /// <summary>Everything that is wrong with these settings: a sentence each that names the setting and its environment variable.</summary>
    public IReadOnlyList<string> Faults() =>
    [
        .. Fault(Input is < 0 or > Most, nameof(Input), "is not in 0 … 1,000,000"),
        .. Fault(Output is < 0 or > Most, nameof(Output), "is not in 0 … 1,000,000"),
        .. Fault(
            (Input is null) != (Output is null),
            Input is null ? nameof(Input) : nameof(Output),
            "is missing; the two are set together, 0 for free"),
    ];

    private static IEnumerable<string> Fault(bool present, string setting, string what) =>
        present ? [$"Prices:{setting} {what} ({RunSettings.Prefix}Prices__{setting})."] : [];
}
