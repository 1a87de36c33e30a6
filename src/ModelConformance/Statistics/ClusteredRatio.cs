using MathNet.Numerics.Distributions;

namespace ModelConformance.Statistics;

/// <summary>
/// Estimates θ = Σx / Σw with the CR1 cluster-robust standard error of its linearised residuals (x − θw) and a t interval with G − 1
/// degrees of freedom. With every weight 1 this is the clustered mean.
/// </summary>
/// <remarks>Miller 2024 (arXiv 2411.00640), section 2.2; Cameron and Miller 2015, section II.B; the ratio by the delta method.</remarks>
public static class ClusteredRatio
{
    /// <summary>The ratio of the observations.</summary>
    /// <param name="observations">One per item, in any order.</param>
    /// <param name="level">The interval's two-sided level, between 0 and 1.</param>
    /// <param name="lowest">The least value that the ratio can take: bounds what a sample without variation leaves open.</param>
    /// <param name="highest">The greatest value that the ratio can take.</param>
    /// <returns>Undefined without observations or weight; without an interval where there are fewer than 2 clusters.</returns>
    public static Estimate Of(IReadOnlyCollection<Observation> observations, double level, double lowest, double highest)
    {
        ArgumentNullException.ThrowIfNull(observations);
        if (Ratio(observations) is not { } ratio)
        {
            return Estimate.Undefined(observations.Count == 0 ? "no answered items" : "no item counts in the denominator");
        }

        var residuals = Residuals(observations, ratio);
        return residuals.Values.All(residual => residual == 0) && observations.All(o => o.Value == ratio * o.Weight)
            ? Constant(ratio, observations.Count(o => o.Weight > 0), residuals.Count, level, lowest, highest)
            : Clustered(ratio, residuals, level);
    }

    /// <summary>
    /// The paired contrast first − second: both sides must hold the same items in the same order, so that what they share cancels in the
    /// residuals.
    /// </summary>
    /// <param name="first">One observation per item.</param>
    /// <param name="second">The same items' other observations.</param>
    /// <param name="level">The interval's two-sided level, between 0 and 1.</param>
    /// <param name="lowest">The least value that either ratio can take.</param>
    /// <param name="highest">The greatest value that either ratio can take.</param>
    /// <exception cref="ArgumentException">The sides differ in length or in an item's cluster.</exception>
    public static Estimate Contrast(
        IReadOnlyList<Observation> first, IReadOnlyList<Observation> second, double level, double lowest, double highest)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count || first.Zip(second).Any(pair => pair.First.Cluster != pair.Second.Cluster))
        {
            throw new ArgumentException("A paired contrast needs the same items on both sides.", nameof(second));
        }

        if (Ratio(first) is not { } a || Ratio(second) is not { } b)
        {
            return Estimate.Undefined(first.Count == 0 ? "no items answered under both conditions" : "no item counts in a denominator");
        }

        var residuals = Residuals(first, a);
        foreach (var (cluster, residual) in Residuals(second, b))
        {
            residuals[cluster] -= residual;
        }

        var span = highest - lowest;
        return residuals.Values.All(residual => residual == 0) && first.Zip(second).All(pair => pair.First == pair.Second)
            ? Constant(a - b, first.Count(o => o.Weight > 0), residuals.Count, level, -span, span)
            : Clustered(a - b, residuals, level);
    }

    private static double? Ratio(IReadOnlyCollection<Observation> observations)
    {
        var weight = observations.Sum(o => o.Weight);
        return weight > 0 ? observations.Sum(o => o.Value) / weight : null;
    }

    /// <summary>Each cluster's sum of residuals over the total weight, so that their squares add up to the variance.</summary>
    private static Dictionary<int, double> Residuals(IReadOnlyCollection<Observation> observations, double ratio)
    {
        var weight = observations.Sum(o => o.Weight);
        var sums = new Dictionary<int, double>();
        foreach (var o in observations)
        {
            sums[o.Cluster] = sums.GetValueOrDefault(o.Cluster) + (o.Value - ratio * o.Weight) / weight;
        }

        return sums;
    }

    private static Estimate Clustered(double value, Dictionary<int, double> residuals, double level)
    {
        var clusters = residuals.Count;
        if (clusters < 2)
        {
            return Estimate.WithoutInterval(value, "fewer than 2 clusters");
        }

        var error = Math.Sqrt(clusters / (clusters - 1.0) * residuals.Values.Sum(residual => residual * residual));
        var reach = StudentT.InvCDF(0, 1, clusters - 1, (1 + level) / 2) * error;
        return Estimate.Of(value, new Interval(value - reach, value + reach, level, "CR1, t", clusters));
    }

    /// <summary>
    /// Every observation alike: the spread cannot be estimated, but with n equal draws a share of others above the Clopper-Pearson bound
    /// 1 − ((1 − level)/2)^(1/n) is refuted, and each of those can move the ratio to the end of its range at most.
    /// </summary>
    private static Estimate Constant(double value, int n, int clusters, double level, double lowest, double highest)
    {
        if (clusters < 2)
        {
            return Estimate.WithoutInterval(value, "fewer than 2 clusters");
        }

        var others = 1 - Math.Pow((1 - level) / 2, 1.0 / n);
        return Estimate.Of(value, new Interval(
            value - others * (value - lowest), value + others * (highest - value), level, "Clopper-Pearson bound, ignores clustering", clusters));
    }
}
