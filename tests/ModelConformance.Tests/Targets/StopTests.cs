using ModelConformance.Protocol;
using ModelConformance.Targets;
using static ModelConformance.Tests.Targets.ScriptedServer;

namespace ModelConformance.Tests.Targets;

/// <summary>A run that stops: who waits to send ends at once, what is in flight may come in.</summary>
public sealed class StopTests : TargetTest, IDisposable
{
    private readonly ManualTime time = new();
    private readonly CancellationTokenSource stop = new();

    [Theory]
    [InlineData(429, "7", 7)]
    [InlineData(500, "7", 7)]
    [InlineData(503, null, 0.5)]
    public async Task A_call_that_is_held_back_or_waits_to_be_repeated_or_for_the_target_to_be_back_ends_at_once(int status, string? wait, double seconds)
    {
        await using var server = await StartAsync(Says("b"), Answer(status, "{}", wait is null ? [] : [("Retry-After", wait)]));
        using var target = Open(server);
        await target.AskAsync(Question(), 0, CancellationToken.None);
        var call = AskAsync(target);
        await time.UntilWaitingAsync(TimeSpan.FromSeconds(seconds));

        await stop.CancelAsync();

        await FluentActions.Awaiting(() => call.WaitAsync(TimeSpan.FromMinutes(5))).Should().ThrowAsync<OperationCanceledException>();
        server.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_call_that_waits_for_its_slot_ends_at_once_and_the_one_in_flight_comes_in()
    {
        var (asked, reply) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = await StartAsync(async context =>
        {
            asked.TrySetResult();
            await reply.Task;
            await Says("b")(context);
        });
        using var target = Open(server, settings => settings with { Concurrency = 1 });
        var (inFlight, waiting) = (AskAsync(target), AskAsync(target));
        await asked.Task;

        await stop.CancelAsync();

        await FluentActions.Awaiting(() => waiting.WaitAsync(TimeSpan.FromMinutes(5))).Should().ThrowAsync<OperationCanceledException>();
        inFlight.IsCompleted.Should().BeFalse();
        reply.SetResult();
        (await inFlight).Text.Should().Be("b");
    }

    [Fact]
    public async Task An_attempt_that_fails_then_is_no_outcome_since_it_would_have_been_repeated()
    {
        await using var server = await StartAsync(async context =>
        {
            await stop.CancelAsync();
            await Answer(500, "{}")(context);
        });
        using var target = Open(server);

        await FluentActions.Awaiting(() => AskAsync(target)).Should().ThrowAsync<OperationCanceledException>();
        server.Requests.Should().ContainSingle();
    }

    public void Dispose() => stop.Dispose();

    private Task<Reply> AskAsync(ITarget target) => target.AskAsync(Question(), 0, stop.Token, CancellationToken.None);

    private ITarget Open(ScriptedServer server, Func<TargetSettings, TargetSettings>? change = null) =>
        Target.Open((change ?? (same => same))(SettingsFor(server)), null, time);
}
