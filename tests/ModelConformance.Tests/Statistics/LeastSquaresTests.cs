using MathNet.Numerics.LinearAlgebra;
using ModelConformance.Statistics;

namespace ModelConformance.Tests.Statistics;

/// <summary>Vectors small enough to be worked by hand, the textbook's matrices, and what is undefined.</summary>
public sealed class LeastSquaresTests
{
    private const double Close = 1e-12;

    [Fact]
    public void A_slope_has_the_error_of_its_clusters_residuals()
    {
        // x − 2 is −1, 0, 1, so that the slope of 0, 3, 2 is (2 − 0)/2 = 1 and the intercept 5/3 − 2 = −1/3. Residuals −2/3, 4/3, −2/3 with the
        // weights −1/2, 0, 1/2 are 1/3, 0, −1/3: error² = 3/2 · 2/1 · 2/9 = 2/3.
        var estimate = LeastSquares.Slope(0).Of(Points((1, 0), (2, 3), (3, 2)), 0.9, 0, 1);

        estimate.Value.Should().BeApproximately(1, Close);
        Reach(estimate).Should().BeApproximately(Math.Sqrt(2.0 / 3) * 2.919985580353725, Close);
        estimate.Interval.Should().BeEquivalentTo(new { Level = 0.9, Method = "CR1, t", Clusters = 3 });
        LeastSquares.Intercept.Of(Points((1, 0), (2, 3), (3, 2)), 0.9, 0, 1).Value.Should().BeApproximately(-1.0 / 3, Close);
    }

    [Theory]
    [InlineData(60, 1)]
    [InlineData(300, 2)]
    [InlineData(300, 3)]
    public void Every_coefficient_and_its_error_are_those_of_the_textbooks_matrices(int n, int covariates)
    {
        var sample = Sample(n, covariates, 5);

        // (X'X)⁻¹ X'y, and (X'X)⁻¹ Σ_g X_g'e_g e_g'X_g (X'X)⁻¹ with Cameron and Miller's factor; to 7 digits, which is what an inverse without
        // centring leaves of years.
        var x = Matrix<double>.Build.Dense(n, covariates + 1, (i, j) => j == 0 ? 1 : sample[i].Covariates[j - 1]);
        var y = Vector<double>.Build.Dense(n, i => sample[i].Value);
        var inverse = x.TransposeThisAndMultiply(x).Inverse();
        var coefficients = inverse * x.TransposeThisAndMultiply(y);
        var residuals = y - x * coefficients;
        var meat = Enumerable.Range(0, n).GroupBy(i => sample[i].Cluster)
            .Select(cluster => cluster.Select(i => x.Row(i) * residuals[i]).Aggregate((a, b) => a + b))
            .Select(score => score.OuterProduct(score)).Aggregate((a, b) => a + b);
        var groups = sample.DistinctBy(o => o.Cluster).Count();
        var variance = inverse * meat * inverse * (groups / (groups - 1.0) * (n - 1.0) / (n - covariates - 1.0));
        var t = MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, groups - 1, 0.95);

