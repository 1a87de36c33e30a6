using MathNet.Numerics.Distributions;

namespace ModelConformance.Statistics;

/// <summary>
/// Before a run: how narrow limits can be, or how far within a limit the truth must lie, for the 1 − 2·alpha interval to lie within the limits
/// with a probability of <see cref="Power"/>.
/// </summary>
/// <remarks>
/// One limit: the truth is (t(1 − alpha) + t(power)) · se within it. Two limits and the truth in their middle: half their distance is
/// (t(1 − alpha) + t((1 + power)/2)) · se, since a miss at either end loses (Schuirmann 1987; Chow, Shao and Wang 2008, <em>Sample Size
/// Calculations in Clinical Research</em>, section 3.1). The plan takes the error to be known and the run must estimate it: simulated, 75 to 85 of 100
/// such runs pass (PlannedPowerTests).
/// </remarks>
public sealed class DecidableEffect
{
    /// <summary>The probability of a decision that is planned for.</summary>
    public const double Power = 0.8;

    private readonly Func<double, double> error;
    private readonly Func<double, double> quantile;
    private readonly bool isFisher;

    private DecidableEffect(Func<double, double> error, Func<double, double> quantile, bool isFisher = false) =>
        (this.error, this.quantile, this.isFisher) = (error, quantile, isFisher);

    /// <summary>
    /// Of a mean: se = √(variance · (ρ Σ n_g² + (1 − ρ) n)) / n with n units, n_g of them in a cluster, that correlate by ρ there (Kish 1965;
    /// Miller 2024, arXiv 2411.00640, section 2.2), and t with one degree of freedom less than there are clusters.
    /// </summary>
    /// <param name="planned">The scores, whose mean is moved to the truth in question, and their correlation.</param>
    /// <param name="sizes">How many units each cluster has, at least 1; of 2 clusters or more.</param>
    /// <exception cref="ArgumentException">There are fewer than 2 clusters.</exception>
    public static DecidableEffect OfMean(PlannedScores planned, IReadOnlyCollection<int> sizes)
    {
        ArgumentNullException.ThrowIfNull(planned);
        ArgumentNullException.ThrowIfNull(sizes);
        AtLeast(2, sizes.Count);
        var (n, squares) = (sizes.Sum(size => (double)size), sizes.Sum(size => (double)size * size));
        var independent = Math.Sqrt(planned.Correlation * squares + (1 - planned.Correlation) * n) / n;
        return new(
            truth => Math.Sqrt(planned.WithMean(truth).Variance) * independent, tail => StudentT.UpperQuantile(tail, sizes.Count - 1));
    }

    /// <summary>Of a correlation: on Fisher's z scale, where the error is 1/√(n − 3) whatever the correlation.</summary>
    /// <param name="clusters">n, at least 4.</param>
    /// <exception cref="ArgumentException">There are fewer than 4 clusters.</exception>
    public static DecidableEffect OfCorrelation(int clusters)
    {
        AtLeast(4, clusters);
        return new(_ => 1 / Math.Sqrt(clusters - 3), tail => -Normal.InvCDF(0, 1, tail), isFisher: true);
    }

    /// <summary>
    /// Of the difference of two correlations with the same covariate, both near 0 and of scores that correlate by ½ with each other: the two Fisher z
    /// have together the variance 2(1 − ½)/(n − 3) (Dunn and Clark 1969). An approximation: the run's own interval is a bootstrap.
    /// </summary>
    /// <param name="clusters">n, at least 4.</param>
    /// <exception cref="ArgumentException">There are fewer than 4 clusters.</exception>
    public static DecidableEffect OfCorrelationContrast(int clusters)
    {
        AtLeast(4, clusters);
        return new(_ => 1 / Math.Sqrt(clusters - 3), tail => StudentT.UpperQuantile(tail, clusters - 1));
    }

    /// <summary>The least true value with which a lower limit is met, in the sense of <see cref="Power"/>.</summary>
    /// <param name="limit">The lower limit.</param>
    /// <param name="alpha">How often it may pass wrongly, in (0, 0.5).</param>
    public double Above(double limit, double alpha) => From(To(limit) + Room(limit, alpha, 1));

    /// <summary>The greatest true value with which an upper limit is met.</summary>
    /// <param name="limit">The upper limit.</param>
    /// <param name="alpha">How often it may pass wrongly, in (0, 0.5).</param>
    public double Below(double limit, double alpha) => From(To(limit) - Room(limit, alpha, -1));

    /// <summary>The tightest limits that are met where the truth lies in the middle of some others.</summary>
    /// <param name="min">The lower of the others.</param>
    /// <param name="max">The upper.</param>
    /// <param name="alpha">How often they may pass wrongly, in (0, 0.5).</param>
    public (double Low, double High) Within(double min, double max, double alpha)
    {
        var middle = (To(min) + To(max)) / 2;
        var reach = (quantile(alpha) + quantile((1 - Power) / 2)) * error(From(middle));
        return (From(middle - reach), From(middle + reach));
    }

    /// <summary>How far from a limit the truth must be: as far as its own error asks, which changes on the way.</summary>
    private double Room(double limit, double alpha, int direction)
    {
        var errors = quantile(alpha) + quantile(1 - Power);
        var (low, high) = (0.0, 1.0);
        while (Needed(high) > high)
        {
            high *= 2;
        }

        for (var middle = high / 2; middle > low && middle < high; middle = (low + high) / 2)
        {
            (low, high) = Needed(middle) > middle ? (middle, high) : (low, middle);
        }

        return high;

        double Needed(double room) => errors * error(From(To(limit) + direction * room));
    }

    private double To(double value) => isFisher ? Math.Atanh(value) : value;

    private double From(double value) => isFisher ? Math.Tanh(value) : value;

    private static void AtLeast(int needed, int clusters)
    {
        if (clusters < needed)
        {
            throw new ArgumentException($"At least {needed} clusters are needed, found {clusters}.", nameof(clusters));
        }
    }
}
