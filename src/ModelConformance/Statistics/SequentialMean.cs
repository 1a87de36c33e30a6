namespace ModelConformance.Statistics;

/// <summary>
/// Decides unit by unit, in an order drawn at random beforehand, on which side of a limit the mean of N values in [0, 1] lies. Each decision agrees
/// with the mean of all N values but for its alpha, however often one looks and whenever one stops.
/// </summary>
/// <remarks>
/// Two bets are kept, one on the mean being above the limit and one on its being below (<see cref="Wager"/>): a side is decided when a
/// fortune of 1 has become 1/alpha. Waudby-Smith and Ramdas 2020 (<em>Confidence sequences for sampling without replacement</em>), section 3, and 2023
/// (<em>Estimating means of bounded random variables by betting</em>), sections 4 and 5; Ville 1939.
/// A mean at the limit, or within 1e-9 of it, is on neither side: when all N units are counted and neither has been decided, compare exactly.
/// </remarks>
public sealed class SequentialMean
{
    private readonly Wager below;
    private readonly Wager above;

    /// <summary>Nothing counted yet.</summary>
    /// <param name="units">N, at least 1.</param>
    /// <param name="limit">The limit on the scale of the values, in [0, 1].</param>
    /// <param name="alphaBelow">How often <see cref="IsBelow"/> may be wrong, in (0, 1).</param>
    /// <param name="alphaAbove">How often <see cref="IsAbove"/> may be wrong, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public SequentialMean(int units, double limit, double alphaBelow, double alphaAbove)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        CheckLimit(limit);
        CheckAlpha(alphaBelow, nameof(alphaBelow));
        CheckAlpha(alphaAbove, nameof(alphaAbove));
        Units = units;
        below = new(units, 1 - limit, alphaBelow);
        above = new(units, limit, alphaAbove);
    }

    /// <summary>N, the number of units whose mean is sought.</summary>
    public int Units { get; }

    /// <summary>How many of them have been counted.</summary>
    public int Counted { get; private set; }

    /// <summary>
    /// Whether the mean is below the limit even with every value at its high. Wrong with a probability of at most alphaBelow; stays once true.
    /// </summary>
    public bool IsBelow => below.IsWon;

    /// <summary>
    /// Whether the mean is above the limit even with every value at its low. Wrong with a probability of at most alphaAbove; stays once true.
    /// </summary>
    public bool IsAbove => above.IsWon;

    /// <summary>
    /// About how many more units the side that is ahead needs at its growth so far, at most those that are left; 0 where a side is
    /// decided; null before the first unit and where neither side's fortune is growing.
    /// </summary>
    public int? UnitsToGo => below.UnitsToGo is { } toBelow && above.UnitsToGo is { } toAbove
        ? Math.Min(toBelow, toAbove)
        : below.UnitsToGo ?? above.UnitsToGo;

    /// <summary>Counts the next unit.</summary>
    /// <param name="low">The least that its value may be, at least 0.</param>
    /// <param name="high">The most that its value may be, at most 1; equal to <paramref name="low"/> where the value is known.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 ≤ low ≤ high ≤ 1.</exception>
    /// <exception cref="InvalidOperationException">All units have been counted.</exception>
    public void Add(double low, double high)
    {
        if (!(low >= 0 && low <= high && high <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(low), (low, high), "A unit's value lies between 0 and 1, its low not above its high.");
        }

        if (Counted == Units)
        {
            throw new InvalidOperationException("All units have been counted.");
        }

        Counted++;
        below.Add(1 - high);
        above.Add(low);
    }

    internal static void CheckLimit(double limit)
    {
        if (limit is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, "A limit lies between 0 and 1, the scale of the values.");
        }
    }

    internal static void CheckAlpha(double alpha, string name)
    {
        if (alpha is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(name, alpha, "An alpha lies between 0 and 1.");
        }
    }
}
