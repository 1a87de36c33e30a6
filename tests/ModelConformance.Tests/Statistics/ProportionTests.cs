using ModelConformance.Statistics;

namespace ModelConformance.Tests.Statistics;

public sealed class ProportionTests
{
    private const double Close = 1e-14;

    [Fact]
    public void One_of_two_has_the_interval_of_two_quadratic_equations()
    {
        // P(X ≥ 1) = 1 − (1 − p)² = 0.05 below, and the mirror image above.
        var estimate = Proportion.Of(1, 2, 0.9);

        estimate.Value.Should().Be(0.5);
        estimate.Interval!.Low.Should().BeApproximately(1 - Math.Sqrt(0.95), Close);
        estimate.Interval.High.Should().BeApproximately(Math.Sqrt(0.95), Close);
        estimate.Interval.Should().BeEquivalentTo(new { Level = 0.9, Method = "Clopper-Pearson", Clusters = 2 });
    }

    [Fact]
    public void No_success_and_nothing_but_successes_have_a_closed_form()
    {
        var (none, all) = (Proportion.Of(0, 50, 0.95).Interval!, Proportion.Of(50, 50, 0.95).Interval!);

        none.Low.Should().Be(0);
        none.High.Should().BeApproximately(1 - Math.Pow(0.025, 0.02), Close);
        all.Low.Should().BeApproximately(Math.Pow(0.025, 0.02), Close);
        all.High.Should().Be(1);
    }

    [Fact]
    public void A_small_share_is_exact_relative_to_itself()
    {
        // 1 of n: P(X ≥ 1) = 1 − (1 − p)ⁿ = 0.025.
        var low = Proportion.Of(1, 1_000_000, 0.95).Interval!.Low;

        (low / -(Math.Exp(Math.Log(0.975) / 1e6) - 1)).Should().BeApproximately(1, 1e-8);
    }

    [Fact]
    public void Without_trials_a_share_is_undefined() =>
        Proportion.Of(0, 0, 0.95).Should().BeEquivalentTo(new { Value = (double?)null, UndefinedReason = "no trials", Interval = (Interval?)null });

    [Theory]
    [InlineData(-1, 5, 0.9, "successes")]
    [InlineData(6, 5, 0.9, "successes")]
    [InlineData(0, -1, 0.9, "successes")]
    [InlineData(1, 5, 0, "level")]
    [InlineData(1, 5, 1, "level")]
    [InlineData(0, 0, double.NaN, "level")]
    public void Counts_and_levels_out_of_range_are_refused(int successes, int trials, double level, string argument)
    {
        var share = () => Proportion.Of(successes, trials, level);

        share.Should().Throw<ArgumentOutOfRangeException>().WithParameterName(argument);
    }
}
