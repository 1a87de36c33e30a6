using ModelConformance.Statistics;
using static ModelConformance.Tests.Statistics.ReferenceValues;

namespace ModelConformance.Tests.Statistics;

/// <summary>
/// Agreement with the normal interval of R's clustered error. A percentile interval has CR1's width without the factor √(G/(G − 1)), give or take
/// 1 in 100 of 10,000 resamples; with the sample's skewness it leans by an order of 1/√G, which its width does by 1/G.
/// </summary>
[Trait("Category", "Reference")]
public sealed class ClusterBootstrapReferenceTests
{
    private const double Normal975 = 1.959963984540054;

    [SkippableFact]
    public void The_bootstrap_of_the_clustered_mean_agrees_with_the_normal_interval()
    {
        var entry = Entry("clusteredMean");

        Agrees(ClusterBootstrap.Of(Observations(entry, "values"), 0.95), Number(entry, "mean"), Number(entry, "seClusterCR1"));
    }

    [SkippableFact]
    public void The_bootstrap_of_the_paired_contrast_agrees_with_the_normal_interval()
    {
        var entry = Entry("pairedClustered");

        var estimate = ClusterBootstrap.Contrast(Observations(entry, "treated"), Observations(entry, "baseline"), 0.95);

        Agrees(estimate, Number(entry, "meanDifference"), Number(entry, "seClusterCR1"));
    }

    private static void Agrees(Estimate estimate, double mean, double error)
    {
        var interval = estimate.Interval!;
        var reach = Normal975 * error * Math.Sqrt((interval.Clusters - 1.0) / interval.Clusters);

        estimate.Value.Should().BeApproximately(mean, Relative(mean));
        ((interval.High - interval.Low) / (2 * reach)).Should().BeApproximately(1, 0.05 + 2.0 / interval.Clusters);
        ((interval.High + interval.Low) / 2).Should().BeApproximately(mean, 2 / Math.Sqrt(interval.Clusters) * error);
    }
}
