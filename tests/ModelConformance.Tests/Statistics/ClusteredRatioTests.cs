using ModelConformance.Statistics;

namespace ModelConformance.Tests.Statistics;

/// <summary>Vectors small enough to be worked by hand; those computed elsewhere are in <see cref="ClusteredRatioReferenceTests"/>.</summary>
public sealed class ClusteredRatioTests
{
    private const double Close = 1e-12;

    [Fact]
    public void A_mean_has_the_error_of_its_clusters_and_a_t_interval_with_one_degree_less_than_clusters()
    {
        // Cluster means 1 and 0, mean 1/2: residual sums 2·(1/2)/4 = 1/4 and −1/4, error √(2/1 · 2/16) = 1/2, t(1; .95) = tan(.45 π).
        var estimate = ClusteredRatio.Of(Mean((1, 1), (1, 1), (0, 2), (0, 2)), 0.9, 0, 1);

        estimate.Value.Should().Be(0.5);
        var reach = 0.5 * Math.Tan(0.45 * Math.PI);
        estimate.Interval!.Low.Should().BeApproximately(0.5 - reach, Close);
        estimate.Interval.High.Should().BeApproximately(0.5 + reach, Close);
        estimate.Interval.Should().BeEquivalentTo(new { Level = 0.9, Clusters = 2, Method = "CR1, t" });
    }

    [Fact]
    public void A_ratio_has_the_error_of_its_linearised_residuals()
    {
        // θ = (2 + 0)/(2 + 1) = 2/3: residual sums (2 − 4/3)/3 = 2/9 and (0 − 2/3)/3 = −2/9, error √(2 · 8/81) = 4/9.
        var estimate = ClusteredRatio.Of([new(1, 1, 1), new(1, 1, 1), new(0, 1, 2), new(0, 0, 2)], 0.9, -1, 1);

        estimate.Value.Should().BeApproximately(2.0 / 3, Close);
        Reach(estimate).Should().BeApproximately(4.0 / 9 * Math.Tan(0.45 * Math.PI), Close);
    }

    [Fact]
    public void A_paired_contrast_has_the_error_of_the_differences()
    {
        // Differences 1, 1 | 0, 0: the first vector again, although both sides vary more than that.
        var estimate = ClusteredRatio.Contrast(Mean((1, 1), (0, 1), (1, 2), (-1, 2)), Mean((0, 1), (-1, 1), (1, 2), (-1, 2)), 0.9, -1, 1);

        estimate.Value.Should().Be(0.5);
        Reach(estimate).Should().BeApproximately(0.5 * Math.Tan(0.45 * Math.PI), Close);
    }

    [Fact]
    public void A_cluster_that_has_weight_on_one_side_only_is_evidence_of_a_contrast()
    {
        // Ratios 1/2 and 1/2: residuals 1/4 − 1/4, −1/4 and +1/4, error √(3/2 · 2/16); t(2; .95) = 2.92. The fourth cluster has none on either.
        var estimate = ClusteredRatio.Contrast(
            [new(1, 1, 1), new(0, 1, 2), new(0, 0, 3), new(0, 0, 4)], [new(1, 1, 1), new(0, 0, 2), new(0, 1, 3), new(0, 0, 4)], 0.9, 0, 1);

        estimate.Value.Should().Be(0);
        estimate.Interval!.Clusters.Should().Be(3);
        Reach(estimate).Should().BeApproximately(Math.Sqrt(3.0 / 16) * 2.919985580353725, Close);
    }

    [Fact]
    public void A_contrast_of_means_is_exact_where_two_rounded_quotients_would_not_be()
    {
        // 3/10 − 1/10 is 0.19999999999999998 in doubles, and 2/10 is not: a limit of 0.2 must hold.
        var first = Enumerable.Range(0, 10).Select(i => new Observation(i < 3 ? 1 : 0, 1, i)).ToArray();
        var second = Enumerable.Range(0, 10).Select(i => new Observation(i < 1 ? 1 : 0, 1, i)).ToArray();

        ClusteredRatio.Contrast(first, second, 0.9, 0, 1).Value.Should().Be(0.2);

        // Nor does it take a detour over a common denominator where there is one already.
        ClusteredRatio.Contrast(Mean((0.2, 1), (0, 2), (0, 3)), Mean((0.1, 1), (0, 2), (0, 3)), 0.9, 0, 1).Value.Should().Be(0.1 / 3);
    }

