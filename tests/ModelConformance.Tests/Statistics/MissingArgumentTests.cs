using ModelConformance.Statistics;

namespace ModelConformance.Tests.Statistics;

/// <summary>Null is a caller's mistake, named where it is made and not somewhere inside.</summary>
public sealed class MissingArgumentTests
{
    private static readonly Observation[] Some = [new(1, 1, 1) { Covariates = [1] }];

    private static readonly (string Argument, Action Call)[] Calls =
    [
        ("observations", () => ClusteredRatio.Of(null!, 0.9, 0, 1)),
        ("first", () => ClusteredRatio.Contrast(null!, Some, 0.9, 0, 1)),
        ("second", () => ClusteredRatio.Contrast(Some, null!, 0.9, 0, 1)),
        ("observations", () => ClusterBootstrap.Of(null!, 0.9)),
        ("first", () => ClusterBootstrap.Contrast(null!, Some, 0.9)),
        ("second", () => ClusterBootstrap.Contrast(Some, null!, 0.9)),
        ("observations", () => Correlation.Estimator.Of(null!, 0.9, 0, 1)),
        ("first", () => Correlation.Estimator.Contrast(null!, Some, 0.9, 0, 1)),
        ("second", () => Correlation.Estimator.Contrast(Some, null!, 0.9, 0, 1)),
        ("observations", () => Correlation.Estimator.Extreme(null!, greatest: true)),
        ("observations", () => LeastSquares.Intercept.Of(null!, 0.9, 0, 1)),
        ("first", () => LeastSquares.Intercept.Contrast(null!, Some, 0.9, 0, 1)),
        ("second", () => LeastSquares.Intercept.Contrast(Some, null!, 0.9, 0, 1)),
        ("observations", () => LeastSquares.Intercept.Extreme(null!, greatest: true)),
        ("planned", () => DecidableEffect.OfMean(null!, [1, 1])),
        ("sizes", () => DecidableEffect.OfMean(PlannedScores.Share(0.5, 0), null!)),
        ("values", () => SequentialPlan.Units(null!, 0.5, 0.05, 1)),
        ("p", () => Holm.Adjusted(null!)),
    ];

    [Fact]
    public void A_missing_argument_is_refused_by_its_name()
    {
        foreach (var (argument, call) in Calls)
        {
            call.Should().Throw<ArgumentNullException>().Which.ParamName.Should().Be(argument);
        }
    }
}
