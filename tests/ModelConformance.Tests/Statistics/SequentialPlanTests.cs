using ModelConformance.Statistics;

namespace ModelConformance.Tests.Statistics;

/// <summary>Growth rates that have a closed form, and what is refused.</summary>
public sealed class SequentialPlanTests
{
    [Theory]
    [InlineData(0.6)]
    [InlineData(0.53)]
    [InlineData(0.4)]
    [InlineData(0.01)]
    public void Yes_or_no_grows_by_the_divergence_from_the_limit(double share)
    {
        // The best bet on a coin is Kelly's: E log(1 + λ(x − m)) is then the Kullback-Leibler divergence.
        const double Limit = 0.5;
        var growth = share * Math.Log(share / Limit) + (1 - share) * Math.Log((1 - share) / (1 - Limit));

        Plan([(1, share), (0, 1 - share)], Limit, 0.05).Should().Be((int)Math.Ceiling(Math.Log(20) / growth));
    }

    [Fact]
    public void Scores_of_minus_1_0_and_1_grow_by_the_best_of_all_bets()
    {
        (double Value, double Probability)[] values = [(0, 0.12), (0.5, 0.7), (1, 0.18)];
        var growth = Enumerable.Range(0, 100_000)
            .Max(i => values.Sum(one => one.Probability * Math.Log(1 + i / 50_000.0 * (one.Value - 0.475))));

        Plan(values, 0.475, 0.05).Should().Be((int)Math.Ceiling(Math.Log(20) / growth));
    }

    [Fact]
    public void The_alpha_counts_by_its_logarithm() =>
        Plan([(1, 0.6), (0, 0.4)], 0.5, 1e-6).Should().BeCloseTo(2 * Plan([(1, 0.6), (0, 0.4)], 0.5, 1e-3), 1);

    [Theory]
    [InlineData(1, 0.97)]
    [InlineData(0, 0.03)]
    public void Values_that_are_all_alike_stake_everything(double value, double limit) =>
        Plan([(value, 1), (0.5, 0)], limit, 0.05).Should().Be((int)Math.Ceiling(Math.Log(20) / Math.Log(1 / 0.97)));

    [Fact]
    public void A_mean_at_the_limit_takes_all_units()
    {
        Plan([(1, 0.25), (0.5, 0.5), (0, 0.25)], 0.5, 0.05).Should().Be(29_246);
        Plan([(0.5, 1)], 0.5, 0.05).Should().Be(29_246);
        Plan([(0, 1)], 0, 0.05).Should().Be(29_246);
        Plan([(1, 1)], 1, 0.05).Should().Be(29_246);
    }

    [Fact]
    public void No_plan_takes_more_than_all_units_or_less_than_one()
    {
        SequentialPlan.Units([(1, 0.51), (0, 0.49)], 0.5, 0.05, 432).Should().Be(432);
        SequentialPlan.Units([(1, 1)], 0, 0.05, 432).Should().Be(1);
        SequentialPlan.Units([(0, 1)], 1, 0.9, 432).Should().Be(1);
    }

    [Fact]
    public void The_mirrored_values_take_as_many() =>
        Plan([(0, 0.1), (0.5, 0.7), (1, 0.2)], 0.475, 0.05).Should().Be(Plan([(1, 0.1), (0.5, 0.7), (0, 0.2)], 0.525, 0.05));

    [Fact]
    public void What_is_no_distribution_no_limit_or_no_alpha_is_refused()
    {
        (double Value, double Probability)[][] none =
        [
            [], [(0.5, 0.9)], [(1.1, 1)], [(-0.1, 1)], [(0, -0.5), (1, 1.5)], [(double.NaN, 1)], [(0, double.NaN)],
        ];
        foreach (var values in none)
        {
            Refused<ArgumentException>(() => Plan(values, 0.5, 0.05), "The values lie between 0 and 1 and their probabilities sum to 1.*");
        }

        Refused<ArgumentOutOfRangeException>(() => Plan([(0, 1)], 1.5, 0.05), "A limit lies*");
        Refused<ArgumentOutOfRangeException>(() => Plan([(0, 1)], 0.5, 0), "An alpha lies*");
        Refused<ArgumentOutOfRangeException>(() => SequentialPlan.Units([(0, 1)], 0.5, 0.05, 0), "*");

        static void Refused<T>(Func<int> plan, string message)
            where T : Exception => plan.Should().Throw<T>().WithMessage(message);
    }

    private static int Plan((double Value, double Probability)[] values, double limit, double alpha) =>
        SequentialPlan.Units(values, limit, alpha, 29_246);
}
