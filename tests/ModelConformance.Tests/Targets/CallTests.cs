using ModelConformance.Protocol;
using ModelConformance.Targets;
using static ModelConformance.Tests.Targets.ScriptedServer;

namespace ModelConformance.Tests.Targets;

/// <summary>How a reply was had, told with it.</summary>
public class CallTests : TargetTest
{
    [Fact]
    public async Task A_reply_tells_when_it_was_asked_for_how_often_and_who_answered()
    {
        await using var server = await StartAsync(
            Answer(500, "{}", ("x-request-id", "req-1")),
            Answer(200, """{"choices":[]}"""),
            Answer(200, Completion("""{"content":"b"}"""), ("x-request-id", "req-3")));
        var call = (await WholeAsync(server)).Call!;
        call.At.Should().BeOnOrAfter(ImpatientTime.Now);
        call.Requests.Should().Be(3);
        call.Retries.Should().Equal(new Dictionary<string, int> { ["HTTP 500"] = 1, ["unreadable"] = 1 });
        call.Usage.Should().Be(new TokenUsage(7, 2, 0, 0));
        (call.RequestId, call.Model, call.Fingerprint).Should().Be(("req-3", "m-1", "fp_1"));
    }

    [Fact]
    public async Task The_latency_is_that_of_the_last_attempt_without_the_pauses_before_it()
    {
        await using var server = await StartAsync(
            Answer(503, "{}", ("Retry-After", "7")),
            context =>
            {
                // A server's wait moves the clock, as the pauses do.
                _ = Task.Delay(TimeSpan.FromSeconds(3), Time);
                return Says("b")(context);
            });
        (await WholeAsync(server)).Call!.Latency.Should().Be(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_failed_reply_tells_it_too()
    {
        await using var server = await StartAsync(Answer(500, "{}", ("request-id", "req-x")));
        var reply = await WholeAsync(server, settings => settings with { Retries = 2 });
        reply.Finish.Should().Be(Finish.Failed);
        reply.Call!.Requests.Should().Be(3);
        reply.Call.Retries.Should().Equal(new Dictionary<string, int> { ["HTTP 500"] = 2 });
        (reply.Call.RequestId, reply.Call.Model).Should().Be(("req-x", null));
    }

    [Fact]
    public async Task The_requests_of_one_conversation_are_added_up()
    {
        const string Text = "\n\nHuman: Who forgot?\n\n(a) The old man (b) The young man.\n\nAssistant: The answer is";
        await using var server = await StartAsync(Echoes(text => [(Text, -7), (text[Text.Length..], -1)]), Answer(503, "{}"), Echoes(text => [(text, -2)]));
        using var target = Open(server, settings => Completions(settings) with { Mode = Mode.Continuation });
        var reply = await target.AskAsync(Question(Mode.Continuation) with { Continuations = [" (a)", " (b)"] }, 0, CancellationToken.None);
        reply.Continuations.Should().Equal(-1, -2);
        reply.Call!.Requests.Should().Be(3);
        reply.Call.Usage.Should().Be(new TokenUsage(14, 4, 0, 0));
        reply.Call.Retries.Should().Equal(new Dictionary<string, int> { ["HTTP 503"] = 1 });
    }

    [Fact]
    public async Task A_servers_names_are_bounded_and_hold_neither_control_characters_nor_the_key()
    {
        var body = Completion("""{"content":"b"}""").Replace("m-1", $"m\\n\\u0007{Key}" + new string('x', 500)).Replace("fp_1", "\\n");
        await using var server = await StartAsync(Answer(200, body));
        var call = (await WholeAsync(server)).Call!;
        call.Model.Should().StartWith("m[key]xxx").And.HaveLength(256);
        call.Fingerprint.Should().BeNull();
    }

    [Fact]
    public async Task A_request_that_got_no_reply_has_no_name()
    {
        await using var server = await StartAsync(
            Answer(500, "{}", ("x-request-id", "req-1")),
            context =>
            {
                context.Abort();
                return Task.CompletedTask;
            });
        (await WholeAsync(server, settings => settings with { Retries = 1 })).Call!.RequestId.Should().BeNull();
    }

    private async Task<Reply> WholeAsync(ScriptedServer server, Func<TargetSettings, TargetSettings>? change = null)
    {
        using var target = Open(server, change);
        return await target.AskAsync(Question(), 0, CancellationToken.None);
    }
}
