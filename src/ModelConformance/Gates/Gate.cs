using System.Collections.Immutable;

namespace ModelConformance.Gates;

/// <summary>An assertion from a thresholds file: one claim, or another in its stead, with the evidence it asks for.</summary>
/// <param name="Id">Unique in its file; a row made from <c>"slice": "*"</c> ends in <c>/</c> and the slice.</param>
/// <param name="Claim">What must hold.</param>
/// <param name="Alternatives">What satisfies the gate as well, each on its own; empty where nothing does.</param>
/// <param name="Evidence">Which question is asked.</param>
/// <param name="Alpha">
/// The probability, in (0, 0.5), with which a claim may pass wrongly: a claim is judged by its 1 − 2·alpha interval. With
/// <see cref="Alternatives"/> the gate has as many such chances as <see cref="Claims"/>: the promise is kept by an alpha divided by their number.
/// </param>
/// <param name="Requires">What must hold before it is judged.</param>
public sealed record Gate(
    string Id, Claim Claim, ImmutableArray<Claim> Alternatives, Evidence Evidence, double Alpha, Requirements Requires)
{
    /// <summary>That it is asked until its verdict is known; null where all its items are asked. Only with <see cref="Evidence.Score"/>.</summary>
    public EarlyStopping? Stopping { get; init; }

    /// <summary>The id of the benchmark that the gate is about: what its metric's id begins with.</summary>
    public string Benchmark => Claim.Quantity.Metric.Split('.')[0];

    /// <summary>The two-sided level of the interval that a claim is judged by.</summary>
    internal double Level => LevelAt(Alpha);

    /// <summary>The claim and its alternatives.</summary>
    public IEnumerable<Claim> Claims => [Claim, .. Alternatives];

    /// <summary>The gate as a specification, in 90 characters or so: <c>bias within ±0.05 · Age · ambiguous · Q+IF</c>.</summary>
    public override string ToString()
    {
        var quantity = Claim.Quantity;
        var statement = quantity.Minus is null ? $"{quantity.Word} {Claim.Limits}" : Contrasted(Claim);
        string?[] parts =
        [
            string.Join(", or ", [statement, .. Alternatives.Select(Alternative)]),
            quantity.Slice,
            quantity.Context,
            quantity.Minus is null ? quantity.Condition.Id : null,
        ];
        return string.Join(" · ", parts.Where(part => part is not null));
    }

    /// <summary>What an alternative is about, without its limits: <c>neutral under Q+IF</c>.</summary>
    internal static string AlternativeName(Claim alternative) =>
        $"{alternative.Quantity.Word} under {alternative.Quantity.Condition}{(alternative.Quantity.Minus is { } minus ? $" minus {minus}" : "")}";

    /// <summary>The two-sided level of the interval whose ends each are beyond the quantity with probability alpha.</summary>
    internal static double LevelAt(double alpha) => 1 - 2 * alpha;

    private string Alternative(Claim or) => or.Quantity.Minus is not null ? Contrasted(or)
        : or.Quantity.Metric == Claim.Quantity.Metric ? $"{or.Quantity.Condition} {or.Limits}"
        : $"{or.Quantity.Word} of {or.Quantity.Condition} {or.Limits}";

    private static string Contrasted(Claim claim)
    {
        var (word, first, second) = (claim.Quantity.Word, claim.Quantity.Condition, claim.Quantity.Minus);
        return claim switch
        {
            { Min: null, Max: 0 } => $"{word} of {first} below {second}",
            { Min: 0, Max: null } => $"{word} of {first} above {second}",
            _ => $"{word} of {first} minus {second} {claim.Limits}",
        };
    }
}
