namespace ModelConformance.Statistics;

/// <summary>Before the run: how many units an early decision takes where the distribution of their values is as planned.</summary>
/// <remarks>
/// log(1/alpha) over the growth of the best constant bet, max over λ of E log(1 + λ(x − limit)): what a bet needs that knows the distribution
/// (Kelly 1956; Waudby-Smith and Ramdas 2023). <see cref="SequentialMean"/> does not know it; the bench early-stopping compares the two.
/// </remarks>
public static class SequentialPlan
{
    /// <summary>The expected number of units until the side that the planned mean lies on is decided.</summary>
    /// <param name="values">The values, in [0, 1], with their probabilities, which sum to 1.</param>
    /// <param name="limit">The limit on the same scale, in [0, 1].</param>
    /// <param name="alpha">How often the decision may be wrong, in (0, 1).</param>
    /// <param name="units">N, at least 1.</param>
    /// <returns>Between 1 and N; N where the planned mean is at the limit, which nothing short of all units decides.</returns>
    /// <exception cref="ArgumentException">The values are outside [0, 1], or their probabilities are no distribution.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Limit, alpha or N is outside its range.</exception>
    public static int Units(IReadOnlyList<(double Value, double Probability)> values, double limit, double alpha, int units)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        SequentialMean.CheckLimit(limit);
        SequentialMean.CheckAlpha(alpha, nameof(alpha));
        if (!values.All(one => one is { Value: >= 0 and <= 1, Probability: >= 0 })
            || !(Math.Abs(values.Sum(one => one.Probability) - 1) <= 1e-9))
        {
            throw new ArgumentException("The values lie between 0 and 1 and their probabilities sum to 1.", nameof(values));
        }

        var growth = Math.Max(Growth(values, limit), Growth([.. values.Select(one => (1 - one.Value, one.Probability))], 1 - limit));
        return (int)Math.Clamp(Math.Ceiling(-Math.Log(alpha) / growth), 1, units);
    }

    /// <summary>The greatest expected logarithm of 1 + f·(x/limit − 1) over the shares f in [0, 1]; 0 where the mean is not above the limit.</summary>
    private static double Growth(IReadOnlyList<(double Value, double Probability)> values, double limit)
    {
        var gains = values.Select(one => (Gain: one.Value / (limit + Wager.Tie) - 1, one.Probability)).ToArray();

        // The expectation is concave in f: its slope falls, and the best stake is where it crosses 0.
        var (low, high) = (0.0, 1.0);
        for (var middle = 0.5; middle > low && middle < high; middle = (low + high) / 2)
        {
            (low, high) = gains.Sum(one => one.Probability * one.Gain / (1 + middle * one.Gain)) > 0 ? (middle, high) : (low, middle);
        }

        return gains.Sum(one => one.Probability * Math.Log(1 + low * one.Gain));
    }
}
