using ModelConformance.Statistics;

namespace ModelConformance.Tests.Statistics;

/// <summary>Degrees of freedom whose distribution has a closed form.</summary>
public sealed class StudentTTests
{
    [Theory]
    [InlineData(0.4)]
    [InlineData(0.05)]
    [InlineData(1e-12)]
    public void With_one_degree_it_is_Cauchys(double tail)
    {
        var t = 1 / Math.Tan(tail * Math.PI);

        (StudentT.UpperQuantile(tail, 1) / t).Should().BeApproximately(1, 1e-12);
        (StudentT.Tail(t, 1) / tail).Should().BeApproximately(1, 1e-12);
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(0.05)]
    [InlineData(1e-9)]
    public void With_two_degrees_it_is_algebraic(double tail)
    {
        // The share above t is (1 − t/√(2 + t²))/2.
        var t = (1 - 2 * tail) / Math.Sqrt(2 * tail * (1 - tail));

        (StudentT.UpperQuantile(tail, 2) / t).Should().BeApproximately(1, 1e-12);
        (StudentT.Tail(t, 2) / tail).Should().BeApproximately(1, 1e-12);
    }

    [Fact]
    public void Half_of_it_is_above_0() => StudentT.Tail(0, 7).Should().BeApproximately(0.5, 1e-15);
}
