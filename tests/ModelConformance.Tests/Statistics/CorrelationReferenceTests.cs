using ModelConformance.Statistics;
using static ModelConformance.Tests.Statistics.ReferenceValues;

namespace ModelConformance.Tests.Statistics;

/// <summary>The occupations of <see cref="ReferenceValues"/>.</summary>
[Trait("Category", "Reference")]
public sealed class CorrelationReferenceTests
{
    [SkippableFact]
    public void The_correlation_and_its_Fisher_interval_agree_with_R()
    {
        var estimate = Correlation.Estimator.Of(Occupations(), 0.95, 0, 1);

        var entry = Entry("pearson");
        estimate.Value.Should().BeApproximately(Number(entry, "rho"), Relative(Number(entry, "rho")));
        var ends = Numbers(entry, "ci95");
        estimate.Interval!.Low.Should().BeApproximately(ends[0], Relative(ends[0]));
        estimate.Interval.High.Should().BeApproximately(ends[1], Relative(ends[1]));
        estimate.Interval.Clusters.Should().Be(Numbers(entry, "bls").Length);
    }

    [SkippableFact]
    public void The_least_squares_line_agrees_with_R()
    {
        var entry = Entry("pearson");

        Value(LeastSquares.Slope(0)).Should().BeApproximately(Number(entry, "slope"), Relative(Number(entry, "slope")));
        Value(LeastSquares.Intercept).Should().BeApproximately(Number(entry, "intercept"), Relative(Number(entry, "intercept")));

        double? Value(IEstimator estimator) => estimator.Of(Occupations(), 0.95, 0, 1).Value;
    }

    [SkippableFact]
    public void The_mean_absolute_error_agrees_with_R()
    {
        var errors = Occupations().Select(o => o with { Value = Math.Abs(o.Value - o.Covariates[0]) }).ToArray();

        var expected = Number(Entry("pearson"), "meanAbsoluteError");
        ClusteredRatio.Of(errors, 0.95, 0, 1).Value.Should().BeApproximately(expected, Relative(expected));
    }

    private static Observation[] Occupations()
    {
        var entry = Entry("pearson");
        var (scores, shares) = (Numbers(entry, "pFemale"), Numbers(entry, "bls"));
        return [.. scores.Zip(shares).Select((pair, i) => new Observation(pair.First, 1, i) { Covariates = [pair.Second] })];
    }
}
