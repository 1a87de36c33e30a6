using System.Globalization;

namespace ModelConformance.Gates;

/// <summary>That a quantity lies within limits. At least one of the limits is given, and they do not cross.</summary>
/// <param name="Quantity">What is bounded.</param>
/// <param name="Min">The least value allowed; null where there is no such limit.</param>
/// <param name="Max">The greatest value allowed; null where there is no such limit.</param>
public sealed record Claim(Quantity Quantity, double? Min, double? Max)
{
    private double Lowest => Min ?? double.NegativeInfinity;

    private double Highest => Max ?? double.PositiveInfinity;

    private bool IsSymmetric => Min is { } min && Max is { } max && min == -max;

    /// <summary>Pass where all values from low to high are within the limits, Fail where none is, otherwise Inconclusive.</summary>
    /// <param name="low">The least value that the evidence allows.</param>
    /// <param name="high">The greatest; equal to <paramref name="low"/> where there is no uncertainty.</param>
    public Verdict Over(double low, double high) =>
        low >= Lowest && high <= Highest ? Verdict.Pass : high < Lowest || low > Highest ? Verdict.Fail : Verdict.Inconclusive;

    /// <summary>How far a value lies beyond the nearer limit; 0 or less within them.</summary>
    public double Beyond(double value) => Math.Max(Lowest - value, value - Highest);

    /// <summary>The limits as words: <c>within ±0.05</c>, <c>at least 0.70</c>.</summary>
    public string Limits => (Min, Max) switch
    {
        ({ } min, null) => $"at least {Number(min)}",
        (null, { } max) => $"at most {Number(max)}",
        ({ } min, { } max) => IsSymmetric ? $"within ±{Number(max)}" : $"within {Number(min)} … {Number(max)}",
        _ => "without limits",
    };

    /// <summary>The tightest limits of this kind that an interval would have passed, rounded outwards to 3 decimals.</summary>
    public string Decidable(double low, double high)
    {
        var (down, up) = (Math.Floor(low * 1000) / 1000, Math.Ceiling(high * 1000) / 1000);
        return (Min, Max) switch
        {
            (_, null) => $"at least {Number(down)}",
            (null, _) => $"at most {Number(up)}",
            _ => IsSymmetric ? $"within ±{Number(Math.Max(-down, up))}" : $"within {Number(down)} … {Number(up)}",
        };
    }

    // Adding 0 turns -0 into 0.
    private static string Number(double value) => (value + 0.0).ToString("0.00##", CultureInfo.InvariantCulture);
}
