using MathNet.Numerics;

namespace ModelConformance.Statistics;

/// <summary>A share of successes in independent trials, in 0 … 1, with its exact interval.</summary>
/// <remarks>
/// Clopper and Pearson 1934, <em>The use of confidence or fiducial limits illustrated in the case of the binomial</em>: the shares that neither of the two
/// one-sided binomial tests at (1 − level)/2 refutes. Never narrower than its level, and never of zero width, 0 and n successes included.
/// </remarks>
public static class Proportion
{
    /// <summary>The share of successes.</summary>
    /// <param name="successes">From 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">At least 0; independent of each other.</param>
    /// <param name="level">The interval's two-sided level, between 0 and 1.</param>
    /// <returns>Undefined without trials. Each trial counts as a cluster of its own.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is outside its range, or the level outside (0, 1).</exception>
    public static Estimate Of(int successes, int trials, double level)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        Interval.CheckLevel(level);
        if (trials == 0)
        {
            return Estimate.Undefined("no trials");
        }

        var tail = (1 - level) / 2;
        return Estimate.Of((double)successes / trials, new(
            Low(successes, trials, tail), 1 - Low(trials - successes, trials, tail), level, "Clopper-Pearson", trials));
    }

    /// <summary>The share p at which so many successes or more have the probability <paramref name="tail"/>, I(p; k, n − k + 1).</summary>
    private static double Low(int successes, int trials, double tail)
    {
        if (successes == 0 || successes == trials)
        {
            return successes == 0 ? 0 : Math.Pow(tail, 1.0 / trials);
        }

        // To the last bits of a double: MathNet's inverse is exact to 1e-12 only, which is much of a small share.
        var (low, high) = (0.0, 1.0);
        for (var middle = 0.5; middle > low && middle < high; middle = (low + high) / 2)
        {
            (low, high) = SpecialFunctions.BetaRegularized(successes, trials - successes + 1.0, middle) > tail ? (low, middle) : (middle, high);
        }

        return low;
    }
}
