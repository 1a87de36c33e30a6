using ModelConformance.Targets;
using ModelConformance.Targets.Flow;

namespace ModelConformance.Tests.Targets.Flow;

public class SilenceTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly ManualTime time = new();

    [Fact]
    public void Timeouts_of_several_calls_without_an_answer_between_them_end_the_run_after_three_time_limits()
    {
        var silence = new Silence(Timeout, time);
        silence.TimedOut("one call", answers: 7);
        time.Advance(Timeout);
        silence.TimedOut("another", answers: 7);
        silence.Lasts(7).Should().Be(2 * Timeout);

        time.Advance(Timeout);
        var third = () => silence.TimedOut("one call", answers: 7);

        third.Should().Throw<TargetException>().WithMessage(
            "The target stopped answering: 3 requests, one after another, had no reply within 60 s, and none had one for 3 min.");
    }

    [Fact]
    public void Where_anything_is_answered_meanwhile_or_one_call_alone_takes_too_long_the_run_goes_on()
    {
        var silence = new Silence(Timeout, time);
        for (var i = 0; i < 10; i++)
        {
            silence.TimedOut("one call", answers: 7);
            time.Advance(Timeout);
        }

        silence.Lasts(8).Should().BeNull();
        silence.TimedOut("another", answers: 8);
        silence.Lasts(8).Should().Be(Timeout);
    }
}
