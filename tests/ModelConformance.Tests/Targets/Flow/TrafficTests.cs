using ModelConformance.Targets;
using ModelConformance.Targets.Flow;

namespace ModelConformance.Tests.Targets.Flow;

public class TrafficTests
{
    [Fact]
    public async Task After_a_wait_that_the_server_asked_for_the_pace_holds_as_before()
    {
        var time = new ManualTime();
        using var spending = new Spending(time);
        using var traffic = new Traffic(new() { BaseUrl = "http://x/v1", Model = "m", RequestsPerMinute = 10, Concurrency = 16 }, spending, time);
        time.Advance(TimeSpan.FromSeconds(1));
        traffic.HoldFor(TimeSpan.FromMinutes(1));
        var entering = Enumerable.Range(0, 16).Select(_ => traffic.EnterAsync(default, default).AsTask()).ToArray();

        time.Advance(TimeSpan.FromMinutes(1));

        // The sixteenth has its turn after fifteen times six seconds.
        await time.UntilWaitingAsync(TimeSpan.FromSeconds(90)).WaitAsync(TimeSpan.FromMinutes(5));
        entering.Count(one => one.IsCompleted).Should().BeLessThanOrEqualTo(1);
    }
}