    [Fact]
    public void A_contrast_of_ratios_with_unequal_denominators_is_rounded_once()
    {
        // 9/10 − 3/5: each side rounded on its own, 0.9 − 0.6 is 0.30000000000000004, beyond a limit of 0.3 that is met exactly.
        Observation[] first = [.. Enumerable.Range(0, 10).Select(i => new Observation(i < 9 ? 1 : 0, 1, i % 2))];
        Observation[] second = [.. Enumerable.Range(0, 10).Select(i => new Observation(i < 3 ? 1 : 0, i < 5 ? 1 : 0, i % 2))];

        ClusteredRatio.Contrast(first, second, 0.9, -1, 1).Value.Should().Be(0.3);
    }

    [Fact]
    public void A_constant_sample_is_bounded_by_the_share_of_others_that_it_refutes()
    {
        // 0 of 50: the exact 95 % bound is 1 − .025^(1/50).
        var interval = ClusteredRatio.Of([.. Enumerable.Range(0, 50).Select(i => new Observation(0, 1, i % 5))], 0.95, -1, 1).Interval!;

        interval.High.Should().BeApproximately(0.0711217364642, 1e-12);
        interval.Low.Should().BeApproximately(-0.0711217364642, 1e-12);
        interval.Method.Should().Contain("ignores clustering");
    }

    [Fact]
    public void A_constant_difference_is_bounded_as_a_constant_sample_is()
    {
        // Every item falls from 1 to 0: differences are −1 throughout and can reach 1, two above.
        var interval = ClusteredRatio.Contrast(Mean((0, 1), (0, 1), (0, 2)), Mean((1, 1), (1, 1), (1, 2)), 0.9, -1, 1).Interval!;

        var others = 1 - Math.Pow(0.05, 1.0 / 3);
        interval.Low.Should().BeApproximately(-1 - others, Close);
        interval.High.Should().BeApproximately(-1 + 3 * others, Close);
    }

    [Fact]
    public void Clusters_that_are_alike_leave_the_spread_of_the_items_in_them()
    {
        // A model that always names the same person: +1 and −1 in every template. The clustered error is 0; the items' own is √(4/3 · 4/16).
        var interval = ClusteredRatio.Of(Mean((1, 1), (-1, 1), (1, 2), (-1, 2)), 0.9, -1, 1).Interval!;

        interval.High.Should().BeApproximately(Math.Sqrt(1.0 / 3) * Math.Tan(0.45 * Math.PI), Close);
        interval.Method.Should().Contain("clusters do not vary");
    }

    [Fact]
    public void The_spread_of_items_is_that_of_their_linearised_residuals()
    {
        // θ = 1/2 in either cluster: residuals ±(2 − 1)/8, error √(4/3 · 4/64).
        Observation[] heavy = [new(2, 2, 1), new(0, 2, 1), new(0, 2, 2), new(2, 2, 2)];
        var one = ClusteredRatio.Of(heavy, 0.9, 0, 1);

        one.Interval!.Method.Should().Contain("clusters do not vary");
        Reach(one).Should().BeApproximately(Math.Sqrt(1.0 / 12) * Math.Tan(0.45 * Math.PI), Close);

        // Against ±(1 − 1/2)/5 with the other sign, and an item at the ratio that has weight on one side only: 4 differences of 9/40.
        Observation[] light = [new(0, 1, 1), new(1, 1, 1), new(1, 1, 2), new(0, 1, 2), new(0.5, 1, 2)];
        heavy = [.. heavy, new(0, 0, 2)];
        var error = Math.Sqrt(4.0 / 3 * 4 * 81 / 1600);
        Reach(ClusteredRatio.Contrast(heavy, light, 0.9, 0, 1)).Should().BeApproximately(error * Math.Tan(0.45 * Math.PI), Close);
        Reach(ClusteredRatio.Contrast(light, heavy, 0.9, 0, 1)).Should().BeApproximately(error * Math.Tan(0.45 * Math.PI), Close);
    }

    [Fact]
    public void A_small_spread_of_many_items_is_no_rounding()
    {
        Observation[] many = [.. Enumerable.Range(0, 2000).Select(i => new Observation(0.5 + (i % 2 == 0 ? 1e-7 : -1e-7), 1, i / 1000))];

        ClusteredRatio.Of(many, 0.9, 0, 1).Interval!.Method.Should().Contain("clusters do not vary");
    }

    [Fact]
    public void An_item_without_weight_is_no_trial()
    {
        Observation[] constant = [.. Enumerable.Range(0, 20).Select(i => new Observation(0, 1, i % 5))];

        ClusteredRatio.Of([.. constant, new(0, 0, 1), new(0, 0, 2)], 0.9, 0, 1).Should().Be(ClusteredRatio.Of(constant, 0.9, 0, 1));
    }

    [Fact]
    public void A_cluster_without_weight_is_no_evidence()
    {
        var estimate = ClusteredRatio.Of([new(1, 1, 1), new(-1, 1, 1), new(0, 0, 2), new(0, 0, 3)], 0.9, -1, 1);

        estimate.Value.Should().Be(0);
        estimate.Interval.Should().BeNull();
        estimate.UndefinedReason.Should().Be("fewer than 2 clusters");
    }

