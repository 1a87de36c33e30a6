using ModelConformance.Targets;
using static ModelConformance.Tests.Targets.ScriptedServer;

namespace ModelConformance.Tests.Targets;

/// <summary>The budget of a run, asked before every request.</summary>
public class SpendingTests : TargetTest
{
    [Fact]
    public async Task No_request_more_is_sent_than_the_budget_allows_whoever_asks()
    {
        await using var server = await StartAsync(Says("b"));
        using var spending = new Spending { Calls = 20 };
        using var target = Open(server, spending: spending);
        var calls = Enumerable.Range(0, 50).Select(sample => target.AskAsync(Question(), sample, CancellationToken.None)).ToArray();
        await FluentActions.Awaiting(() => Task.WhenAll(calls)).Should().ThrowAsync<BudgetReachedException>();
        calls.Count(call => call.IsCompletedSuccessfully).Should().Be(20);
        server.Requests.Should().HaveCount(20);
        spending.CallsSpent.Should().Be(20);
    }

    [Fact]
    public async Task That_nothing_is_left_is_told_before_the_pace_is_waited_for()
    {
        var time = new ManualTime();
        await using var server = await StartAsync(Says("b"));
        using var spending = new Spending(time) { Calls = 1 };
        using var target = Target.Open(SettingsFor(server) with { RequestsPerMinute = 1 }, spending, time);
        await target.AskAsync(Question(), 0, CancellationToken.None);

        var next = () => target.AskAsync(Question(), 1, CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(5));

        await next.Should().ThrowAsync<BudgetReachedException>();
    }

    [Fact]
    public async Task Repeats_and_the_probe_count_and_the_message_says_what_to_raise()
    {
        await using var server = await StartAsync(Says("blue"), Answer(500, "{}"));
        using var spending = new Spending { Calls = 3 };
        using var target = Open(server, spending: spending);
        await target.ProbeAsync(CancellationToken.None);
        (await FaultAsync(target)).Should().Be(
            "The budget is used up: 3 requests were sent, and Budget:Calls allows 3. "
            + "Raise it (MODELCONFORMANCE__Budget__Calls) to go on: what was answered is kept and not asked again.");
        server.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task Tokens_that_replies_tell_count_and_where_they_do_not_an_estimate_does()
    {
        await using var server = await StartAsync(Says("b"), Answer(200, """{"choices":[{"message":{"content":"b"}}]}"""), Says("b"));
        using var spending = new Spending { Tokens = 40 };
        using var target = Open(server, spending: spending);
        await target.AskAsync(Question(), 0, CancellationToken.None);
        spending.TokensSpent.Should().Be(9);
        await target.AskAsync(Question(), 1, CancellationToken.None);
        spending.TokensSpent.Should().Be(9 + 16 + (server.Requests.Last().Body.Length / 4));
        (await FaultAsync(target)).Should().Contain("Budget:Tokens allows 40");
    }

    [Fact]
    public async Task A_cost_is_what_the_tokens_cost()
    {
        await using var server = await StartAsync(Says("b"));
        using var spending = new Spending { Cost = 0.3m, InputPrice = 10_000, OutputPrice = 50_000 };
        using var target = Open(server, spending: spending);
        await target.AskAsync(Question(), 0, CancellationToken.None);
        spending.CostSpent.Should().Be(0.17m);
        await target.AskAsync(Question(), 1, CancellationToken.None);
        (await FaultAsync(target)).Should().Contain("the tokens used cost 0.34, and Budget:Cost allows 0.30");
    }

    [Fact]
    public async Task What_is_free_reaches_no_ceiling()
    {
        await using var server = await StartAsync(Says("b"));
        using var spending = new Spending { Cost = 0, InputPrice = 0, OutputPrice = 0 };
        using var target = Open(server, spending: spending);
        (await target.AskAsync(Question(), 0, CancellationToken.None)).Text.Should().Be("b");
    }

    [Fact]
    public async Task When_the_time_is_over_a_pause_ends_at_once()
    {
        var time = new ManualTime();
        await using var server = await StartAsync(Answer(503, "{}", ("Retry-After", "200")));
        using var spending = new Spending(time) { Time = TimeSpan.FromSeconds(90) };
        using var target = Target.Open(SettingsFor(server), spending, time);
        var call = target.AskAsync(Question(), 0, CancellationToken.None);
        await time.UntilWaitingAsync(TimeSpan.FromSeconds(200));
        time.Advance(TimeSpan.FromSeconds(96));
        (await FluentActions.Awaiting(() => call).Should().ThrowAsync<BudgetReachedException>()).Which
            .Message.Should().Contain("1.6 minutes have passed, and Budget:Minutes allows 1.5. Raise it (MODELCONFORMANCE__Budget__Minutes)");
    }

    [Fact]
    public async Task A_request_in_flight_when_the_time_is_over_is_waited_for()
    {
        var time = new ManualTime();
        using var spending = new Spending(time) { Time = TimeSpan.FromSeconds(90) };
        await using var server = await StartAsync(context =>
        {
            time.Advance(TimeSpan.FromSeconds(100));
            return Says("b")(context);
        });
        using var target = Target.Open(SettingsFor(server), spending, time);
        (await target.AskAsync(Question(), 0, CancellationToken.None)).Text.Should().Be("b");
        (await FaultAsync(target)).Should().Contain("Budget:Minutes");
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_not_told_of_the_budget()
    {
        var time = new ManualTime();
        using var giveUp = new CancellationTokenSource();
        await using var server = await StartAsync(Answer(503, "{}", ("Retry-After", "200")));
        using var spending = new Spending(time) { Time = TimeSpan.FromSeconds(90) };
        using var target = Target.Open(SettingsFor(server), spending, time);
        var call = target.AskAsync(Question(), 0, giveUp.Token);
        await time.UntilWaitingAsync(TimeSpan.FromSeconds(200));
        await giveUp.CancelAsync();
        await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>();
    }

    private static async Task<string> FaultAsync(ITarget target) =>
        (await FluentActions.Awaiting(() => target.AskAsync(Question(), 9, CancellationToken.None)).Should().ThrowAsync<BudgetReachedException>()).Which.Message;
}
