using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using ModelConformance.Protocol;
using ModelConformance.Targets;
using static ModelConformance.Tests.Targets.ScriptedServer;

namespace ModelConformance.Tests.Targets;

public class ChatConnectionTests : TargetTest
{
    [Fact]
    public async Task A_connection_reset_in_the_middle_of_a_reply_is_tried_again()
    {
        await using var server = await StartAsync(
            async context =>
            {
                context.Response.ContentLength = 1000;
                await context.Response.WriteAsync("""{"choices":[""");
                await context.Response.Body.FlushAsync();
                context.Abort();
            },
            Says("b"));
        using var target = Open(server);
        (await target.AskAsync(Question(), 0, CancellationToken.None)).Text.Should().Be("b");
        target.Observations.Retries.Should().Equal(new Dictionary<string, long> { ["connection"] = 1 });
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_body_that_is_not_packed_as_it_says_is_asked_for_again(string encoding)
    {
        await using var server = await StartAsync(Answer(200, Completion("""{"content":"a"}"""), ("Content-Encoding", encoding)), Says("b"));
        using var target = Open(server);
        (await target.AskAsync(Question(), 0, CancellationToken.None)).Text.Should().Be("b");
        target.Observations.Retries.Should().Equal(new Dictionary<string, long> { ["unreadable"] = 1 });
    }

    [Fact]
    public async Task A_caller_that_gives_up_in_the_middle_of_a_body_gets_a_cancellation()
    {
        using var giveUp = new CancellationTokenSource();
        await using var server = await StartAsync(async context =>
        {
            await context.Response.WriteAsync("{");
            await context.Response.Body.FlushAsync();
            await giveUp.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        using var target = Open(server);
        await FluentActions.Awaiting(() => target.AskAsync(Question(), 0, giveUp.Token)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_reply_whose_body_never_ends_is_given_up_after_the_timeout()
    {
        await using var server = await StartAsync(Begins, Says("b"));
        using var target = Open(server, settings => settings with { TimeoutSeconds = 1, Retries = 50 });
        (await target.AskAsync(Question(), 0, CancellationToken.None)).Text.Should().Be("b");
        // One more for each second that the machine itself stands still.
        target.Observations.Retries.Should().Equal(new Dictionary<string, long> { ["timeout"] = target.Observations.Requests - 1 });
    }

    [Fact]
    public async Task A_caller_that_gives_up_gets_a_cancellation_and_not_a_reply()
    {
        using var giveUp = new CancellationTokenSource();
        await using var server = await StartAsync(async context =>
        {
            await giveUp.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        using var target = Open(server);
        await FluentActions.Awaiting(() => target.AskAsync(Question(), 0, giveUp.Token)).Should().ThrowAsync<OperationCanceledException>();
        target.Observations.Retries.Should().BeEmpty();
    }

    [Fact]
    public async Task No_more_requests_are_in_flight_than_the_settings_allow()
    {
        var (now, most, gate, full) = (0, 0, new Lock(), new TaskCompletionSource());
        await using var server = await StartAsync(async context =>
        {
            lock (gate)
            {
                most = Math.Max(most, ++now);
                if (now == 3)
                {
                    full.TrySetResult();
                }
            }

            // The first are held until all slots are taken: one more would be seen.
            await full.Task;
            lock (gate)
            {
                now--;
            }

            await Says("b")(context);
        });
        using var target = Open(server, settings => settings with { Concurrency = 3 });
        await Task.WhenAll(Enumerable.Range(0, 30).Select(sample => target.AskAsync(Question(), sample, CancellationToken.None)));
        most.Should().Be(3);
        server.Requests.Should().HaveCount(30);
    }

    [Fact]
    public async Task A_slot_is_free_again_after_a_call_that_threw()
    {
        await using var server = await StartAsync(Answer(401, "{}"), Says("b"));
        using var target = Open(server, settings => settings with { Concurrency = 1 });
        await FluentActions.Awaiting(() => target.AskAsync(Question(), 0, CancellationToken.None)).Should().ThrowAsync<TargetException>();
        (await target.AskAsync(Question(), 0, CancellationToken.None)).Text.Should().Be("b");
    }

    [Fact]
    public async Task An_unreachable_target_fails_an_item_after_all_its_attempts()
    {
        using var port = Unreachable(out var settings);
        using var target = Target.Open(settings with { Retries = 4 }, time: Time);
        var reply = await target.AskAsync(Question(), 0, CancellationToken.None);
        reply.Error.Should().Contain("Connection refused (connection; 5 attempts)");
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_connection_that_is_not_made_in_time_is_an_unreachable_target_and_no_slow_reply()
    {
        // Whoever listens takes nobody, and its queue is full.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        var waiting = Enumerable.Range(0, 4).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)).ToArray();
        var connecting = Array.ConvertAll(waiting, socket => socket.ConnectAsync(listener.LocalEndPoint!));
        await connecting[0];
        using var target = Target.Open(new() { BaseUrl = $"http://{listener.LocalEndPoint}/v1", Model = "m", Retries = 0 });

        (await target.AskAsync(Question(), 0, CancellationToken.None)).Error.Should().Contain("could not reach").And.Contain("no connection within 10 s");

        Array.ForEach(waiting, socket => socket.Dispose());
    }

    [Fact]
    public async Task The_probe_finds_an_unreachable_target_in_seconds_and_says_what_to_look_at()
    {
        using var port = Unreachable(out var settings);
        using var target = Target.Open(settings with { Retries = 50 }, time: Time);
        var fault = (await FluentActions.Awaiting(() => target.ProbeAsync(CancellationToken.None)).Should().ThrowAsync<TargetException>()).Which;
        (Time.GetUtcNow() - ImpatientTime.Now).Should().BeLessThan(TimeSpan.FromSeconds(10));
        fault.Message.Should().Be(
            $"could not reach {settings.BaseUrl}/chat/completions: Connection refused (connection; 2 attempts). "
            + $"Is the server running? MODELCONFORMANCE__Target__BaseUrl={settings.BaseUrl}");
    }

    [Fact]
    public async Task The_probe_asks_a_tiny_question_and_gives_it_back_for_the_manifest()
    {
        await using var server = await StartAsync(Says("blue, black, white"));
        using var target = Open(server, settings => settings with { Prefill = "real" });
        var probe = await target.ProbeAsync(CancellationToken.None);
        probe.Reply!.Text.Should().Be("blue, black, white");
        probe.Asked!.MaxTokens.Should().BeLessThan(32);
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task The_probe_waits_for_a_server_that_is_loading_its_model()
    {
        await using var server = await StartAsync(Answer(503, """{"error":{"message":"Loading model"}}"""), Answer(503, "{}"), Says("red"));
        using var target = Open(server);
        (await target.ProbeAsync(CancellationToken.None)).Reply!.Text.Should().Be("red");
    }

    [Fact]
    public async Task The_probe_forgives_one_timeout_since_a_model_may_be_loaded_by_its_first_request()
    {
        for (var seconds = 1; ; seconds *= 6)
        {
            await using var server = await StartAsync(Begins, Says("red"));
            using var target = Open(server, settings => settings with { TimeoutSeconds = seconds });
            try
            {
                (await target.ProbeAsync(CancellationToken.None)).Reply!.Text.Should().Be("red");
                return;
            }
            catch (TargetException) when (seconds < 36)
            {
                // A machine that itself stands still for so long makes the second one late too: once more, with more time.
            }
        }
    }

    [Fact]
    public async Task After_a_second_timeout_the_probe_says_what_to_look_at()
    {
        await using var server = await StartAsync(Begins);
        using var spending = new Spending();
        (await ProbeFaultAsync(server, settings => settings with { TimeoutSeconds = 1, Retries = 50 }, spending)).Should().Be(
            $"{server.BaseUrl}/chat/completions gave no whole reply within 1 s (timeout; 2 attempts). A model that is still loading needs another run, or "
            + $"more time: MODELCONFORMANCE__Target__TimeoutSeconds is 1. Otherwise, is MODELCONFORMANCE__Target__BaseUrl={server.BaseUrl} its address?");
        spending.CallsSpent.Should().Be(2);
        server.Requests.Count.Should().BeLessThanOrEqualTo(2, "of one that is given up before it has arrived nothing is seen");
    }

    [Fact]
    public async Task The_probe_finds_a_server_that_starts_again_instead_of_continuing()
    {
        await using var server = await StartAsync(Says(" Red, green, blue, black, white"));
        (await ProbeFaultAsync(server, settings => settings with { Prefill = "real" })).Should().Contain("MODELCONFORMANCE__Target__Prefill=emulated");
    }

    [Fact]
    public async Task The_probe_finds_missing_log_probabilities_even_where_there_is_no_text()
    {
        await using var server = await StartAsync(Answer(200, Completion("""{"content":null}""", "length")));
        (await ProbeFaultAsync(server, settings => settings with { Mode = Mode.Logprobs })).Should().Contain("MODELCONFORMANCE__Target__Mode=text");
    }

    [Fact]
    public async Task The_probe_gives_up_on_a_target_that_fails_again_and_again()
    {
        await using var server = await StartAsync(Answer(500, """{"error":{"message":"out of memory"}}"""));
        (await ProbeFaultAsync(server)).Should().ContainAll("HTTP 500", "out of memory");
    }

    /// <summary>A reply whose body never ends.</summary>
    private static async Task Begins(HttpContext context)
    {
        await context.Response.WriteAsync("{");
        await context.Response.Body.FlushAsync();
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>A port where nobody listens. It is taken, or another test might be given it meanwhile.</summary>
    private static Socket Unreachable(out TargetSettings settings)
    {
        var port = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        port.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        settings = new() { BaseUrl = $"http://{port.LocalEndPoint}/v1", Model = "m" };
        return port;
    }
}
