namespace ModelConformance.Statistics;

/// <summary>A quantity with its evidence. Undefined is a value with a reason: never 0, never NaN.</summary>
public sealed record Estimate
{
    private Estimate(double? value, string? undefinedReason, Interval? interval)
    {
        Value = value;
        UndefinedReason = undefinedReason;
        Interval = interval;
    }

    /// <summary>The quantity; null where it is undefined.</summary>
    public double? Value { get; }

    /// <summary>Why there is no value, or, beside a value, why there is no interval; null where there are both.</summary>
    public string? UndefinedReason { get; }

    /// <summary>Where the quantity of new items of this kind lies; null where that is undefined.</summary>
    public Interval? Interval { get; }

    /// <summary>A value with its interval.</summary>
    public static Estimate Of(double value, Interval interval) => new(value, null, interval);

    /// <summary>A value that no interval can be put around.</summary>
    public static Estimate WithoutInterval(double value, string reason) => new(value, reason, null);

    /// <summary>The same without its interval, which holds only for as many items as were chosen beforehand.</summary>
    internal Estimate UntilDecided() => Value is { } value ? WithoutInterval(value, "asked until decided") : this;

    /// <summary>No value.</summary>
    public static Estimate Undefined(string reason) => new(null, reason, null);
}

/// <summary>A confidence interval. Its ends are not clamped to the quantity's range.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="Level">The two-sided confidence level, in 0 … 1.</param>
/// <param name="Method">How it was computed.</param>
/// <param name="Clusters">The number of independent clusters behind it.</param>
public sealed record Interval(double Low, double High, double Level, string Method, int Clusters)
{
    /// <exception cref="ArgumentOutOfRangeException">The level is outside (0, 1).</exception>
    internal static void CheckLevel(double level)
    {
        if (level is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "A confidence level lies between 0 and 1.");
        }
    }
}