        for (var j = 0; j <= covariates; j++)
        {
            var estimate = (j == 0 ? LeastSquares.Intercept : LeastSquares.Slope(j - 1)).Of(sample, 0.9, 0, 1);
            estimate.Value.Should().BeApproximately(coefficients[j], 1e-7 * (1 + Math.Abs(coefficients[j])));
            Reach(estimate).Should().BeApproximately(t * Math.Sqrt(variance[j, j]), 1e-7 * (1 + t * Math.Sqrt(variance[j, j])));
        }
    }

    [Fact]
    public void A_slope_on_yes_or_no_is_the_difference_of_two_means() =>
        LeastSquares.Slope(0).Of(Points((0, 0.1), (0, 0.5), (1, 0.7), (1, 0.8), (1, 0.9)), 0.9, 0, 1).Value
            .Should().BeApproximately(0.8 - 0.3, Close);

    [Fact]
    public void An_observation_without_weight_takes_no_part() =>
        LeastSquares.Slope(0).Of([.. Points((1, 0), (2, 3), (3, 2)), new(9, 0, 77) { Covariates = [-5] }], 0.9, 0, 1)
            .Should().BeEquivalentTo(LeastSquares.Slope(0).Of(Points((1, 0), (2, 3), (3, 2)), 0.9, 0, 1));

    [Fact]
    public void What_has_no_coefficient_says_why()
    {
        Undefined(LeastSquares.Slope(0).Of([], 0.9, 0, 1)).Should().Be("no answered items");
        Undefined(LeastSquares.Slope(0).Of(Points((1, 0), (2, 3)), 0.9, 0, 1)).Should().Be("fewer than 3 observations");
        Undefined(LeastSquares.Slope(0).Of(Points((0.3, 0), (0.3, 3), (0.1 + 0.2, 4)), 0.9, 0, 1)).Should().Be("a covariate does not vary");
        Undefined(LeastSquares.Intercept.Of(Points((0.3, 0), (0.3, 3), (0.1 + 0.2, 4)), 0.9, 0, 1)).Should().Be("a covariate does not vary");
        Undefined(LeastSquares.Slope(0).Contrast([], [], 0.9, 0, 1)).Should().Be("no items answered under both conditions");
        var (varies, constant) = (Points((1, 0), (2, 3), (4, 5)), Points((1, 0), (1, 3), (1, 5)));
        Undefined(LeastSquares.Slope(0).Contrast(varies, constant, 0.9, 0, 1)).Should().Be("a covariate does not vary");
        Undefined(LeastSquares.Slope(0).Contrast(constant, varies, 0.9, 0, 1)).Should().Be("a covariate does not vary");
    }

    [Fact]
    public void A_covariate_that_differs_by_rounding_does_not_vary_whatever_its_size_and_beside_any_other()
    {
        const double Size = 1 << 20;
        Observation[] sample = [.. Points((0.3 * Size, 0), (0.3 * Size, 3), ((0.1 + 0.2) * Size, 4), (0.3 * Size, 5))];
        Observation[] beside = [.. sample.Select(o => o with { Covariates = [o.Covariates[0], o.Cluster * o.Cluster] })];

        Undefined(LeastSquares.Slope(0).Of(sample, 0.9, 0, 1)).Should().Be("a covariate does not vary");
        Undefined(LeastSquares.Slope(1).Of(beside, 0.9, 0, 1)).Should().Be("a covariate does not vary");
    }

    [Fact]
    public void Two_clusters_have_an_interval() =>
        LeastSquares.Slope(0).Of([.. Points((1, 0), (2, 3), (3, 2)).Select(o => o with { Cluster = o.Cluster / 2 })], 0.9, 0, 1)
            .Interval!.Clusters.Should().Be(2);

    [Fact]
    public void Collinear_covariates_have_no_coefficients()
    {
        Observation[] sample = [.. Sample(100, 1, 2).Select(o => o with { Covariates = [o.Covariates[0], 40 - 0.1 * o.Covariates[0]] })];

        foreach (var estimator in new[] { LeastSquares.Intercept, LeastSquares.Slope(0), LeastSquares.Slope(1) })
        {
            Undefined(estimator.Of(sample, 0.9, 0, 1)).Should().Be("the covariates are collinear");
        }
    }

    [Fact]
    public void Scores_that_lie_on_the_fit_leave_no_interval_however_many_they_are()
    {
        var sample = Sample(43_582, 2, 3);

        None(LeastSquares.Slope(0), o => 0.7, 0);
        None(LeastSquares.Intercept, o => 0.7, 0.7);
        None(LeastSquares.Slope(1), o => 0.1 + 0.003 * o.Covariates[0] + 0.01 * o.Covariates[1], 0.01);

        void None(LeastSquares estimator, Func<Observation, double> score, double value)
        {
            var estimate = estimator.Of([.. sample.Select(o => o with { Value = score(o) })], 0.9, 0, 1);
            estimate.Value.Should().BeApproximately(value, 1e-10);
            estimate.Interval.Should().BeNull();
            estimate.UndefinedReason.Should().Be("the scores lie on the fit, which leaves nothing to judge its error by");
        }
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(1e6)]
    public void What_is_rounding_depends_on_the_range(double range)
    {
        Observation[] line = [.. Points((1, 0.1), (2, 0.2), (3, 0.1 + 0.2), (4, 0.4), (5, 0.5)).Select(o => o with { Value = o.Value * range })];
        Observation[] other = [.. line.Select(o => o with { Value = 0.7 * (range - o.Value) })];
        Observation[] bent = [.. line.Select(o => o with { Value = o.Value + (o.Cluster == 2 ? 1e-6 * range : 0) })];

        Interval(line).Should().BeNull();
        Contrast(line, other).Should().BeNull();
        Interval(bent).Should().NotBeNull();
        Contrast(bent, other).Should().NotBeNull();

        Interval? Interval(Observation[] sample) => LeastSquares.Intercept.Of(sample, 0.9, -range, range).Interval;

        Interval? Contrast(Observation[] first, Observation[] second) => LeastSquares.Intercept.Contrast(first, second, 0.9, -range, range).Interval;
    }

    [Fact]
    public void A_small_spread_of_many_scores_is_no_rounding()
    {
        Observation[] many = [.. Enumerable.Range(0, 1000).Select(i => new Observation(0.5 + (i % 2 == 0 ? 1e-7 : -1e-7), 1, i))];

        LeastSquares.Intercept.Of(many, 0.9, 0, 1).Interval.Should().NotBeNull();
    }

    [Fact]
    public void A_contrast_is_over_the_pairs_in_which_both_have_weight()
    {
        var first = Points((1, 0), (2, 3), (3, 2), (4, 70), (5, 9));
        var second = Points((1, 1), (2, 1), (3, 0), (4, 5), (5, 80));
        first[4] = first[4] with { Weight = 0 };
        second[3] = second[3] with { Weight = 0 };

        LeastSquares.Slope(0).Contrast(first, second, 0.9, 0, 1)
            .Should().BeEquivalentTo(LeastSquares.Slope(0).Contrast(first[..3], second[..3], 0.9, 0, 1));
        LeastSquares.Slope(0).Contrast(first, second, 0.9, 0, 1).Value.Should().BeApproximately(1.5, Close);
    }

    [Fact]
    public void A_single_cluster_has_no_interval()
    {
        var estimate = LeastSquares.Slope(0).Of([.. Points((1, 0), (2, 3), (3, 2)).Select(o => o with { Cluster = 1 })], 0.9, 0, 1);

        (estimate.Interval, estimate.UndefinedReason).Should().Be((null, "fewer than 2 clusters"));
        estimate.Value.Should().NotBeNull();
    }

    [Fact]
    public void What_is_no_number_no_level_or_has_other_covariates_is_refused()
    {
        const string NoNumber = "An observation is not a finite number.*";
        const string OtherCovariates = "A regression needs the same covariates of each item, and the one asked for.*";
        var points = Points((1, 0), (2, 3), (3, 2));
        Refused<ArgumentOutOfRangeException>(() => LeastSquares.Slope(-1), "*");
        Refused<ArgumentOutOfRangeException>(() => Of(Points((1, double.NaN), (2, 3), (3, 2))), NoNumber);
        Refused<ArgumentOutOfRangeException>(() => Of(Points((double.NegativeInfinity, 1), (2, 3), (3, 2))), NoNumber);
        Refused<ArgumentOutOfRangeException>(() => LeastSquares.Slope(0).Of([], 0, 0, 1), "A confidence level*");
        Refused<ArgumentOutOfRangeException>(() => LeastSquares.Slope(0).Contrast(points, points, 1, 0, 1), "A confidence level*");
        Refused<ArgumentOutOfRangeException>(
            () => LeastSquares.Slope(0).Extreme(Points((double.NegativeInfinity, 1), (2, 3), (3, 2)), greatest: true), NoNumber);
        Refused<ArgumentException>(() => LeastSquares.Slope(1).Of(points, 0.9, 0, 1), OtherCovariates);
        Refused<ArgumentException>(() => Of([.. points, new(1, 1, 7)]), OtherCovariates);
        Refused<ArgumentException>(() => Of([.. points, points[0] with { Covariates = [1, 2] }]), OtherCovariates);
        Refused<ArgumentException>(() => LeastSquares.Slope(0).Contrast(points, [], 0.9, 0, 1), "*the same items on both sides.*");

        static Estimate Of(Observation[] observations) => LeastSquares.Slope(0).Of(observations, 0.9, 0, 1);

        static void Refused<T>(Func<object> estimate, string message)
            where T : Exception => estimate.Should().Throw<T>().WithMessage(message);
    }

    [Fact]
    public void Scores_off_the_fit_that_have_no_weight_in_a_coefficient_leave_nothing_to_judge_it_by_either()
    {
        // The first two alone make the intercept, since the others have a covariate of their own: an interval from the others' rounding would have no width.
        Observation[] all =
        [
            new(0.575, 1, 7) { Covariates = [1, 0] }, new(0.374, 1, 3) { Covariates = [7, 0] },
            new(0.981, 1, 1) { Covariates = [21, 4] }, new(0.538, 1, 2) { Covariates = [21, 4] },
        ];

        var estimate = LeastSquares.Intercept.Of(all, 0.9, 0, 1);

        estimate.Value.Should().BeApproximately(0.6085, 1e-12);
        (estimate.Interval, estimate.UndefinedReason).Should().Be((null, "the scores lie on the fit, which leaves nothing to judge its error by"));
    }

    [Fact]
    public void Each_open_score_goes_to_the_end_that_its_weight_asks_for()
    {
        Observation[] all =
        [
            new(0, 1, 1) { Covariates = [1], Slack = 1 }, new(0.5, 0, 2) { Covariates = [0], Slack = 1 },
            new(0.4, 1, 3) { Covariates = [2] }, new(0.2, 1, 4) { Covariates = [3], Slack = 0.25 },
        ];

        LeastSquares.Slope(0).Extreme(all, greatest: true).Select(o => o.Value).Should().Equal(0, 0.5, 0.4, 0.45);
        LeastSquares.Slope(0).Extreme(all, greatest: false).Select(o => o.Value).Should().Equal(1, 0.5, 0.4, 0.2);
        LeastSquares.Slope(0).Extreme(all, greatest: true).Should().OnlyContain(o => o.Slack == 0);

        // Without weight it needs no covariate.
        LeastSquares.Slope(0).Extreme([new(7, 0, 8) { Slack = 1 }, .. all], greatest: true)[0].Value.Should().Be(7);
    }

    [Fact]
    public void A_coefficient_has_no_limits() =>
        LeastSquares.Intercept.Range(0, 1).Should().Be((double.NegativeInfinity, double.PositiveInfinity));

    private static double Reach(Estimate estimate) => (estimate.Interval!.High - estimate.Interval.Low) / 2;

    private static string? Undefined(Estimate estimate)
    {
        (estimate.Value, estimate.Interval).Should().Be((null, null));
        return estimate.UndefinedReason;
    }

    private static Observation[] Points(params (double X, double Score)[] points) =>
        [.. points.Select((point, i) => new Observation(point.Score, 1, i) { Covariates = [point.X] })];

    /// <summary>Covariates of the sizes that raw LSAT scores, grades and years have; two observations per cluster.</summary>
    private static Observation[] Sample(int n, int covariates, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, n).Select(i => new Observation(random.NextDouble(), 1, i / 2)
        {
            Covariates = [.. new[] { 10 + 40 * random.NextDouble(), 4 * random.NextDouble(), 1990 + random.Next(20) }[..covariates]],
        })];
    }
}
