using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using ModelConformance.Statistics;
using static ModelConformance.Tests.Statistics.EstimateComparison;

namespace ModelConformance.Tests.Statistics;

public sealed class McNemarTests
{
    private static readonly Arbitrary<(int B, int C)> Pairs = (
        from b in Gen.Choose(0, 60)
        from c in Gen.Choose(0, 60)
        select (b, c)).ToArbitrary();

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(2, 0, 0.5)]
    [InlineData(0, 9, 2.0 / 512)]
    [InlineData(3, 1, 2 * (1.0 + 4) / 16)]
    [InlineData(5, 5, 1)]
    public void The_p_is_twice_the_smaller_tail_of_a_binomial_and_at_most_1(int b, int c, double p) =>
        McNemar.TwoSided(b, c).Should().BeApproximately(p, 1e-14);

    [Fact]
    public void Sides_that_agree_everywhere_show_no_difference_and_are_not_undefined() => McNemar.TwoSided(0, 0).Should().Be(1);

    [Theory]
    [InlineData(-1, 3)]
    [InlineData(3, -1)]
    public void Counts_below_0_are_refused(int b, int c)
    {
        var p = () => McNemar.TwoSided(b, c);

        p.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Exchanging_the_sides_changes_nothing() => Holds(pair => McNemar.TwoSided(pair.B, pair.C) == McNemar.TwoSided(pair.C, pair.B));

    [Fact]
    public void The_p_is_the_sum_of_the_probabilities_of_splits_at_least_as_uneven() => Holds(pair =>
    {
        var n = pair.B + pair.C;
        var uneven = Enumerable.Range(0, n + 1).Where(k => Math.Abs(2 * k - n) >= Math.Abs(pair.B - pair.C));
        var ways = uneven.Aggregate(BigInteger.Zero, (sum, k) => sum + Enumerable.Range(1, k).Aggregate(BigInteger.One, (w, i) => w * (n - k + i) / i));
        var p = (double)ways / Math.Pow(2, n);
        return Near(McNemar.TwoSided(pair.B, pair.C) / p, 1);
    });

    [Fact]
    public void A_more_uneven_split_has_a_smaller_p() => Holds(pair =>
        pair.B <= pair.C || McNemar.TwoSided(pair.B + 1, pair.C) < McNemar.TwoSided(pair.B, pair.C));

    private static void Holds(Func<(int B, int C), bool> property) => Prop.ForAll(Pairs, property).QuickCheckThrowOnFailure();
}
