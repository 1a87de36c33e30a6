using ModelConformance.Statistics;

namespace ModelConformance.Tests.Statistics;

/// <summary>
/// The ends that another program computes with the same draws and Efron's formulas; where those are wrong,
/// <see cref="CorrelationTests"/> says so with other draws.
/// </summary>
public sealed class PairedBootstrapTests
{
    [Theory]
    [InlineData(12, 0.9, 0.09771373635808234, 1.3672620319056434)]
    [InlineData(20, 0.8, 0.30622432964782287, 0.9730653871518026)]
    public void The_draws_are_the_seeds_own_and_the_ends_BCas(int clusters, double level, double low, double high)
    {
        var (first, second) = Sides(clusters, i => (i, i * i * 7 % 23 + i * 2, i * i * i % 19));

        var interval = Correlation.Estimator.Contrast(first, second, level, 0, 60).Interval!;

        interval.Low.Should().BeApproximately(low, 1e-12);
        interval.High.Should().BeApproximately(high, 1e-12);
        interval.Should().BeEquivalentTo(new { Level = level, Clusters = clusters });
    }

    [Theory]
    [InlineData(14, 0.5, -1.2699673641310447, -0.860351798276862)]
    [InlineData(12, 0.6, -1.3393394084731902, -0.7825421133872835)]
    public void A_resample_in_which_a_side_does_not_vary_is_beyond_both_ends(int clusters, double level, double low, double high)
    {
        // Three of the first side's scores are 1 and the others 0: some 300 of the resamples have none of the three.
        var (first, second) = Sides(clusters, i => (i * i % 17 + i / 8.0, i % 5 == 1 ? 1 : 0, i * i * i % 19));

        var (forth, back) = (Interval(first, second), Interval(second, first));

        forth.Low.Should().BeApproximately(low, 1e-12);
        forth.High.Should().BeApproximately(high, 1e-12);
        back.Low.Should().BeApproximately(-high, 1e-12);
        back.High.Should().BeApproximately(-low, 1e-12);

        Interval Interval(Observation[] one, Observation[] other) => Correlation.Estimator.Contrast(one, other, level, 0, 60).Interval!;
    }

    [Fact]
    public void Neither_the_clusters_order_nor_that_of_the_sides_matters_where_covariates_are_equal()
    {
        // Three covariates, each with clusters whose scores have equal sums.
        var units = Units(18, i => (i % 3, i * 7 % 5 + i % 2, 8 - i * 7 % 5));
        var whole = Around(units, 0.9).Interval!;

        for (var seed = 0; seed < 10; seed++)
        {
            var shuffled = units.ToArray();
            new Random(seed).Shuffle(shuffled);
            var mirrored = Around([.. shuffled.Select(unit => (unit.X, unit.Second, unit.First))], 0.9).Interval!;

            Around(shuffled, 0.9).Interval.Should().Be(whole);
            (mirrored.Low, mirrored.High).Should().Be((-whole.High, -whole.Low));
        }
    }

    [Theory]
    [InlineData(1e-9, 0)]
    [InlineData(1e9, 0)]
    [InlineData(1, 1e7)]
    public void Neither_unit_nor_origin_of_covariate_and_scores_matters(double scale, double origin)
    {
        var units = Units(15, i => (i * i % 11, i * 5 % 7, i * i * i % 13));
        var plain = Around(units, 0.9).Interval!;

        var moved = Around([.. units.Select(unit => (Moved(unit.X), Moved(unit.First), Moved(unit.Second)))], 0.9).Interval!;

        moved.Low.Should().BeApproximately(plain.Low, 1e-6);
        moved.High.Should().BeApproximately(plain.High, 1e-6);

        double Moved(double value) => origin + value * scale;
    }

    [Fact]
    public void Sides_that_vary_together_have_no_interval()
    {
        var units = Units(19, i => (i, i * 4 % 9, 3 + 2 * (i * 4 % 9)));

        PairedBootstrap.Around(0, units, 0.9).Should().Be(
            Estimate.WithoutInterval(0, "the two sides are alike or vary together: no resample has another difference"));
    }

    [Fact]
    public void A_level_beyond_the_outermost_resample_has_no_interval()
    {
        var units = Units(40, i => (i, i * 7 % 23, i * i % 19));

        Around(units, 0.99).Interval.Should().NotBeNull();
        Around(units, 0.999999).UndefinedReason.Should().Be("10,000 resamples are too few for this level");
    }

    [Fact]
    public void A_side_that_often_does_not_vary_is_the_reason()
    {
        // One score of eight is another: (7/8)^8, a third of the resamples, do not have it.
        var estimate = Around(Units(8, i => (i, i == 5 ? 1 : 0, i * i % 5)), 0.9);

        estimate.Interval.Should().BeNull();
        estimate.UndefinedReason.Should().MatchRegex("^a side does not vary in 3,[345][0-9][0-9] of 10,000 resamples$");
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.99)]
    [InlineData(0.9999)]
    [InlineData(0.9999999)]
    public void Few_and_skewed_clusters_have_an_interval_around_the_difference_or_a_reason(double level)
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);

            var estimate = Around(Units(4 + seed % 3, _ => (random.NextDouble(), Math.Pow(random.NextDouble(), 6), Math.Pow(random.NextDouble(), 6))), level);

            (estimate.Interval is { } interval ? interval.Low <= estimate.Value && estimate.Value <= interval.High : estimate.UndefinedReason is not null)
                .Should().BeTrue();
        }
    }

    private static Estimate Around((double X, double First, double Second)[] units, double level)
    {
        return PairedBootstrap.Around(With(unit => unit.First) - With(unit => unit.Second), units, level);

        double With(Func<(double X, double First, double Second), double> side) =>
            MathNet.Numerics.Statistics.Correlation.Pearson(units.Select(unit => unit.X), units.Select(side));
    }

    private static (double X, double First, double Second)[] Units(int clusters, Func<int, (double X, double First, double Second)> unit) =>
        [.. Enumerable.Range(0, clusters).Select(unit)];

    private static (Observation[] First, Observation[] Second) Sides(int clusters, Func<int, (double X, double First, double Second)> unit)
    {
        var units = Units(clusters, unit);
        return (
            [.. units.Select((one, i) => new Observation(one.First, 1, i) { Covariates = [one.X] })],
            [.. units.Select((one, i) => new Observation(one.Second, 1, i) { Covariates = [one.X] })]);
    }
}
