using ModelConformance.Statistics;

namespace ModelConformance.Tests.Statistics;

public sealed class EstimateTests
{
    [Fact]
    public void What_was_asked_until_decided_keeps_its_value_and_no_interval()
    {
        Estimate.Of(0.3, new(0.1, 0.5, 0.9, "CR1, t", 7)).UntilDecided().Should().Be(Estimate.WithoutInterval(0.3, "asked until decided"));
        Estimate.WithoutInterval(0.3, "fewer than 2 clusters").UntilDecided().Should().Be(Estimate.WithoutInterval(0.3, "asked until decided"));
        Estimate.Undefined("no answered items").UntilDecided().Should().Be(Estimate.Undefined("no answered items"));
    }
}
