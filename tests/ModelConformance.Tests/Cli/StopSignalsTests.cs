using ModelConformance.Cli;
using ModelConformance.Tests.Targets;

namespace ModelConformance.Tests.Cli;

public class StopSignalsTests
{
    [Fact]
    public void The_second_signal_ends_the_process_but_not_one_that_comes_with_the_first()
    {
        var time = new ManualTime();
        time.Advance(TimeSpan.FromHours(1));
        var signals = new StopSignals(time);

        signals.EndAtOnce().Should().BeFalse();
        signals.EndAtOnce().Should().BeFalse("timeout(1) sends two");
        time.Advance(TimeSpan.FromSeconds(1));
        signals.EndAtOnce().Should().BeTrue();
    }
}
