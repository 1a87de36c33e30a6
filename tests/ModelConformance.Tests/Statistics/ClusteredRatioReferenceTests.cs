using ModelConformance.Statistics;
using static ModelConformance.Tests.Statistics.ReferenceValues;

namespace ModelConformance.Tests.Statistics;

/// <summary>Agreement with <see cref="ReferenceValues"/>.</summary>
[Trait("Category", "Reference")]
public sealed class ClusteredRatioReferenceTests
{
    [SkippableFact]
    public void The_clustered_mean_agrees_with_R()
    {
        var entry = Entry("clusteredMean");

        var estimate = ClusteredRatio.Of(Observations(entry, "values"), 0.95, -1, 1);

        Agrees(estimate.Value!.Value, Number(entry, "mean"));
        Agrees(Error(estimate), Number(entry, "seClusterCR1"));
        Agrees(estimate.Interval!, Numbers(entry, "ci95CR1"));
        estimate.Interval!.Clusters.Should().Be(entry.GetProperty("clusters").GetInt32());
    }

    [SkippableFact]
    public void Where_every_item_is_its_own_cluster_the_error_is_that_of_independent_items_in_R()
    {
        var entry = Entry("clusteredMean");

        var estimate = ClusteredRatio.Of([.. Observations(entry, "values").Select((o, i) => o with { Cluster = i })], 0.95, -1, 1);

        Agrees(Error(estimate), Number(entry, "seNaive"));
        estimate.Interval!.Clusters.Should().Be(entry.GetProperty("n").GetInt32());
    }

    [SkippableFact]
    public void The_clustered_ratio_agrees_with_R()
    {
        var entry = Entry("clusteredRatio");
        var (m, b, cluster) = (Numbers(entry, "nonUnknown"), Numbers(entry, "biased"), Numbers(entry, "cluster"));

        var estimate = ClusteredRatio.Of([.. m.Select((weight, i) => new Observation(2 * b[i] - weight, weight, (int)cluster[i]))], 0.95, -1, 1);

        Agrees(estimate.Value!.Value, Number(entry, "score"));
        Agrees(Error(estimate), Number(entry, "seClusterCR1"));
    }

    [SkippableFact]
    public void The_paired_contrast_and_its_one_sided_p_agree_with_R()
    {
        var entry = Entry("pairedClustered");

        var estimate = ClusteredRatio.Contrast(Observations(entry, "treated"), Observations(entry, "baseline"), 0.95, -1, 1);

        Agrees(estimate.Value!.Value, Number(entry, "meanDifference"));
        Agrees(Error(estimate), Number(entry, "seClusterCR1"));
        Agrees(Below(estimate, 0), Number(entry, "tOneSidedPLess"));
    }

    [SkippableFact]
    public void The_equivalence_test_agrees_with_R_where_every_item_is_its_own_cluster()
    {
        var entry = Entry("equivalence");
        var (differences, margin) = (Numbers(entry, "differences"), Number(entry, "margin"));
        Estimate At(double level) => ClusteredRatio.Of([.. differences.Select((d, i) => new Observation(d, 1, i))], level, -1, 1);

        var estimate = At(0.95);

        Agrees(estimate.Value!.Value, Number(entry, "mean"));
        Agrees(estimate.Interval!, Numbers(entry, "ci95"));
        Agrees(At(0.9).Interval!, Numbers(entry, "ci90"));
        var mirrored = ClusteredRatio.Of([.. differences.Select((d, i) => new Observation(-d, 1, i))], 0.95, -1, 1);
        var (lower, upper) = (Below(mirrored, margin), Below(estimate, margin));
        Agrees(lower, Number(entry, "pLower"));
        Agrees(upper, Number(entry, "pUpper"));
        Agrees(Math.Max(lower, upper), Number(entry, "pTost"));
    }

    [SkippableFact]
    public void The_verdict_of_the_equivalence_test_is_that_of_its_interval()
    {
        var entry = Entry("equivalence");
        var (p, margin) = (Number(entry, "pTost"), Number(entry, "margin"));
        Observation[] sample = [.. Numbers(entry, "differences").Select((d, i) => new Observation(d, 1, i))];

        foreach (var alpha in new[] { 0.001, 0.01, 0.025, 0.05, 0.1 })
        {
            var interval = ClusteredRatio.Of(sample, 1 - 2 * alpha, -1, 1).Interval!;

            (interval.Low > -margin && interval.High < margin).Should().Be(p < alpha, $"that is how gates decide at {alpha}");
        }
    }

    [SkippableFact]
    public void The_bound_of_a_constant_sample_agrees_with_R()
    {
        foreach (var (trials, expected) in ProportionReferenceTests.Constant())
        {
            var interval = ClusteredRatio.Of([.. Enumerable.Range(0, trials).Select(i => new Observation(0, 1, i))], 0.95, 0, 1).Interval!;

            Agrees(interval, expected);
        }
    }

    private static void Agrees(double value, double expected) => value.Should().BeApproximately(expected, Relative(expected));

    private static void Agrees(Interval interval, double[] ends)
    {
        Agrees(interval.Low, ends[0]);
        Agrees(interval.High, ends[1]);
    }

    /// <summary>The standard error, by MathNet's quantile and not the library's own.</summary>
    private static double Error(Estimate estimate) => (estimate.Interval!.High - estimate.Value!.Value)
        / MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, estimate.Interval.Clusters - 1, (1 + estimate.Interval.Level) / 2);

    /// <summary>The p of the one-sided t test that the quantity is below a limit.</summary>
    private static double Below(Estimate estimate, double limit)
    {
        var t = (limit - estimate.Value!.Value) / Error(estimate);
        var tail = StudentT.Tail(Math.Abs(t), estimate.Interval!.Clusters - 1);
        return t < 0 ? 1 - tail : tail;
    }
}
