using ModelConformance.Collection;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Collection;

public sealed class AskerTests : CollectorTest
{
    [Fact]
    public async Task A_repeat_that_overtakes_the_question_it_repeats_is_asked_for_both()
    {
        using var target = new FakeTarget(_ => Said);
        var step = Step.First(target.Identity, new(Bbq, Bbq.Items[0], Condition.Q), Mode.Text);
        var open = new Handout<Step>(2);
        await open.GiveAsync(step.AsRepeat(), default);
        await open.GiveAsync(step, default);
        open.Complete();
        var given = new List<Given>();

        await new Asker(target, Ledger, Mode.Text, patience: 10).WorkAsync(
            open,
            one =>
            {
                given.Add(one);
                return ValueTask.CompletedTask;
            },
            default,
            default);

        target.Asked.Should().ContainSingle();
        given.Sum(one => one.Answer!.New.Count).Should().Be(1);
    }
}
