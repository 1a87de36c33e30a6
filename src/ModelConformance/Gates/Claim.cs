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

    /// <summary>
    /// The tightest limits of this kind that evidence would have passed, rounded outwards to 3 decimals; null where none within the quantity's
    /// range would: the ends of an interval can lie beyond it.
    /// </summary>
    /// <param name="low">The least value that the evidence allows.</param>
    /// <param name="high">The greatest.</param>
    /// <param name="range">What the quantity can be; may be infinite.</param>
    public string? Decidable(double low, double high, (double Lowest, double Highest) range)
    {
        var (down, up) = (Down(low), -Down(-high));
        if (IsSymmetric)
        {
            (down, up) = (Math.Min(down, -up), Math.Max(-down, up));
        }

        var (isLow, isHigh) = (double.IsFinite(down) && down >= range.Lowest, double.IsFinite(up) && up <= range.Highest);
        return (Min, Max) switch
        {
            (_, null) => isLow ? $"at least {Number(down)}" : null,
            (null, _) => isHigh ? $"at most {Number(up)}" : null,
            _ when !(isLow && isHigh) => null,
            _ => IsSymmetric ? $"within ±{Number(up)}" : $"within {Number(down)} … {Number(up)}",
        };
    }

    /// <summary>The greatest multiple of 0.001 that is not above a value, which the quotient alone can miss by its last bit.</summary>
    private static double Down(double value)
    {
        var thousandths = Math.Floor(value * 1000);
        return (thousandths / 1000 <= value ? thousandths : thousandths - 1) / 1000;
    }

    // Adding 0 turns -0 into 0.
    private static string Number(double value) => (value + 0.0).ToString("0.00##", CultureInfo.InvariantCulture);
}
