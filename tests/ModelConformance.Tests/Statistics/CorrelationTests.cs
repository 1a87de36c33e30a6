using MathNet.Numerics.Distributions;
using ModelConformance.Statistics;

namespace ModelConformance.Tests.Statistics;

/// <summary>Vectors small enough to be worked by hand, and what is undefined; R's are in <see cref="CorrelationReferenceTests"/>.</summary>
public sealed class CorrelationTests
{
    private const double Close = 1e-12;

    private const double Quantile95 = 1.6448536269514722;

    [Fact]
    public void A_correlation_has_Fishers_interval()
    {
        // Deviations −1.5, −.5, .5, 1.5 and −1.5, .5, −.5, 1.5: r = 4/5, and √(4 − 3) = 1.
        var estimate = Of((1, 1), (2, 3), (3, 2), (4, 4));

        estimate.Value.Should().BeApproximately(0.8, Close);
        estimate.Interval!.Low.Should().BeApproximately(Math.Tanh(Math.Atanh(0.8) - Quantile95), Close);
        estimate.Interval.High.Should().BeApproximately(Math.Tanh(Math.Atanh(0.8) + Quantile95), Close);
        estimate.Interval.Should().BeEquivalentTo(new { Level = 0.9, Method = "Fisher z", Clusters = 4 });
    }

    [Fact]
    public void Observations_of_one_cluster_are_averaged_first_and_count_once()
    {
        // Each cluster spread as no other is, so that only the means are those of single observations.
        var single = Points((1, 1), (2, 3), (3, 2), (4, 4));
        Observation[] doubled = [.. single.SelectMany(o => new[] { Moved(o, -1), Moved(o, 1) })];
        Observation[] other = [.. single.Select(o => o with { Value = o.Cluster * o.Cluster % 3 })];
        Observation[] doubledOther = [.. other.SelectMany(o => new[] { Moved(o, -1), Moved(o, 1) })];

        Of(doubled).Should().BeEquivalentTo(Of(single));
        Correlation.Estimator.Contrast(doubled, doubledOther, 0.2, 0, 4).Value
            .Should().BeApproximately(Correlation.Estimator.Contrast(single, other, 0.2, 0, 4).Value!.Value, Close);

        static Observation Moved(Observation o, int direction) => o with
        {
            Value = o.Value + direction * 0.25 * o.Cluster,
            Covariates = [o.Covariates[0] + direction * 0.125 * o.Cluster * o.Cluster],
        };
    }

    [Fact]
    public void More_clusters_have_a_narrower_interval()
    {
        (double X, double Score)[] points = [(1, 1), (2, 3), (3, 2), (4, 4), (5, 1), (6, 5), (7, 6)];
        var r = MathNet.Numerics.Statistics.Correlation.Pearson(points.Select(point => point.X), points.Select(point => point.Score));

        var interval = Of(points).Interval!;

        interval.Low.Should().BeApproximately(Math.Tanh(Math.Atanh(r) - Quantile95 / 2), Close);
        interval.High.Should().BeApproximately(Math.Tanh(Math.Atanh(r) + Quantile95 / 2), Close);
    }

    [Fact]
    public void What_is_rounding_depends_on_the_size_of_covariate_and_scores()
    {
        const double Size = 1 << 20;
        var sum = Size * (0.1 + 0.2);

        Undefined(Of((0.3 * Size, 1), (sum, 2), (sum, 5), (0.3 * Size, 4))).Should().Be("the covariate does not vary");
        Undefined(Correlation.Estimator.Of(Points((1, 0.3 * Size), (2, sum), (3, sum)), 0.9, -Size, Size)).Should().Be("the scores do not vary");
    }

    [Fact]
    public void Four_clusters_are_enough_for_a_contrasts_interval()
    {
        var contrast = Correlation.Estimator.Contrast(Points((1, 1), (2, 3), (3, 2), (4, 4)), Points((1, 4), (2, 1), (3, 3), (4, 1)), 0.2, 0, 4);

        contrast.Interval!.Clusters.Should().Be(4);
    }

    [Fact]
    public void An_observation_without_weight_takes_no_part() =>
        Of([.. Points((1, 1), (2, 3), (3, 2), (4, 4)), new(9, 0, 77) { Covariates = [-5] }])
            .Should().BeEquivalentTo(Of((1, 1), (2, 3), (3, 2), (4, 4)));

