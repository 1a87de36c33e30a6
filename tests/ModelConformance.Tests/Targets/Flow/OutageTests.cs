using ModelConformance.Targets;
using ModelConformance.Targets.Flow;

namespace ModelConformance.Tests.Targets.Flow;

public class OutageTests
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(5);

    private readonly ManualTime time = new();

    [Fact]
    public async Task Whoever_waits_goes_on_when_any_request_is_answered_and_not_only_the_one_that_asks()
    {
        using var outage = Begun();
        var (asks, waits) = (outage.WaitAsync(default), outage.WaitAsync(default));
        await time.UntilWaitingAsync(FirstPause);
        time.Advance(FirstPause);
        (await asks.WaitAsync(AtMost)).Should().BeTrue();
        waits.IsCompleted.Should().BeFalse();

        outage.Answered();

        (await waits.WaitAsync(AtMost)).Should().BeFalse("the target is there");
        outage.Asked();
    }

    [Fact]
    public async Task The_pause_before_asking_ends_with_the_outage_and_the_next_outage_has_its_own()
    {
        using var outage = Begun();
        var pauses = outage.WaitAsync(default);
        await time.UntilWaitingAsync(FirstPause);
        outage.Answered();
        (await pauses.WaitAsync(AtMost)).Should().BeFalse();

        Begin(outage);
        var asks = outage.WaitAsync(default);
        await time.UntilWaitingAsync(FirstPause);
        asks.IsCompleted.Should().BeFalse();
        time.Advance(FirstPause);
        (await asks.WaitAsync(AtMost)).Should().BeTrue();
    }

    [Fact]
    public async Task Who_gives_up_waiting_keeps_nobody_from_asking()
    {
        using var outage = Begun();
        using var stop = new CancellationTokenSource();
        var givesUp = outage.WaitAsync(stop.Token);
        await time.UntilWaitingAsync(FirstPause);
        await stop.CancelAsync();
        await FluentActions.Awaiting(() => givesUp).Should().ThrowAsync<OperationCanceledException>();

        var asks = outage.WaitAsync(default);
        await time.UntilWaitingAsync(FirstPause);
        time.Advance(FirstPause);
        (await asks.WaitAsync(AtMost)).Should().BeTrue();
    }

    private Outage Begun()
    {
        var outage = new Outage(time);
        outage.Answered();
        Begin(outage);
        return outage;
    }

    private static void Begin(Outage outage)
    {
        var countedIn = 0;
        outage.Covers(Attempt.Healable("HTTP 503", "busy"), outage.Answers, ref countedIn, out _).Should().BeTrue();
    }
}
