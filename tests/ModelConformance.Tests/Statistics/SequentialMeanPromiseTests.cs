using System.Runtime.InteropServices;
using MathNet.Numerics.Distributions;
using ModelConformance.Statistics;

namespace ModelConformance.Tests.Statistics;

/// <summary>The promise: at most alpha of the orders mislead. Counted over every order where that is possible; and what the promise costs.</summary>
public sealed class SequentialMeanPromiseTests
{
    private const double Rounding = 1e-12;

    private static readonly (double Low, double High)[] YesOrNo = [(0, 0), (1, 1)];

    private static readonly (double Low, double High)[] Scores = [(0, 0), (0.5, 0.5), (1, 1)];

    private static readonly (double Low, double High)[] ScoresAndUnanswered = [(0, 0), (0.3, 0.3), (1, 1), (0, 1)];

    [Theory]
    [InlineData(0.5, 0.2)]
    [InlineData(0.25, 0.3)]
    [InlineData(0.75, 0.2)]
    public void In_every_population_of_16_that_say_yes_or_no_at_most_alpha_of_all_orders_mislead(double limit, double alpha) =>
        AtMostAlphaOfAllOrders(YesOrNo, 16, limit, alpha);

    [Theory]
    [InlineData(0.5, 0.4)]
    [InlineData(0.525, 0.6)]
    [InlineData(0.3, 0.4)]
    [InlineData(0.9, 0.4)]
    public void In_every_population_of_10_scores_at_most_alpha_of_all_orders_mislead(double limit, double alpha) =>
        AtMostAlphaOfAllOrders(Scores, 10, limit, alpha);

    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(0.3, 0.5)]
    [InlineData(0.7, 0.5)]
    public void In_every_population_of_8_with_unanswered_units_at_most_alpha_of_all_orders_mislead(double limit, double alpha) =>
        AtMostAlphaOfAllOrders(ScoresAndUnanswered, 8, limit, alpha);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(400, 0.3, 0.5, 0)]
    [InlineData(400, 0.3, 0.5, 1)]
    [InlineData(2000, 0.1, 0.525, 0)]
    [InlineData(2000, 0.1, 0.525, 1)]
    [InlineData(2000, 1, 0.525, 0)]
    public void Right_at_the_limit_no_more_than_alpha_of_many_orders_mislead(int units, double notUnknown, double limit, int above)
    {
        const int Orders = 2000;
        const double Alpha = 0.05;
        var scores = Population(units, notUnknown, limit, above);
        (scores.Average() >= limit).Should().BeTrue("the population is at the limit, or as little above it as can be");

        var misled = Enumerable.Range(0, Orders).Count(seed => Run(Shuffled(scores, seed), limit, Alpha).IsBelow);

        ClopperPearsonLow(misled, Orders).Should().BeLessThanOrEqualTo(Alpha, "{0} of {1} orders misled", misled, Orders);
        misled.Should().BeGreaterThan(Orders / 200, "a promise so far from its limit would waste units");
    }

    [Theory]
    [InlineData(0.1, 0.02)]
    [InlineData(0.3, 0)]
    [InlineData(0.3, 0.1)]
    [InlineData(1, -0.04)]
    [InlineData(1, 0.2)]
    public void A_decision_takes_little_more_than_a_bet_that_knows_the_scores(double notUnknown, double bias)
    {
        const int Units = 29_246;
        const double Limit = 0.525;
        const int Orders = 60;
        var (biased, other) = ((notUnknown + bias) / 2, (notUnknown - bias) / 2);
        double[] scores = [.. Enumerable.Range(0, Units).Select(i => i < biased * Units ? 1 : i < (biased + other) * Units ? 0 : 0.5)];
        var best = SequentialPlan.Units([(1, biased), (0.5, 1 - notUnknown), (0, other)], Limit, 0.05, Units);
        best.Should().BeInRange(200, Units / 10);

        var runs = Enumerable.Range(0, Orders).Select(seed => Run(Shuffled(scores, seed), Limit, 0.05)).ToArray();

        runs.Average(run => run.Counted).Should().BeLessThanOrEqualTo(1.3 * best);
        runs.Count(run => bias > 0.05 ? run.IsBelow : run.IsAbove).Should().BeLessThan(Orders / 8);
    }

    private static void AtMostAlphaOfAllOrders((double Low, double High)[] kinds, int units, double limit, double alpha)
    {
        var populations = new Dictionary<long, Outcomes>();
        var order = new int[units];
        do
        {
            var mean = new SequentialMean(units, limit, alpha, alpha);
            Array.ForEach(order, kind => mean.Add(kinds[kind].Low, kinds[kind].High));
            ref var all = ref CollectionsMarshal.GetValueRefOrAddDefault(populations, order.Sum(kind => 1L << 8 * kind), out _);
            all = new(order.Average(kind => kinds[kind].Low), order.Average(kind => kinds[kind].High), all.Orders + 1,
                all.Above + (mean.IsAbove ? 1 : 0), all.Below + (mean.IsBelow ? 1 : 0));
        }
        while (Next(order, kinds.Length));

        foreach (var all in populations.Values)
        {
            Kept(all.Above, all.Orders, all.Low > limit + Rounding).Should().BeTrue("{0} is what the limit {1} makes of them", all, limit);
            Kept(all.Below, all.Orders, all.High < limit - Rounding).Should().BeTrue("{0} is what the limit {1} makes of them", all, limit);
        }

        populations.Values.Any(all => (all.Low <= limit && all.Above > 0) || (all.High >= limit && all.Below > 0))
            .Should().BeTrue("where nothing can mislead, nothing is promised");

        // On the right side every order ends, at the latest when all is known; on the wrong one at most alpha of them are misled.
        bool Kept(int decided, int orders, bool rightly) => rightly ? decided == orders : decided <= alpha * orders;
    }

    /// <summary>Counts up, so that every order of every population comes once.</summary>
    private static bool Next(int[] order, int kinds)
    {
        for (var i = 0; i < order.Length; i++)
        {
            if (++order[i] < kinds)
            {
                return true;
            }

            order[i] = 0;
        }

        return false;
    }

    /// <summary>Scores 0, ½ and 1, of which a share is not ½, with the least mean that is not below the limit, or so many steps of ½ above.</summary>
    private static double[] Population(int units, double notUnknown, double limit, int above)
    {
        var counted = (int)(units * notUnknown);
        var twice = (int)Math.Ceiling(2 * units * limit - 1e-9) + above;

        // ones + zeros = counted and 2·ones + (units − counted) = twice; where that is odd, a ½ instead of a zero.
        var ones = (twice - units + counted) / 2;
        var half = (twice - units + counted) % 2;
        return
        [
            .. Enumerable.Repeat(1.0, ones),
            .. Enumerable.Repeat(0.0, counted - ones - half),
            .. Enumerable.Repeat(0.5, units - counted + half),
        ];
    }

    private static double[] Shuffled(double[] scores, int seed)
    {
        var shuffled = (double[])scores.Clone();
        new Random(seed).Shuffle(shuffled);
        return shuffled;
    }

    private static SequentialMean Run(double[] scores, double limit, double alpha)
    {
        var mean = new SequentialMean(scores.Length, limit, alpha, alpha);
        foreach (var score in scores.TakeWhile(_ => !mean.IsBelow && !mean.IsAbove))
        {
            mean.Add(score, score);
        }

        return mean;
    }

    private static double ClopperPearsonLow(int successes, int trials) =>
        successes == 0 ? 0 : Beta.InvCDF(successes, trials - successes + 1, 0.025);

    /// <summary>What became of all orders of a population whose mean lies between a low and a high.</summary>
    private readonly record struct Outcomes(double Low, double High, int Orders, int Above, int Below);
}
