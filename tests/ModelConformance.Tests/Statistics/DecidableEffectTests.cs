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
    public void Of_clustered_units_the_error_is_Kishs_and_t_has_one_degree_less_than_clusters()
    {
        // Clusters of 1 and 3: ρ Σ n_g² + (1 − ρ) n = 5 + 2. With one degree of freedom the t above which a share p lies is tan((½ − p) π).
        var effect = DecidableEffect.OfMean(Bias with { Correlation = 0.5 }, [1, 3]);

        var (low, high) = effect.Within(-0.9, 1.1, 0.05);

        var error = Math.Sqrt(PlannedScores.EitherWay(0.3, 0).WithMean(0.1).Variance * 7) / 4;
        high.Should().BeApproximately(0.1 + (Math.Tan(0.45 * Math.PI) + Math.Tan(0.4 * Math.PI)) * error, 1e-9);
        low.Should().BeApproximately(0.2 - high, 1e-9);
    }

    [Fact]
    public void Of_a_correlation_the_truth_is_so_far_from_a_limit_on_Fishers_scale()
    {
        var effect = DecidableEffect.OfCorrelation(60);

        var room = (1.6448536 + 0.8416212) / Math.Sqrt(57);
        effect.Above(0.2, 0.05).Should().BeApproximately(Math.Tanh(Math.Atanh(0.2) + room), 1e-7);
        effect.Below(0.2, 0.05).Should().BeApproximately(Math.Tanh(Math.Atanh(0.2) - room), 1e-7);
        effect.Within(0, 0.6, 0.05).High.Should().BeApproximately(
            Math.Tanh(Math.Atanh(0.6) / 2 + (1.6448536 + 1.2815516) / Math.Sqrt(57)), 1e-7);
    }

    [Fact]
    public void Of_a_contrast_of_correlations_the_truth_is_so_far_from_a_limit_as_it_stands()
    {
        var effect = DecidableEffect.OfCorrelationContrast(60);

        // t with 59 degrees above which 5 %, 20 % and 10 % lie.
        var room = (1.671093 + 0.847755) / Math.Sqrt(57);
        effect.Above(0.2, 0.05).Should().BeApproximately(0.2 + room, 1e-5);
        effect.Below(0.2, 0.05).Should().BeApproximately(0.2 - room, 1e-5);
        effect.Within(-0.4, 0.6, 0.05).High.Should().BeApproximately(0.1 + (1.671093 + 1.296066) / Math.Sqrt(57), 1e-5);
    }

    [Fact]
    public void The_fewest_clusters_are_far_from_deciding_and_fewer_decide_nothing()
    {
        DecidableEffect.OfMean(Bias, [1, 1]).Within(-1, 1, 0.05).High.Should().BeGreaterThan(1);
        DecidableEffect.OfCorrelation(4).Above(0, 0.05).Should().BeApproximately(Math.Tanh(1.6448536 + 0.8416212), 1e-7);
        DecidableEffect.OfCorrelationContrast(4).Above(0, 0.05).Should().BeApproximately(2.353363 + 0.978472, 1e-5);

        Refused(() => DecidableEffect.OfMean(Bias, [50]), "At least 2 clusters are needed, found 1.*");
        Refused(() => DecidableEffect.OfCorrelation(3), "At least 4 clusters are needed, found 3.*");
        Refused(() => DecidableEffect.OfCorrelationContrast(3), "At least 4 clusters are needed, found 3.*");

        static void Refused(Func<DecidableEffect> effect, string message) =>
            effect.Should().Throw<ArgumentException>().WithMessage(message).WithParameterName("clusters");
    }
}