    [Fact]
    public void Only_the_first_covariate_counts() =>
        Of([.. Points((1, 1), (2, 3), (3, 2), (4, 4)).Select(o => o with { Covariates = [o.Covariates[0], 5] })])
            .Should().BeEquivalentTo(Of((1, 1), (2, 3), (3, 2), (4, 4)));

    [Fact]
    public void Two_points_always_lie_on_a_line_and_three_have_no_interval()
    {
        Undefined(Of()).Should().Be("no answered items");
        Undefined(Of((1, 1), (2, 3))).Should().Be("fewer than 3 clusters");
        var three = Of((1, 1), (2, 3), (3, 2));
        three.Value.Should().BeApproximately(0.5, Close);
        (three.Interval, three.UndefinedReason).Should().Be((null, "fewer than 4 clusters"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-16)]
    public void Scores_that_differ_by_rounding_do_not_vary(double rounding) =>
        Undefined(Of((1, 0.3), (2, 0.3 + rounding), (3, 0.3), (4, 0.3 - rounding), (5, 0.1 + 0.2))).Should().Be("the scores do not vary");

    [Fact]
    public void A_covariate_that_differs_by_rounding_does_not_vary() =>
        Undefined(Of((0.3, 1), (0.1 + 0.2, 2), (0.3, 5), (0.3, 4))).Should().Be("the covariate does not vary");

    [Theory]
    [InlineData(0.07)]
    [InlineData(-0.07)]
    public void Points_on_a_line_have_no_interval(double slope)
    {
        var estimate = Of([.. Enumerable.Range(0, 60).Select(i => (i / 7.0, 0.5 + slope * i / 7.0))]);

        estimate.Value.Should().BeApproximately(Math.Sign(slope), Close);
        (estimate.Interval, estimate.UndefinedReason).Should().Be((null, "the scores lie on a line, where Fisher's z is infinite"));
    }

    [Fact]
    public void A_correlation_ranges_from_minus_1_to_1_whatever_a_score_does() => Correlation.Estimator.Range(0, 7).Should().Be((-1, 1));

    [Fact]
    public void What_is_no_number_no_level_or_has_no_covariate_is_refused()
    {
        const string NoNumber = "An observation is not a finite number.*";
        var points = Points((1, 1), (2, 2), (3, 4));
        Refused<ArgumentOutOfRangeException>(() => Of((1, double.NaN), (2, 1), (3, 2)), NoNumber);
        Refused<ArgumentOutOfRangeException>(() => Of((double.PositiveInfinity, 1), (2, 1), (3, 2)), NoNumber);
        Refused<ArgumentOutOfRangeException>(
            () => Correlation.Estimator.Contrast(points, [points[0] with { Value = double.NaN }, .. points[1..]], 0.9, 0, 1), NoNumber);
        Refused<ArgumentOutOfRangeException>(() => Correlation.Estimator.Of([], 1, 0, 1), "A confidence level*");
        Refused<ArgumentOutOfRangeException>(() => Correlation.Estimator.Contrast([], [], 0, 0, 1), "A confidence level*");
        Refused<ArgumentException>(() => Of([new Observation(1, 1, 1)]), "A correlation needs a covariate of each item.");
        Refused<ArgumentException>(() => Of([new Observation(1, 1, 1) { Covariates = [] }]), "A correlation needs a covariate of each item.");
        Refused<ArgumentException>(() => Correlation.Estimator.Contrast(points, [], 0.9, 0, 1), "*the same items on both sides.*");
        Refused<ArgumentException>(() => Correlation.Estimator.Contrast(points, [.. points.Reverse()], 0.9, 0, 1), "*in the same order*");

        static void Refused<T>(Func<object> estimate, string message)
            where T : Exception => estimate.Should().Throw<T>().WithMessage(message);
    }

    [Fact]
    public void A_contrast_is_the_difference_over_the_pairs_that_count()
    {
        var first = Points((1, 1), (2, 3), (3, 2), (4, 4), (5, 100), (6, 1));
        var second = Points((1, 4), (2, 3), (3, 2), (4, 1), (5, 1), (6, 100));
        second[4] = second[4] with { Weight = 0 };
        first[5] = first[5] with { Weight = 0 };

        Correlation.Estimator.Contrast(first, second, 0.9, 0, 1).Value.Should().BeApproximately(0.8 - -1, Close);
    }

    [Fact]
    public void A_contrasts_interval_is_the_BCa_interval_of_any_large_bootstrap()
    {
        var (first, second) = Sides(60, 3);

        var interval = Correlation.Estimator.Contrast(first, second, 0.9, 0, 1).Interval!;

        var (low, high) = Bca(first, second, 0.9);
        interval.Low.Should().BeApproximately(low, 0.015);
        interval.High.Should().BeApproximately(high, 0.015);
        interval.Should().BeEquivalentTo(new { Level = 0.9, Method = "paired bootstrap, BCa, 10,000 resamples", Clusters = 60 });
    }

    [Fact]
    public void A_contrast_has_the_same_interval_every_time()
    {
        var (first, second) = Sides(60, 4);

        Correlation.Estimator.Contrast(first, second, 0.9, 0, 1).Should().Be(Correlation.Estimator.Contrast(first, second, 0.9, 0, 1));
    }

    [Fact]
    public void Sides_that_vary_together_differ_by_0_and_nothing_says_how_surely()
    {
        var (first, _) = Sides(60, 5);
        Observation[] lower = [.. first.Select(o => o with { Value = 0.5 * o.Value })];

        var contrast = Correlation.Estimator.Contrast(first, lower, 0.9, 0, 1);

        contrast.Value.Should().BeApproximately(0, Close);
        (contrast.Interval, contrast.UndefinedReason).Should().Be((null, "the two sides are alike or vary together: no resample has another difference"));
    }

    [Fact]
    public void A_side_that_hangs_on_one_cluster_leaves_no_interval()
    {
        // 59 occupations are never female: a resample without the sixtieth, of which there are (59/60)^60 = 36 %, has no correlation.
        var (first, _) = Sides(60, 6);
        Observation[] second = [.. first.Select((o, i) => o with { Value = i == 7 ? 1 : 0 })];

        var contrast = Correlation.Estimator.Contrast(first, second, 0.9, 0, 1);

        contrast.Value.Should().NotBeNull();
        contrast.Interval.Should().BeNull();
        contrast.UndefinedReason.Should().MatchRegex("^a side does not vary in 3,[5-8][0-9]{2} of 10,000 resamples$");
    }

    [Fact]
    public void A_level_that_10000_resamples_cannot_show_has_no_interval()
    {
        var (first, second) = Sides(60, 7);

        Correlation.Estimator.Contrast(first, second, 1 - 1e-6, 0, 1).UndefinedReason.Should().Be("10,000 resamples are too few for this level");
    }

    [Fact]
    public void A_contrast_is_undefined_where_a_side_is_and_has_no_interval_below_4_clusters()
    {
        var vary = Points((1, 1), (2, 3), (3, 2), (4, 4));
        Observation[] constant = [.. vary.Select(o => o with { Value = 1 })];

        Undefined(Contrast(vary, constant)).Should().Be("the scores of one side do not vary");
        Undefined(Contrast(constant, vary)).Should().Be("the scores of one side do not vary");
        Undefined(Contrast([], [])).Should().Be("no items answered under both conditions");
        Undefined(Contrast(vary[..2], vary[..2])).Should().Be("fewer than 3 clusters");
        Contrast(vary[..3], [.. vary[..3].Select(o => o with { Value = -o.Value })]).Should().BeEquivalentTo(
            new { Value = 1.0, UndefinedReason = "fewer than 4 clusters", Interval = (Interval?)null });

        static Estimate Contrast(Observation[] first, Observation[] second) => Correlation.Estimator.Contrast(first, second, 0.9, 0, 1);
    }

    [Fact]
    public void An_open_score_goes_where_the_correlation_is_greatest_even_between_its_ends()
    {
        // On the line of the others it would be perfect.
        var open = new Observation(0, 1, 9) { Covariates = [2.5], Slack = 10 };

        var greatest = Correlation.Estimator.Extreme([.. Points((1, 1), (2, 2), (3, 3)), open], greatest: true)[3];
        var least = Correlation.Estimator.Extreme([.. Points((1, 1), (2, 2), (3, 3)), open with { Covariates = [5] }], greatest: false)[3];

        greatest.Should().BeEquivalentTo(new { Slack = 0.0, Cluster = 9 });
        greatest.Value.Should().BeApproximately(2.5, 1e-6);
        least.Value.Should().Be(0);
    }

    [Fact]
    public void Where_every_score_is_open_every_correlation_can_be()
    {
        Observation[] open = [.. Enumerable.Range(0, 60).Select(i => new Observation(0, 1, i) { Covariates = [i % 17], Slack = 1 })];

        Correlation.Estimator.Of(Correlation.Estimator.Extreme(open, greatest: true), 0.9, 0, 1).Value.Should().BeApproximately(1, Close);
        Correlation.Estimator.Of(Correlation.Estimator.Extreme(open, greatest: false), 0.9, 0, 1).Value.Should().BeApproximately(-1, Close);
    }

    [Fact]
    public void Known_scores_keep_their_value_and_their_place()
    {
        Observation[] all = [new(0.2, 1, 3) { Covariates = [1], Slack = 0.5 }, .. Points((1, 0.1), (2, 0.3), (3, 0.2)), new(7, 0, 8) { Slack = 1 }];

        var extreme = Correlation.Estimator.Extreme(all, greatest: true);

        extreme.Should().HaveCount(5).And.OnlyContain(o => o.Slack == 0);
        extreme.Skip(1).Select(o => o.Value).Should().Equal(0.1, 0.3, 0.2, 7);
        extreme.Select(o => o.Cluster).Should().Equal(all.Select(o => o.Cluster));
    }

    private static Estimate Of(params (double X, double Score)[] points) => Of(Points(points));

    private static Estimate Of(Observation[] observations) => Correlation.Estimator.Of(observations, 0.9, 0, 1);

    private static string? Undefined(Estimate estimate)
    {
        (estimate.Value, estimate.Interval).Should().Be((null, null));
        return estimate.UndefinedReason;
    }

    private static Observation[] Points(params (double X, double Score)[] points) =>
        [.. points.Select((point, i) => new Observation(point.Score, 1, i) { Covariates = [point.X] })];

    private static (Observation[] First, Observation[] Second) Sides(int n, int seed)
    {
        var random = new Random(seed);
        var first = Points([.. Enumerable.Range(0, n).Select(_ => random.NextDouble()).Select(x => (x, 0.2 * x + 0.8 * random.NextDouble()))]);
        return (first, [.. first.Select(o => o with { Value = 0.5 * o.Covariates[0] + 0.3 * o.Value + 0.2 * random.NextDouble() })]);
    }

    /// <summary>Efron's formulas word for word, with other random numbers, and the library only for a correlation.</summary>
    private static (double Low, double High) Bca(Observation[] first, Observation[] second, double level)
    {
        var (n, random) = (first.Length, new Random(1));
        var resamples = Enumerable.Range(0, 20_000)
            .Select(_ => Enumerable.Range(0, n).Select(_ => random.Next(n)).ToArray())
            .Select(Difference).Order().ToArray();
        var difference = Difference([.. Enumerable.Range(0, n)]);
        var jackknife = Enumerable.Range(0, n).Select(left => Difference([.. Enumerable.Range(0, n).Where(i => i != left)])).ToArray();
        var mean = jackknife.Average();
        var deviations = jackknife.Select(one => mean - one).ToArray();
        var a = deviations.Sum(d => d * d * d) / (6 * Math.Pow(deviations.Sum(d => d * d), 1.5));
        var z0 = Normal.InvCDF(0, 1, resamples.Count(one => one < difference) / 20_000.0);
        var z = Math.Sqrt(n / (n - 1.0)) * MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, n - 1, (1 + level) / 2);
        return (End(-z), End(z));

        double End(double z) => resamples[(int)(20_000 * Normal.CDF(0, 1, z0 + (z0 + z) / (1 - a * (z0 + z))))];

        double Difference(int[] places) =>
            MathNet.Numerics.Statistics.Correlation.Pearson(places.Select(i => first[i].Covariates[0]), places.Select(i => first[i].Value))
            - MathNet.Numerics.Statistics.Correlation.Pearson(places.Select(i => first[i].Covariates[0]), places.Select(i => second[i].Value));
    }
}