    [Fact]
    public void A_ratio_without_weight_is_undefined_and_not_zero()
    {
        ClusteredRatio.Of([], 0.9, -1, 1).UndefinedReason.Should().Be("no answered items");
        ClusteredRatio.Of([new(0, 0, 1)], 0.9, -1, 1).Should().BeEquivalentTo(
            new { Value = (double?)null, UndefinedReason = "no item counts in the denominator" });
        ClusteredRatio.Contrast([], [], 0.9, -1, 1).UndefinedReason.Should().Be("no items answered under both conditions");
        ClusteredRatio.Contrast([new(0, 0, 1)], [new(1, 1, 1)], 0.9, -1, 1).Should().BeEquivalentTo(
            new { Value = (double?)null, UndefinedReason = "no item counts in a denominator" });
    }

    [Fact]
    public void Two_clusters_have_an_interval_at_any_level()
    {
        var interval = ClusteredRatio.Of(Mean((1, 1), (0, 2)), 1 - 2e-9, 0, 1).Interval!;

        double.IsFinite(interval.High).Should().BeTrue();
        interval.High.Should().BeApproximately(0.5 + 0.5 / Math.Tan(1e-9 * Math.PI), 10);
    }

    [Fact]
    public void Sides_that_do_not_pair_are_refused()
    {
        var short_ = () => ClusteredRatio.Contrast(Mean((1, 1)), Mean((1, 1), (1, 1)), 0.9, -1, 1);
        var crossed = () => ClusteredRatio.Contrast(Mean((1, 1), (1, 2)), Mean((1, 2), (1, 1)), 0.9, -1, 1);

        short_.Should().Throw<ArgumentException>().WithMessage("*needs the same items on both sides*").WithParameterName("second");
        crossed.Should().Throw<ArgumentException>().WithMessage("*in the same order*").WithParameterName("second");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_score_that_is_no_number_is_refused(double value)
    {
        var estimate = () => ClusteredRatio.Of([new(value, 1, 1), new(0, 1, 2)], 0.9, -1, 1);

        estimate.Should().Throw<ArgumentOutOfRangeException>().WithMessage("*not a finite number*");
    }

    [Fact]
    public void A_weight_that_is_no_number_is_refused()
    {
        var estimate = () => ClusteredRatio.Of([new(1, double.PositiveInfinity, 1), new(0, 1, 2)], 0.9, -1, 1);

        estimate.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_level_that_is_none_is_refused(double level)
    {
        var sample = Mean((1, 1), (0, 2));
        var one = () => ClusteredRatio.Of(sample, level, 0, 1);
        var two = () => ClusteredRatio.Contrast(sample, sample, level, 0, 1);

        one.Should().Throw<ArgumentOutOfRangeException>().WithMessage("*between 0 and 1*");
        two.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData(1.0 / (1 << 20))]
    [InlineData(1 << 20)]
    public void What_is_rounding_depends_on_the_range(double range)
    {
        // 0.1 + 0.2 is not 0.3 in doubles; with any exponent these clusters are alike, and those that differ by a millionth are not.
        var alike = ClusteredRatio.Of(Mean((0.1 * range, 1), (0.2 * range, 1), (0.15 * range, 2), (0.15 * range, 3)), 0.9, -range, range).Interval!;
        var unlike = ClusteredRatio.Of(Mean((0.3 * range, 1), (0.300001 * range, 2)), 0.9, -range, range).Interval!;

        alike.Method.Should().Contain("clusters do not vary");
        unlike.Method.Should().Be("CR1, t");
    }

    [Fact]
    public void A_mean_has_the_range_of_its_scores_and_is_extreme_where_each_open_score_is()
    {
        IEstimator estimator = ClusteredRatio.Estimator;
        Observation[] all = [new(0.25, 1, 1), new(-1, 1, 2) { Slack = 2 }, new(0, 0.5, 3) { Slack = 0.5 }];

        estimator.Range(-1, 3).Should().Be((-1, 3));
        estimator.Extreme(all, greatest: true).Should().Equal(new Observation(0.25, 1, 1), new Observation(1, 1, 2), new Observation(0.5, 0.5, 3));
        estimator.Extreme(all, greatest: false).Should().Equal(new Observation(0.25, 1, 1), new Observation(-1, 1, 2), new Observation(0, 0.5, 3));
    }

    private static double Reach(Estimate estimate) => (estimate.Interval!.High - estimate.Interval.Low) / 2;

    private static Observation[] Mean(params (double Value, int Cluster)[] items) => [.. items.Select(item => new Observation(item.Value, 1, item.Cluster))];
}
