namespace ModelConformance.Statistics;

/// <summary>
/// Holm's adjustment of the p-values of several tests: rejecting those whose adjusted p is at most α keeps the probability of any wrong
/// rejection at α, however the tests depend on each other.
/// </summary>
/// <remarks>Holm 1979, <em>A simple sequentially rejective multiple test procedure</em>.</remarks>
public static class Holm
{
    /// <summary>The adjusted p-values: of the i-th smallest of m the greatest (m − j + 1) p among those up to it, j ≤ i, and at most 1.</summary>
    /// <param name="p">One per test, in 0 … 1.</param>
    /// <returns>In the order of <paramref name="p"/>; never below it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A p is not within 0 … 1.</exception>
    public static IReadOnlyList<double> Adjusted(IReadOnlyList<double> p)
    {
        ArgumentNullException.ThrowIfNull(p);
        var adjusted = new double[p.Count];
        var (left, greatest) = (p.Count, 0.0);
        foreach (var test in Enumerable.Range(0, p.Count).OrderBy(test => p[test]))
        {
            if (p[test] is not (>= 0 and <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(p), p[test], "A p-value lies within 0 … 1.");
            }

            adjusted[test] = greatest = Math.Max(greatest, Math.Min(1, left-- * p[test]));
        }

        return adjusted;
    }
}
