using ModelConformance.Statistics;

namespace ModelConformance.Tests.Statistics;

/// <summary>Samples whose resamples can be counted by hand, and what has no interval.</summary>
public sealed class ClusterBootstrapTests
{
    [Fact]
    public void Two_clusters_have_three_resamples_and_the_interval_of_the_outer_ones()
    {
        // Means 1 and 0: a resample is 1 or 0 a quarter of the time each, so that the 5 and the 95 % points are these.
        var estimate = ClusterBootstrap.Of(Mean((1, 1), (1, 1), (0, 2), (0, 2)), 0.9);

        estimate.Value.Should().Be(0.5);
        estimate.Interval.Should().Be(new Interval(0, 1, 0.9, "cluster bootstrap, percentile, 10,000 resamples", 2));
    }

    [Fact]
    public void Large_clusters_weigh_more_in_a_resample()
    {
        // One cluster of three items at 1, two of one item at 0. Of three drawn, none is the large one in 8 of 27 resamples: 0. All are in 1 of
        // 27, less than 5 %; two in 6: 6/7.
        var interval = ClusterBootstrap.Of(Mean((1, 1), (1, 1), (1, 1), (0, 2), (0, 3)), 0.9).Interval!;

        (interval.Low, interval.High).Should().Be((0, 6.0 / 7));
    }

    [Fact]
    public void The_draws_are_the_seeds_own()
    {
        // Computed with another program: no machine and no version of .NET may give other numbers.
        var interval = ClusterBootstrap.Of([.. Enumerable.Range(0, 30).Select(i => new Observation(i * i % 31, 1, i))], 0.95).Interval!;

        (interval.Low, interval.High).Should().Be((285.0 / 30, 460.0 / 30));

        // And where the resamples next to the ends are others: the 250th from either end of 10,000.
        interval = ClusterBootstrap.Of([.. Enumerable.Range(0, 30).Select(i => new Observation(i * i * i % 1009, 1, i))], 0.95).Interval!;
        (interval.Low, interval.High).Should().Be((9287.0 / 30, 16024.0 / 30));
    }

    [Fact]
    public void Both_sides_of_a_contrast_are_drawn_together()
    {
        // Every cluster differs by 1/4 or 1/2, whatever its level: no resample can be outside.
        Observation[] second = [.. Enumerable.Range(0, 20).Select(i => new Observation(i % 7, 1, i))];
        Observation[] first = [.. second.Select(o => o with { Value = o.Value + (o.Cluster % 2 == 0 ? 0.25 : 0.5) })];

        var estimate = ClusterBootstrap.Contrast(first, second, 0.9997);

        estimate.Value.Should().Be(0.375);
        estimate.Interval!.Low.Should().BeInRange(0.25, 0.3);
        estimate.Interval.High.Should().BeInRange(0.45, 0.5);
    }

    [Fact]
    public void A_resample_in_which_a_side_has_no_weight_is_beyond_both_ends()
    {
        // The second side has weight in one of ten clusters, which some 3,500 (0.9¹⁰) of the resamples lack.
        Observation[] first = [.. Enumerable.Range(0, 10).Select(i => new Observation(i, 1, i))];
        Observation[] second = [.. first.Select(o => o with { Value = 0, Weight = o.Cluster == 3 ? 1 : 0 })];

        var narrow = ClusterBootstrap.Contrast(first, second, 0.9);
        (narrow.Value, narrow.Interval).Should().Be((4.5, null));
        narrow.UndefinedReason.Should().MatchRegex("^a side has no weight in 3,[3-6][0-9][0-9] of 10,000 resamples$");
        ClusterBootstrap.Contrast(second, first, 0.9).UndefinedReason.Should().Be(narrow.UndefinedReason);

        // The 40 % point of all is the 5 % point of those that have weight, about.
        var (widened, of) = (ClusterBootstrap.Contrast(first, second, 0.2).Interval!, ClusterBootstrap.Of(first, 0.9).Interval!);
        widened.Low.Should().BeApproximately(of.Low, 0.5);
        widened.High.Should().BeApproximately(of.High, 0.5);
    }

    [Fact]
    public void The_interval_contains_its_value_at_any_level()
    {
        // 1, 2, 4 … 512: most resamples are below their mean of 102.3, and the middle ones leave it out.
        var estimate = ClusterBootstrap.Of([.. Enumerable.Range(0, 10).Select(i => new Observation(1 << i, 1, i))], 0.01);

        estimate.Value.Should().Be(102.3);
        estimate.Interval!.Low.Should().BeInRange(80, 102);
        estimate.Interval.High.Should().Be(102.3);
    }

    [Fact]
    public void A_cluster_that_has_weight_on_one_side_only_is_drawn()
    {
        Observation[] first = [new(1, 1, 1), new(0, 1, 2), new(0, 1, 3), new(0, 0, 4)];
        Observation[] second = [new(1, 1, 1), new(0, 1, 2), new(0, 0, 3), new(1, 1, 4)];

        ClusterBootstrap.Contrast(first, second, 0.5).Interval!.Clusters.Should().Be(4);
        ClusterBootstrap.Contrast(second, first, 0.5).Interval!.Clusters.Should().Be(4);
    }

