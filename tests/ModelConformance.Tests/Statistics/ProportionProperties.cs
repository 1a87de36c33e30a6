using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using ModelConformance.Statistics;
using static ModelConformance.Tests.Statistics.EstimateComparison;

namespace ModelConformance.Tests.Statistics;

public sealed class ProportionProperties
{
    private static readonly Arbitrary<(int Successes, int Trials)> Counts = (
        from trials in Gen.Choose(1, 40)
        from successes in Gen.Choose(0, trials)
        select (successes, trials)).ToArbitrary();

    private static readonly Arbitrary<(int Trials, double Share)> Truths = (
        from trials in Gen.Choose(1, 40)
        from share in Gen.Choose(1, 999)
        select (trials, share / 1000.0)).ToArbitrary();

    /// <summary>Both ends are where a one-sided binomial test turns, by the sum of its probabilities.</summary>
    [Fact]
    public void The_ends_are_the_shares_that_a_binomial_test_only_just_does_not_refute() => Holds(Counts, counts =>
    {
        var (k, n) = counts;
        var interval = Proportion.Of(k, n, 0.9).Interval!;
        return (k == 0 ? interval.Low == 0 : Near(Probability(n, interval.Low, k, n), 0.05))
            && (k == n ? interval.High == 1 : Near(Probability(n, interval.High, 0, k), 0.05));
    });

    [Fact]
    public void Whatever_the_share_the_interval_covers_it_at_least_as_often_as_its_level_says() => Holds(Truths, truth =>
    {
        var covering = Enumerable.Range(0, truth.Trials + 1)
            .Where(k => Proportion.Of(k, truth.Trials, 0.9).Interval is { } interval && interval.Low <= truth.Share && truth.Share <= interval.High);
        return covering.Sum(k => Probability(truth.Trials, truth.Share, k, k)) >= 0.9 - 1e-9;
    });

    [Fact]
    public void Exchanging_successes_and_failures_mirrors_the_interval() => Holds(Counts, counts =>
        Proportion.Of(counts.Successes, counts.Trials, 0.95).Interval is var one
        && Proportion.Of(counts.Trials - counts.Successes, counts.Trials, 0.95).Interval is var other
        && Near(one!.Low, 1 - other!.High) && Near(one.High, 1 - other.Low));

    [Fact]
    public void An_interval_contains_its_share_has_width_and_is_within_0_and_1() => Holds(Counts, counts =>
        Proportion.Of(counts.Successes, counts.Trials, 0.95) is var estimate
        && Sound(estimate) && estimate.Interval!.Low >= 0 && estimate.Interval.High <= 1);

    /// <summary>P(from ≤ X ≤ to) with X ~ Bin(n, p).</summary>
    private static double Probability(int n, double p, int from, int to) =>
        Enumerable.Range(from, to - from + 1).Sum(k => (double)Ways(n, k) * Math.Pow(p, k) * Math.Pow(1 - p, n - k));

    private static BigInteger Ways(int n, int k) => Enumerable.Range(1, k).Aggregate(BigInteger.One, (ways, i) => ways * (n - k + i) / i);

    private static void Holds<T>(Arbitrary<T> arbitrary, Func<T, bool> property) => Prop.ForAll(arbitrary, property).QuickCheckThrowOnFailure();
}
