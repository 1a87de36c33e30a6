using MathNet.Numerics;

namespace ModelConformance.Statistics;

/// <summary>
/// McNemar's exact test of two sets of yes-or-no answers to the same items: whether the answers that changed went one way more often than
/// the other.
/// </summary>
/// <remarks>
/// McNemar 1947; the exact form is the sign test, a binomial test of ½ on the discordant pairs alone. It takes the pairs as independent.
/// </remarks>
public static class McNemar
{
    /// <summary>
    /// The two-sided p, 2 P(X ≤ min(b, c)) with X ~ Bin(b + c, ½) and at most 1: how likely a split at least this uneven is where each discordant
    /// pair is as likely to go either way.
    /// </summary>
    /// <param name="b">The pairs that are yes on the first side only; at least 0.</param>
    /// <param name="c">The pairs that are yes on the second side only; at least 0.</param>
    /// <returns>
    /// In (0, 1]. Without discordant pairs 1: the only split there is has happened. Two releases that answer all alike are no undefined case.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 0.</exception>
    public static double TwoSided(int b, int c)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(b);
        ArgumentOutOfRangeException.ThrowIfNegative(c);

        // P(X ≤ k) of n is I(½; n − k, k + 1); of an even split it is above ½.
        return b == c ? 1 : 2 * SpecialFunctions.BetaRegularized(Math.Max(b, c), Math.Min(b, c) + 1.0, 0.5);
    }
}
