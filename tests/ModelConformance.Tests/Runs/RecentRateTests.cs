using ModelConformance.Runs;

namespace ModelConformance.Tests.Runs;

public class RecentRateTests
{
    [Fact]
    public void It_is_the_mean_since_the_beginning_at_first_and_of_the_last_minute_then()
    {
        var rate = new RecentRate();
        double last = 0;
        for (var tenth = 0; tenth <= 6000; tenth++)
        {
            // Ten a second for five minutes, one a second after that.
            var count = Math.Min(tenth, 3000) + Math.Max(0, tenth - 3000) / 10;
            last = rate.At(TimeSpan.FromSeconds(tenth / 10.0), count);
            var expected = tenth is > 0 and <= 3000 ? 10 : tenth >= 3620 ? 1 : last;
            last.Should().BeApproximately(expected, 0.02);
        }

        rate.At(TimeSpan.FromHours(1), 3300).Should().BeApproximately(0, 0.02, "nothing has come since");
    }

    [Fact]
    public void The_time_before_the_first_is_no_part_of_it()
    {
        var rate = new RecentRate();
        foreach (var second in Enumerable.Range(0, 21))
        {
            rate.At(TimeSpan.FromSeconds(second), 0).Should().Be(0);
        }

        rate.At(TimeSpan.FromSeconds(22), 10).Should().Be(5);
        rate.At(TimeSpan.FromSeconds(24), 20).Should().Be(5);
    }

    [Fact]
    public void Nothing_was_counted_before_the_beginning() => new RecentRate().At(TimeSpan.Zero, 0).Should().Be(0);
}
