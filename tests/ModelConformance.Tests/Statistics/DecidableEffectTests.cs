using ModelConformance.Statistics;

namespace ModelConformance.Tests.Statistics;

public sealed class DecidableEffectTests
{
    private static readonly PlannedScores Bias = PlannedScores.EitherWay(0.3, 0.1);

    [Fact]
    public void Of_independent_units_it_is_the_sample_size_formula_of_the_textbooks()
    {
        // So many clusters that t is normal: z(0.95) = 1.6449, z(0.8) = 0.8416, z(0.9) = 1.2816.
        var effect = DecidableEffect.OfMean(PlannedScores.Share(0.85, 0), [.. Enumerable.Repeat(1, 100_000)]);

        var above = effect.Above(0.7, 0.05);
        (above - 0.7).Should().BeApproximately((1.6449 + 0.8416) * Error(above), 1e-6);
        var below = effect.Below(0.7, 0.05);
        (0.7 - below).Should().BeApproximately((1.6449 + 0.8416) * Error(below), 1e-6);
        effect.Within(0.1, 0.5, 0.05).High.Should().BeApproximately(0.3 + (1.6449 + 1.2816) * Error(0.3), 1e-6);

        static double Error(double share) => Math.Sqrt(share * (1 - share) / 100_000);
    }

    [Fact]
    public void Clusters_that_are_alike_count_as_one_unit_each()
    {
        var planned = Bias with { Correlation = 1 };
        int[] sizes = [.. Enumerable.Repeat(7, 40)];

        DecidableEffect.OfMean(planned, sizes).Within(-1, 1, 0.05)
            .Should().Be(DecidableEffect.OfMean(planned with { Correlation = 0 }, [.. Enumerable.Repeat(1, 40)]).Within(-1, 1, 0.05));
    }

    [Fact]
    public void More_clusters_less_correlation_and_a_greater_alpha_decide_narrower_limits()
    {
        double Reach(PlannedScores planned, int clusters, double alpha) =>
            DecidableEffect.OfMean(planned, [.. Enumerable.Repeat(20, clusters)]).Within(-1, 1, alpha).High;

        var reach = Reach(Bias, 25, 0.05);
        Reach(Bias, 50, 0.05).Should().BeLessThan(reach);
        Reach(Bias with { Correlation = 0.05 }, 25, 0.05).Should().BeLessThan(reach);
        Reach(Bias, 25, 0.1).Should().BeLessThan(reach);
    }

    [Fact]
    public void Of_a_correlation_the_limits_stay_within_its_range()
    {
        var effect = DecidableEffect.OfCorrelation(60);

        var (low, high) = effect.Within(-0.35, 0.35, 0.05);
        high.Should().BeApproximately(Math.Tanh((1.644854 + 1.281552) / Math.Sqrt(57)), 1e-6);
        low.Should().BeApproximately(-high, 1e-12);
        effect.Above(0.99, 0.05).Should().BeInRange(0.99, 1);
    }

    [Fact]
    public void Too_few_clusters_decide_nothing()
    {
        var mean = () => DecidableEffect.OfMean(Bias, [50]);
        var correlation = () => DecidableEffect.OfCorrelation(3);

        mean.Should().Throw<ArgumentException>().WithMessage("*2 clusters*1*");
        correlation.Should().Throw<ArgumentException>();
    }
}