    [Theory]
    [InlineData(1.0 / (1 << 20))]
    [InlineData(1 << 20)]
    public void What_is_rounding_depends_on_the_size_of_the_scores(double size)
    {
        // 0.1 + 0.2 is not 0.3 in doubles, nor is it with another exponent.
        var sum = Mean((0.1 * size, 1), (0.2 * size, 1), (0.3 * size, 2), (0, 2));
        var same = Mean((0.15 * size, 1), (0.15 * size, 1), (0.15 * size, 2), (0.15 * size, 2));

        ClusterBootstrap.Of(sum, 0.9).Interval.Should().BeNull();
        ClusterBootstrap.Contrast(sum, same, 0.9).Interval.Should().BeNull("the sides are of the size that their difference is rounded to");
        ClusterBootstrap.Of(Mean((size, 1), (1.000001 * size, 2)), 0.9).Interval.Should().NotBeNull();
    }

    [Fact]
    public void What_is_rounding_does_not_depend_on_the_number_of_items()
    {
        Observation[] many = [.. Enumerable.Range(0, 2000).Select(i => new Observation(1 + i % 2 * 1e-8, 1, i % 2))];
        Observation[] none = [.. many.Select(o => o with { Value = 0 })];

        ClusterBootstrap.Contrast(many, none, 0.9).Interval.Should().NotBeNull();
        ClusterBootstrap.Contrast(none, many, 0.9).Interval.Should().NotBeNull();
    }

    [Fact]
    public void A_cluster_without_weight_is_not_drawn()
    {
        var sample = Mean((1, 1), (0, 2), (0, 3), (1, 4));

        ClusterBootstrap.Of([.. sample, new(0, 0, 7), new(0, 0, -7)], 0.9).Should().Be(ClusterBootstrap.Of(sample, 0.9));
        ClusterBootstrap.Of([new(1, 1, 1), new(0, 1, 1), new(0, 0, 2)], 0.9).UndefinedReason.Should().Be("fewer than 2 clusters");
    }

    [Fact]
    public void A_single_cluster_has_a_value_and_no_interval()
    {
        var estimate = ClusterBootstrap.Of(Mean((1, 1), (0, 1)), 0.9);

        (estimate.Value, estimate.Interval, estimate.UndefinedReason).Should().Be((0.5, null, "fewer than 2 clusters"));
    }

    [Fact]
    public void Clusters_that_are_alike_have_no_interval_of_no_width()
    {
        const string Reason = "the resamples of the clusters do not differ";

        ClusterBootstrap.Of(Mean((0, 1), (0, 2)), 0.9).UndefinedReason.Should().Be(Reason);
        ClusterBootstrap.Of(Mean((0.1, 1), (0.2, 1), (0.3, 1), (0.2, 2), (0.2, 3)), 0.9).UndefinedReason.Should().Be(Reason);
        ClusterBootstrap.Of(Mean((1, 1), (0, 2)), 0.4).UndefinedReason.Should().Be(Reason, "half of them hold both clusters");
        ClusterBootstrap.Contrast(Mean((0.3, 1), (0.8, 2)), Mean((0.2, 1), (0.7, 2)), 0.9).UndefinedReason.Should().Be(Reason);
    }

    [Fact]
    public void Without_weight_there_is_no_value()
    {
        ClusterBootstrap.Of([], 0.9).UndefinedReason.Should().Be("no answered items");
        ClusterBootstrap.Of([new(0, 0, 1), new(0, 0, 2)], 0.9).UndefinedReason.Should().Be("no item counts in the denominator");
        ClusterBootstrap.Contrast([], [], 0.9).UndefinedReason.Should().Be("no items answered under both conditions");
        ClusterBootstrap.Contrast([new(1, 1, 1), new(0, 1, 2)], [new(0, 0, 1), new(0, 0, 2)], 0.9).Should().BeEquivalentTo(
            new { Value = (double?)null, UndefinedReason = "no item counts in a denominator" });
        ClusterBootstrap.Contrast([new(0, 0, 1), new(0, 0, 2)], [new(1, 1, 1), new(0, 1, 2)], 0.9).Value.Should().BeNull();
    }

    [Fact]
    public void More_resamples_than_there_are_would_be_needed_at_the_highest_levels()
    {
        var sample = Mean((1, 1), (0, 2));

        ClusterBootstrap.Of(sample, 0.9997).Interval.Should().NotBeNull();
        ClusterBootstrap.Of(sample, 0.9999).UndefinedReason.Should().Be("10,000 resamples are too few for this level");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_level_that_is_none_is_refused(double level)
    {
        var one = () => ClusterBootstrap.Of([], level);
        var two = () => ClusterBootstrap.Contrast([], [], level);

        one.Should().Throw<ArgumentOutOfRangeException>();
        two.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void What_is_no_number_or_does_not_pair_is_refused()
    {
        var infinite = () => ClusterBootstrap.Of([new(double.PositiveInfinity, 1, 1), new(0, 1, 2)], 0.9);
        var crossed = () => ClusterBootstrap.Contrast(Mean((1, 1), (1, 2)), Mean((1, 2), (1, 1)), 0.9);

        infinite.Should().Throw<ArgumentOutOfRangeException>();
        crossed.Should().Throw<ArgumentException>();
    }

    private static Observation[] Mean(params (double Value, int Cluster)[] items) =>
        [.. items.Select(item => new Observation(item.Value, 1, item.Cluster))];
}
