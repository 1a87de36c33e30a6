using ModelConformance.Protocol;
using ModelConformance.Targets;
using static ModelConformance.Tests.Targets.ScriptedServer;

namespace ModelConformance.Tests.Targets;

/// <summary>What all requests of a target share: waits, pace, outages, repeats.</summary>
public class FlowTests : TargetTest
{
    [Theory]
    [InlineData("Retry-After", "7", 7)]
    [InlineData("retry-after-ms", "1500", 1.5)]
    public async Task A_wait_that_the_server_asks_of_one_call_holds_back_the_next_ones_too(string header, string value, double seconds)
    {
        await using var server = await StartAsync(Answer(429, "{}", (header, value)), Says("b"));
        using var target = Open(server, settings => settings with { Retries = 0 });
        (await target.AskAsync(Question(), 0, CancellationToken.None)).Finish.Should().Be(Finish.Failed);
        Time.Waits.Should().BeEmpty();
        (await target.AskAsync(Question(), 1, CancellationToken.None)).Text.Should().Be("b");
        Time.Waits.Should().Equal(TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData("x-ratelimit-remaining-requests", "x-ratelimit-reset-requests", "6s", 6)]
    [InlineData("x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens", "1m0.5s", 60.5)]
    [InlineData("X-RateLimit-Remaining", "X-RateLimit-Reset", "1792567692000", 12)]
    [InlineData("anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset", "2026-10-21T07:28:09Z", 9)]
    [InlineData("anthropic-ratelimit-input-tokens-remaining", "anthropic-ratelimit-input-tokens-reset", "2026-10-21T07:28:10Z", 10)]
    public async Task A_limit_that_is_used_up_holds_the_next_request_back_until_its_reset(string remaining, string reset, string value, double seconds)
    {
        await using var server = await StartAsync(
            Answer(200, Completion("""{"content":"b"}"""), (remaining, "1"), (reset, value)),
            Answer(200, Completion("""{"content":"b"}"""), (remaining, "0"), (reset, value)),
            Says("b"));
        using var target = Open(server);
        await target.AskAsync(Question(), 0, CancellationToken.None);
        await target.AskAsync(Question(), 1, CancellationToken.None);
        Time.Waits.Should().BeEmpty();
        await target.AskAsync(Question(), 2, CancellationToken.None);
        Time.Waits.Should().Equal(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public async Task A_servers_dates_are_read_by_its_own_clock()
    {
        var (date, until) = (("Date", "Wed, 21 Oct 2026 19:28:00 GMT"), "Wed, 21 Oct 2026 19:28:05 GMT");
        await using var server = await StartAsync(Answer(503, "{}", date, ("Retry-After", until)), Says("b"));
        (await AskAsync(server)).Text.Should().Be("b");
        Time.Waits.Should().Equal(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_reset_that_is_hours_away_holds_nothing_back()
    {
        await using var server = await StartAsync(
            Answer(200, Completion("""{"content":"b"}"""), ("x-ratelimit-remaining-requests", "0"), ("x-ratelimit-reset-requests", "3h")), Says("b"));
        using var target = Open(server);
        await target.AskAsync(Question(), 0, CancellationToken.None);
        await target.AskAsync(Question(), 1, CancellationToken.None);
        Time.Waits.Should().BeEmpty();
    }

    [Fact]
    public async Task Requests_are_spread_over_the_minute_that_the_settings_give_them()
    {
        await using var server = await StartAsync(Says("b"), Answer(500, "{}"), Says("b"));
        using var target = Open(server, settings => settings with { RequestsPerMinute = 1 });
        await target.AskAsync(Question(), 0, CancellationToken.None);
        await target.AskAsync(Question(), 1, CancellationToken.None);
        // The second begins after a minute; its repeat, after a pause, at the end of the next.
        Time.Waits.Should().HaveCount(3);
        Time.GetUtcNow().Should().Be(ImpatientTime.Now.AddMinutes(2));
    }

    [Fact]
    public async Task Tokens_are_estimated_before_a_request_and_corrected_after_it()
    {
        await using var server = await StartAsync(Says("b"));
        using var target = Open(server, settings => settings with { TokensPerMinute = 90 });
        await target.AskAsync(Question(), 0, CancellationToken.None);
        await target.AskAsync(Question(), 1, CancellationToken.None);
        // The reply says 7 + 2, a tenth of a minute.
        Time.Waits.Should().ContainSingle().Which.Should().BeCloseTo(TimeSpan.FromSeconds(6), TimeSpan.FromMilliseconds(1));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(529)]
    public async Task A_target_that_is_away_for_a_while_is_waited_for_and_costs_no_call_its_attempts(int status)
    {
        await using var server = await StartAsync([Says("b"), .. Enumerable.Repeat(Answer(status, "{}"), 8), Says("b")]);
        using var target = Open(server, settings => settings with { Retries = 1 });
        await target.AskAsync(Question(), 0, CancellationToken.None);
        var reply = await target.AskAsync(Question(), 1, CancellationToken.None);
        reply.Text.Should().Be("b");
        reply.Call!.Retries.Should().Equal(new Dictionary<string, int> { [$"HTTP {status}"] = 8 });
        Time.Waits.Select(wait => wait.TotalSeconds).Should().Equal(0.5, 1, 2, 4, 8, 15, 15, 15);
    }

    [Fact]
    public async Task While_a_target_is_away_one_request_at_a_time_asks_whether_it_is_back()
    {
        var (asked, others) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = await StartAsync(
            Says("b"),
            Answer(503, "{}"),
            async context =>
            {
                asked.SetResult();
                await others.Task;
                await Answer(503, "{}")(context);
            },
            Answer(503, "{}"),
            Answer(503, "{}"),
            Says("b"));
        using var target = Open(server, settings => settings with { Retries = 1 });
        await target.AskAsync(Question(), 0, CancellationToken.None);
        var first = target.AskAsync(Question(), 1, CancellationToken.None);
        await asked.Task;
        Task<Reply>[] calls = [first, .. Enumerable.Range(2, 8).Select(sample => target.AskAsync(Question(), sample, CancellationToken.None))];
        others.SetResult();
        (await Task.WhenAll(calls)).Should().OnlyContain(reply => reply.Text == "b");
        Time.Waits.Select(wait => wait.TotalSeconds).Should().Equal(0.5, 1, 2, 4);
        server.Requests.Should().HaveCount(1 + 4 + 9);
    }

    [Fact]
    public async Task A_target_that_stays_away_ends_the_run_after_two_minutes()
    {
        await using var server = await StartAsync(Says("b"), Answer(503, """{"error":"Loading model"}"""));
        using var target = Open(server);
        await target.AskAsync(Question(), 0, CancellationToken.None);
        var calls = Enumerable.Range(1, 3).Select(sample => target.AskAsync(Question(), sample, CancellationToken.None)).ToArray();
        var fault = (await FluentActions.Awaiting(() => Task.WhenAll(calls)).Should().ThrowAsync<TargetException>()).Which;
        fault.Message.Should().StartWith("The target stopped answering: no reply to ").And.MatchRegex("requests in 2(\\.[0-9])? min\\. The last: HTTP 503 \"Loading model\"\\.$");
    }

    [Fact]
    public async Task A_target_that_takes_requests_and_sends_no_replies_ends_the_run()
    {
        var isSilent = false;
        await using var server = await StartAsync(
            context => isSilent ? Task.Delay(System.Threading.Timeout.Infinite, context.RequestAborted) : Says("b")(context));
        var time = new ManualTime();
        using var target = Target.Open(SettingsFor(server) with { TimeoutSeconds = 1, Retries = 0 }, null, time);
        // On a machine that stands still for a second, not the first one is answered in time.
        for (var tries = 0; tries < 60 && (await target.AskAsync(Question(), 0, CancellationToken.None)).Finish == Finish.Failed; tries++)
        {
        }

        isSilent = true;
        (await target.AskAsync(Question(), 1, CancellationToken.None)).Finish.Should().Be(Finish.Failed);
        time.Advance(TimeSpan.FromMinutes(2));
        target.Observations.Waiting.Should().Be("a reply: the target has sent none for 121 s");

        var next = FluentActions.Awaiting(() => target.AskAsync(Question(), 2, CancellationToken.None));

        (await next.Should().ThrowAsync<TargetException>()).WithMessage("The target stopped answering: 2 requests, * had no reply within 1 s*");
    }

    [Fact]
    public async Task A_call_that_alone_is_refused_for_two_minutes_fails_alone()
    {
        await using var server = await StartAsync(Says("b"), Answer(502, "{}"));
        using var target = Open(server);
        await target.AskAsync(Question(), 0, CancellationToken.None);
        (await target.AskAsync(Question(), 1, CancellationToken.None)).Error.Should().StartWith("HTTP 502").And.EndWith("attempts)");
        (Time.GetUtcNow() - ImpatientTime.Now).Should().BeGreaterThan(TimeSpan.FromMinutes(2)).And.BeLessThan(TimeSpan.FromMinutes(3));
    }

    [Fact]
    public async Task A_fault_that_a_conversation_can_cause_by_itself_uses_up_its_attempts()
    {
        await using var server = await StartAsync(Says("b"), Answer(500, "{}"));
        using var target = Open(server, settings => settings with { Retries = 2 });
        await target.AskAsync(Question(), 0, CancellationToken.None);
        (await target.AskAsync(Question(), 1, CancellationToken.None)).Error.Should().EndWith("(HTTP 500; 3 attempts)");
    }

    [Fact]
    public async Task A_server_that_fails_always_is_asked_one_and_a_half_times_and_not_six()
    {
        await using var server = await StartAsync(Answer(500, "{}"));
        using var target = Open(server);
        for (var sample = 0; sample < 400; sample++)
        {
            await target.AskAsync(Question(), sample, CancellationToken.None);
        }

        server.Requests.Should().HaveCount(400 + 100 + 200);
    }

    [Fact]
    public async Task A_page_in_place_of_a_reply_heals_where_the_target_has_answered_before()
    {
        await using var server = await StartAsync(Says("b"), Answer(200, "<html>One moment</html>"), Says("b"));
        using var target = Open(server);
        await target.AskAsync(Question(), 0, CancellationToken.None);
        var reply = await target.AskAsync(Question(), 1, CancellationToken.None);
        reply.Text.Should().Be("b");
        reply.Call!.Retries.Should().Equal(new Dictionary<string, int> { ["unreadable"] = 1 });
    }

    [Fact]
    public async Task A_quota_that_is_spent_in_the_middle_ends_the_run_then()
    {
        await using var server = await StartAsync(Says("b"), Answer(429, """{"error":{"code":"insufficient_quota","message":"no"}}"""));
        using var target = Open(server);
        await target.AskAsync(Question(), 0, CancellationToken.None);
        await FluentActions.Awaiting(() => target.AskAsync(Question(), 1, CancellationToken.None)).Should().ThrowAsync<TargetException>();
    }

    [Fact]
    public async Task A_wait_that_the_server_asks_for_is_observed()
    {
        await using var server = await StartAsync(Answer(429, "{}", ("Retry-After", "7")), Says("b"));
        using var target = Open(server, settings => settings with { Retries = 0 });
        target.Observations.Waiting.Should().BeNull();
        await target.AskAsync(Question(), 0, CancellationToken.None);
        target.Observations.Waiting.Should().Be("the target asks for 7 s more");
        await target.AskAsync(Question(), 1, CancellationToken.None);
        target.Observations.Waiting.Should().BeNull();
    }

    [Fact]
    public async Task That_a_target_is_away_is_observed()
    {
        ITarget target = null!;
        string? waiting = null;
        await using var server = await StartAsync([Says("b"), .. Enumerable.Repeat(Answer(503, "{}"), 3), context =>
        {
            waiting = target.Observations.Waiting;
            return Says("b")(context);
        }]);
        using (target = Open(server))
        {
            await target.AskAsync(Question(), 0, CancellationToken.None);
            await target.AskAsync(Question(), 1, CancellationToken.None);
            waiting.Should().Be("the target has been away for 3 s", "it was asked after 0.5 s, after 1 and after 2");
            target.Observations.Waiting.Should().BeNull();
        }
    }

    [Theory]
    [InlineData(1, null, "RequestsPerMinute")]
    [InlineData(null, 9, "TokensPerMinute")]
    [InlineData(60, 9, "TokensPerMinute")]
    public async Task The_pace_that_holds_requests_back_is_observed(int? requests, int? tokens, string setting)
    {
        var time = new ManualTime();
        await using var server = await StartAsync(Says("b"));
        using var target = Target.Open(SettingsFor(server) with { RequestsPerMinute = requests, TokensPerMinute = tokens }, time: time);
        await target.AskAsync(Question(), 0, CancellationToken.None);
        target.Observations.Waiting.Should().BeNull();
        var call = target.AskAsync(Question(), 1, CancellationToken.None);
        target.Observations.Waiting.Should().Be($"the pace of Target:{setting}");
        time.Advance(TimeSpan.FromSeconds(61));
        await call;
        target.Observations.Waiting.Should().BeNull();
    }

    [Fact]
    public async Task A_busy_target_is_asked_by_fewer_at_once_and_then_by_more_again()
    {
        await using var server = await StartAsync(Answer(503, "{}"), Says("b"));
        using var target = Open(server, settings => settings with { Concurrency = 2 });
        target.Observations.Concurrency.Should().Be(2);
        await target.AskAsync(Question(), 0, CancellationToken.None);
        target.Observations.Concurrency.Should().Be(2, "one success of one slot adds one");
        target.Observations.InFlight.Should().Be(0);
        target.Observations.Retries.Should().Equal(new Dictionary<string, long> { ["HTTP 503"] = 1 });
    }
}
