using ModelConformance.Protocol;
using static ModelConformance.Tests.Targets.ScriptedServer;

namespace ModelConformance.Tests.Targets;

public class CompletionsReplyTests : TargetTest
{
    private const string Busy = """{"error":{"message":"Rate limit reached","code":"rate_limit_exceeded"}}""";

    [Theory]
    [InlineData(" (b)", "stop", Finish.Stop)]
    [InlineData(" (b) The young", "length", Finish.Length)]
    [InlineData("", "content_filter", Finish.ContentFilter)]
    [InlineData("", "stop", Finish.Stop)]
    public async Task A_reply_is_read_as_it_is(string text, string finish, Finish expected)
    {
        await using var server = await StartAsync(Answer(200, TextCompletion(text, finish)));
        (await AskAsync(server, Completions)).Should().BeEquivalentTo(new Reply(text, expected));
    }

    [Fact]
    public async Task Of_several_choices_the_first_is_the_reply()
    {
        await using var server = await StartAsync(Answer(200, """{"choices":[{"text":" a"},{"text":" b"}]}"""));
        (await AskAsync(server, Completions)).Text.Should().Be(" a");
    }

    [Fact]
    public async Task Alternatives_of_the_first_four_positions_come_most_probable_first_and_without_sentinels()
    {
        var logprobs = $$"""
            {"tokens":["x",null,"z","u","v"],"token_logprobs":[-1,-1,-1,-1,-1],"text_offset":[0,1,2,3,4],"top_logprobs":[
            {{string.Join(',', Enumerable.Repeat("""{" (":-2,"b":1e-9,"c":-9999.0,"d":-3.4028234663852886e+38,"e":null}""", 4))}}]}
            """;
        await using var server = await StartAsync(Answer(200, TextCompletion("b", logprobs: logprobs)));
        var reply = await AskAsync(server, Completions, Mode.Logprobs);
        reply.Tokens.Should().HaveCount(4);
        reply.Tokens.Should().AllSatisfy(token => token.Top.Should().Equal(new TokenLogprob("b", 0), new TokenLogprob(" (", -2)));
    }

    [Fact]
    public async Task The_shape_of_chat_is_read_here_too()
    {
        const string Logprobs = """{"content":[{"token":" (","logprob":-0.1,"top_logprobs":[{"token":" (","logprob":-0.1,"bytes":[32,40]},{"token":" b","logprob":-3}]}]}""";
        await using var server = await StartAsync(Answer(200, TextCompletion(" (b)", logprobs: Logprobs)));
        (await AskAsync(server, Completions, Mode.Logprobs)).Tokens.Should().ContainSingle()
            .Which.Top.Should().Equal(new TokenLogprob(" (", -0.1), new TokenLogprob(" b", -3));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("""{"tokens":[" b"],"token_logprobs":[-0.1],"top_logprobs":null}""")]
    [InlineData("""{"tokens":[" b"],"token_logprobs":[-0.1],"top_logprobs":[null]}""")]
    [InlineData("""{"tokens":[],"token_logprobs":[],"top_logprobs":[]}""")]
    public async Task A_server_that_leaves_out_the_log_probabilities_ends_the_run(string logprobs)
    {
        await using var server = await StartAsync(Answer(200, TextCompletion(" b", logprobs: logprobs)));
        (await FaultAsync(server, Completions, Mode.Logprobs)).Should().ContainAll("no log-probabilities", "MODELCONFORMANCE__Target__Mode=text");
    }

    [Fact]
    public async Task Probabilities_in_place_of_their_logarithms_are_noticed()
    {
        await using var server = await StartAsync(Answer(200, TextCompletion(" b", logprobs: """{"tokens":[" b"],"top_logprobs":[{" b":0.9}]}""")));
        (await FaultAsync(server, Completions, Mode.Logprobs)).Should().Contain("0.9");
    }

    [Fact]
    public async Task A_rate_limit_and_a_reply_that_is_cut_are_tried_again()
    {
        await using var server = await StartAsync(
            Answer(429, Busy, ("Retry-After", "3")), Answer(200, TextCompletion(" b")[..60]), Answer(200, TextCompletion(" b")));
        using var target = Open(server, Completions);
        (await target.AskAsync(Question(), 0, CancellationToken.None)).Text.Should().Be(" b");
        target.Observations.Retries.Should().Equal(new Dictionary<string, long> { ["HTTP 429"] = 1, ["unreadable"] = 1 });
        target.Observations.Usage.Should().Be(new TokenUsage(7, 2, 0, 0));
    }

    [Theory]
    [InlineData("""{"error":{"message":"Too many","param":"logprobs"}}""")]
    [InlineData("""{"object":"error","message":"Requested sample logprobs of 20, which is greater than max allowed: 5"}""")]
    public async Task A_server_that_gives_fewer_alternatives_is_told_with_the_setting_to_lower(string body)
    {
        await using var server = await StartAsync(Answer(400, body));
        (await FaultAsync(server, settings => Completions(settings) with { Mode = Mode.Logprobs }, Mode.Logprobs))
            .Should().Contain("MODELCONFORMANCE__Target__TopLogprobs");
    }

    [Fact]
    public async Task A_server_without_this_protocol_is_said_to_lack_the_path()
    {
        await using var server = await StartAsync(Answer(404, """{"detail":"Not Found"}"""));
        (await FaultAsync(server, Completions)).Should().ContainAll(server.BaseUrl + "/completions", "MODELCONFORMANCE__Target__Protocol");
    }

    [Fact]
    public async Task The_probe_passes_where_the_text_is_continued()
    {
        await using var server = await StartAsync(Answer(200, TextCompletion(" blue, black, white.")));
        using var target = Open(server, Completions);
        (await target.ProbeAsync(CancellationToken.None)).Reply!.Text.Should().Be(" blue, black, white.");
    }

    [Fact]
    public async Task The_probe_finds_a_server_that_puts_the_text_into_a_chat_template()
    {
        await using var server = await StartAsync(Answer(200, TextCompletion("Red, green, blue, black, white")));
        (await ProbeFaultAsync(server, Completions)).Should().ContainAll("chat template", "MODELCONFORMANCE__Target__Protocol=openai-chat");
    }

    [Theory]
    [InlineData("length")]
    [InlineData("stop")]
    public async Task The_probe_finds_missing_log_probabilities(string finish)
    {
        await using var server = await StartAsync(Answer(200, TextCompletion("", finish)));
        (await ProbeFaultAsync(server, settings => Completions(settings) with { Mode = Mode.Logprobs }))
            .Should().Contain("MODELCONFORMANCE__Target__Mode=text");
    }

    [Theory]
    [InlineData("openai-chat")]
    [InlineData("openai-completions")]
    public async Task The_probe_asks_as_the_run_will(string protocol)
    {
        await using var server = await StartAsync(Answer(200, """{"choices":[{"text":" blue","message":{"content":" blue"}}]}"""));
        using var target = Open(server, settings => settings with { Protocol = protocol, Mode = Mode.Sampling });
        await target.ProbeAsync(CancellationToken.None);
        server.Requests.Single().Body.Should().Contain("\"temperature\":1,\"top_p\":1,\"n\":1,\"seed\":0");
    }
}
