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

    private static (Observation[] First, Observation[] Second) Sides(int clusters, Func<int, (double X, double First, double Second)> unit)
    {
        var units = Enumerable.Range(0, clusters).Select(unit).ToArray();
        return (
            [.. units.Select((one, i) => new Observation(one.First, 1, i) { Covariates = [one.X] })],
            [.. units.Select((one, i) => new Observation(one.Second, 1, i) { Covariates = [one.X] })]);
    }
}
