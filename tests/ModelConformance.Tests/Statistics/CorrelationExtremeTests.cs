using ModelConformance.Statistics;

namespace ModelConformance.Tests.Statistics;

/// <summary>Against every point of a grid, with a correlation of the tests' own; <see cref="CorrelationExtremeProperties"/> has larger samples.</summary>
public sealed class CorrelationExtremeTests
{
    public enum Sample
    {
        /// <summary>Known scores anywhere, open ones between 0 and 1.</summary>
        Anywhere,

        /// <summary>Known scores along a falling line, so that no choice may have a correlation above 0.</summary>
        Falling,

        /// <summary>All open scores at one covariate.</summary>
        OneCovariate,
    }

    [Theory]
    [InlineData(Sample.Anywhere, 1)]
    [InlineData(Sample.Falling, 1)]
    [InlineData(Sample.OneCovariate, 1)]
    [InlineData(Sample.Anywhere, 1e6)]
    [InlineData(Sample.Falling, 1e-6)]
    public void No_point_of_a_grid_is_beyond_the_extremes(Sample kind, double size)
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var units = Units(kind, size, new Random(seed));
            var grid = Grid(units.Count(unit => unit.Slack > 0)).Select(shares => Correlation(units, shares)).ToArray();

            Correlation(units, Open(units, greatest: true)).Should().BeGreaterThanOrEqualTo(grid.Max() - 1e-9, "{0} {1}", kind, seed);
            Correlation(units, Open(units, greatest: false)).Should().BeLessThanOrEqualTo(grid.Min() + 1e-9, "{0} {1}", kind, seed);
        }
    }

    [Fact]
    public void A_best_that_lies_beside_a_long_slope_is_reached()
    {
        (double X, double Low, double Slack)[] units = [(0.293, 0, 1), (0.216, 0, 1), (0.433, 0.001, 0), (0.695, 0, 1)];

        Correlation(units, Open(units, greatest: true)).Should().BeApproximately(1, 1e-9);
        Correlation(units, Open(units, greatest: false)).Should().BeApproximately(-1, 1e-9, "all can lie on a line that falls through the known one");
    }

    [Fact]
    public void Known_scores_that_differ_by_their_rounding_alone_are_no_line()
    {
        (double X, double Low, double Slack)[] units = [(0.883, 0.184, 0), (0.15, 0, 1), (0.48, 0, 1), (0.824, 0.18400000000000005, 0)];

        Correlation(units, Open(units, greatest: false)).Should().BeLessThan(-0.99);
        CorrelationExtreme.Shares(units, greatest: false)[1].Should().BeGreaterThan(0.2, "scores that are all alike have no correlation");
    }

    [Fact]
    public void Known_scores_have_no_share()
    {
        CorrelationExtreme.Shares([(1, 0.2, 0), (2, 0.7, 0), (3, 0.1, 0)], greatest: true).Should().Equal(0, 0, 0);
        CorrelationExtreme.Shares([(1, 0.2, 0), (2, 0.7, 0), (9, 0, 1)], greatest: true).Should().StartWith([0, 0]).And.HaveCount(3);
    }

    private static double[] Open((double X, double Low, double Slack)[] units, bool greatest) =>
        [.. CorrelationExtreme.Shares(units, greatest).Where((_, i) => units[i].Slack > 0)];

    private static (double X, double Low, double Slack)[] Units(Sample kind, double size, Random random) =>
    [
        .. Enumerable.Range(0, 7).Select(i =>
        {
            var x = 10 + random.NextDouble();
            var known = kind == Sample.Falling ? Math.Clamp(11 - x + 0.05 * random.NextDouble(), 0, 1) : random.NextDouble();
            return i % 3 == 1 ? (kind == Sample.OneCovariate ? 10.4 : x, 0.0, size) : (x, size * known, 0.0);
        }),
    ];

    /// <summary>All shares in twentieths.</summary>
    private static IEnumerable<double[]> Grid(int open) => Enumerable.Range(0, (int)Math.Pow(21, open))
        .Select(point => Enumerable.Range(0, open).Select(i => point / (int)Math.Pow(21, i) % 21 / 20.0).ToArray());

    private static double Correlation((double X, double Low, double Slack)[] units, double[] shares)
    {
        var next = 0;
        var scores = Array.ConvertAll(units, unit => unit.Slack > 0 ? unit.Low + shares[next++] * unit.Slack : unit.Low);
        return MathNet.Numerics.Statistics.Correlation.Pearson(units.Select(unit => unit.X), scores);
    }
}
