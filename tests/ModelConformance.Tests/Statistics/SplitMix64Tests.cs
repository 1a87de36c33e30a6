using ModelConformance.Statistics;

namespace ModelConformance.Tests.Statistics;

public sealed class SplitMix64Tests
{
    [Fact]
    public void The_numbers_are_those_of_other_implementations()
    {
        var random = new SplitMix64(1234567);

        new[] { random.Next(), random.Next(), random.Next() }.Should().Equal(6457827717110365317, 3203168211198807973, 9817491932198370423);
    }

    [Fact]
    public void A_number_below_another_is_the_same_share_of_it_as_of_all()
    {
        // 6457827717110365317 is .35007… of 2⁶⁴, the next one .17364….
        var random = new SplitMix64(1234567);

        new[] { random.Below(100), random.Below(100_000) }.Should().Equal(35, 17364);
    }
}
