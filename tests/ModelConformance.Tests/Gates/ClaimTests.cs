using ModelConformance.Gates;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Gates;

public sealed class ClaimTests
{
    [Theory]
    [InlineData(-0.0, null, "at least 0.00")]
    [InlineData(null, 0.1234, "at most 0.1234")]
    [InlineData(0.0, 0.0, "within ±0.00")]
    [InlineData(-0.1, 0.2, "within -0.10 … 0.20")]
    public void Limits_are_words(double? min, double? max, string words) => Of(min, max).Limits.Should().Be(words);

    [Theory]
    [InlineData(0.1, null, "at least 0.25")]
    [InlineData(null, 0.1, "at most 0.25")]
    [InlineData(-0.1, 0.1, "within ±0.25")]
    [InlineData(-0.2, 0.1, "within 0.25 … 0.25")]
    public void A_value_of_whole_thousandths_is_its_own_tightest_limit(double? min, double? max, string tightest) =>
        Of(min, max).Decidable(0.25, 0.25, (-1, 1)).Should().Be(tightest);

    [Theory]
    [InlineData(0.1, null, "at least -1.00")]
    [InlineData(null, 0.1, "at most 1.00")]
    [InlineData(-0.1, 0.1, "within ±1.00")]
    [InlineData(-0.2, 0.1, "within -1.00 … 1.00")]
    public void The_ends_of_the_range_can_be_limits(double? min, double? max, string tightest)
    {
        Of(min, max).Decidable(-1, 1, (-1, 1)).Should().Be(tightest);
        Of(min, max).Decidable(-1.0001, 1.0001, (-1, 1)).Should().BeNull();
    }

    [Fact]
    public void Neither_of_two_limits_around_0_leaves_the_range() =>
        Of(-0.1, 0.1).Decidable(0.2, 0.3, (0, 1)).Should().BeNull("-0.3 is no limit of a share");

    [Theory]
    [InlineData(double.NegativeInfinity, 0.1)]
    [InlineData(-0.1, double.PositiveInfinity)]
    public void No_limit_holds_what_may_be_anything(double low, double high) =>
        Of(-0.1, 0.1).Decidable(low, high, (double.NegativeInfinity, double.PositiveInfinity)).Should().BeNull();

    private static Claim Of(double? min, double? max) => new(new("bbq.bias", "all", "ambiguous", Condition.Q), min, max);
}
