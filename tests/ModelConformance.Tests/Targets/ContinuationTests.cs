using System.Text.Json;
using System.Text.RegularExpressions;
using ModelConformance.Protocol;
using ModelConformance.Targets;
using static ModelConformance.Tests.Targets.ScriptedServer;

namespace ModelConformance.Tests.Targets;

/// <summary>The log-probability of a text after a prompt, from a server's echo.</summary>
public partial class ContinuationTests : TargetTest
{
    private const string Prompt = "\n\nHuman: Who forgot?\n\n(a) The old man (b) The young man.\n\nAssistant: The answer is";

    private static readonly Conversation Asked = Question(Mode.Continuation) with { Continuations = [" (a)", " (b) The young"] };

    [Fact]
    public async Task The_tokens_of_each_continuation_are_summed_in_the_order_of_the_options()
    {
        await using var server = await StartAsync(
            Echoes(_ => [(Prompt, -70), (" (", -0.5), ("a", -1), (")", -0.25)]),
            Echoes(_ => [(Prompt, -70), (" (", -0.5), ("b", -2), (")", -0.25), (" The", -0.125), (" young", -4)]));
        (await AskContinuationsAsync(server)).Should().BeEquivalentTo(new Reply("", Finish.Stop) { Continuations = [-1.75, -6.875] });
    }

    [Fact]
    public async Task A_token_that_straddles_the_prompts_end_counts_as_a_whole()
    {
        var (start, end) = (Prompt.Length - 2, Prompt.Length + 2);
        await using var server = await StartAsync(Echoes(text => [(text[..start], -70), (text[start..end], -3), (text[end..], -1)]));
        (await AskContinuationsAsync(server)).Continuations.Should().Equal(-4, -4);
    }

    [Fact]
    public async Task What_a_server_puts_before_the_text_is_no_part_of_it()
    {
        // A beginning-of-text token without a probability, and the space of SentencePiece.
        await using var server = await StartAsync(Echoes(text => [("<s>", null), (" ", -9), (Prompt, -70), (text[Prompt.Length..], -1)]));
        (await AskContinuationsAsync(server)).Continuations.Should().Equal(-1, -1);
    }

    [Fact]
    public async Task Tokens_that_lost_their_leading_space_are_found_all_the_same()
    {
        await using var server = await StartAsync(Echoes(text => Words().Matches(text).Select(word => (word.Value.TrimStart(' '), (double?)-1))));
        (await AskContinuationsAsync(server)).Continuations.Should().Equal(-3, -5);
    }

    [Fact]
    public async Task A_token_without_text_is_a_part_of_the_character_that_follows()
    {
        await using var server = await StartAsync(Echoes(text => [(Prompt, -70), ("", -1), ("", -1), (text[Prompt.Length..], -1)]));
        (await AskContinuationsAsync(server)).Continuations.Should().Equal(-3, -3);
    }

    [Fact]
    public async Task Characters_beyond_the_first_plane_shift_nothing()
    {
        await using var server = await StartAsync(Echoes(text => text.EnumerateRunes().Select(rune => (rune.ToString(), (double?)-1))));
        using var target = Open(server, Measured);
        var question = Asked with { Turns = [new Turn(Role.User, "😀 𝒳 ”é”")], Continuations = [" 😀"] };
        (await target.AskAsync(question, 0, CancellationToken.None)).Continuations.Should().Equal(-2);
    }

    [Fact]
    public async Task However_the_text_is_cut_into_tokens_those_that_reach_past_the_prompt_are_summed()
    {
        var random = new Random(20261121);
        var (whole, expected) = (Prompt + Asked.Continuations[0], 0.0);
        await using var server = await StartAsync(context =>
        {
            int[] cuts = [0, .. Enumerable.Range(1, whole.Length - 1).Where(_ => random.Next(3) == 0), whole.Length];
            (int Start, int End, double Logprob)[] tokens = [.. cuts.Zip(cuts.Skip(1), (start, end) => (start, end, -random.NextDouble()))];
            expected = tokens.Where(token => token.End > Prompt.Length).Sum(token => token.Logprob);
            return Echoes(_ => tokens.Select(token => (whole[token.Start..token.End], (double?)token.Logprob)))(context);
        });
        using var target = Open(server, Measured);
        for (var sample = 0; sample < 200; sample++)
        {
            var reply = await target.AskAsync(Asked with { Continuations = [Asked.Continuations[0]] }, sample, CancellationToken.None);
            reply.Continuations.Should().ContainSingle().Which.Should().BeApproximately(expected, 1e-12);
        }
    }

    [Fact]
    public async Task The_shape_of_chat_is_read_here_too()
    {
        var text = Prompt + " (a)";
        var logprobs = $$"""{"content":[{"token":{{JsonSerializer.Serialize(Prompt)}},"logprob":null},{"token":" (a)","logprob":-2}]}""";
        await using var server = await StartAsync(Answer(200, TextCompletion(text, logprobs: logprobs)));
        using var target = Open(server, Measured);
        (await target.AskAsync(Asked with { Continuations = [" (a)"] }, 0, CancellationToken.None)).Continuations.Should().Equal(-2);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(-9999.0)]
    [InlineData(-3.4028234663852886e+38)]
    public async Task A_token_of_the_continuation_without_a_probability_ends_the_run(double? logprob)
    {
        await using var server = await StartAsync(Echoes(text => [(Prompt, -70), (text[Prompt.Length..], logprob)]));
        (await RunFaultAsync(server)).Should().ContainAll("without the log-probabilities", "MODELCONFORMANCE__Target__Mode");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"tokens":["\n\nHuman"],"token_logprobs":[-1]}""")]
    [InlineData("""{"tokens":null,"token_logprobs":null,"top_logprobs":null,"text_offset":null}""")]
    public async Task An_echo_without_log_probabilities_ends_the_run(string logprobs)
    {
        await using var server = await StartAsync(Answer(200, TextCompletion(Prompt + " (a) no", logprobs: logprobs)));
        (await RunFaultAsync(server)).Should().Contain("without the log-probabilities");
    }

    [Fact]
    public async Task Probabilities_in_place_of_their_logarithms_are_noticed()
    {
        await using var server = await StartAsync(Echoes(text => [(Prompt, 0.1), (text[Prompt.Length..], 0.9)]));
        (await RunFaultAsync(server)).Should().Contain("0.9");
    }

    [Fact]
    public async Task Tokens_that_do_not_spell_what_was_sent_fail_the_item()
    {
        await using var server = await StartAsync(Echoes(text => [(Prompt, -70), (" (\ufffd", -1), (")", -1)]));
        var reply = await AskContinuationsAsync(server);
        reply.Finish.Should().Be(Finish.Failed);
        reply.Error.Should().Be("the tokens of the server's echo do not spell what it was sent: \"(\ufffd\" stands in place of \"(a)\"");
    }

    [Fact]
    public async Task More_than_two_tokens_before_the_text_are_a_prompt_of_the_servers_own()
    {
        await using var server = await StartAsync(Echoes(text => [("<s>", null), ("System", -1), (":", -1), (text, -1)]));
        (await AskContinuationsAsync(server)).Error.Should().Contain("do not spell");
    }

    [Fact]
    public async Task A_continuation_that_failed_fails_the_item_and_the_rest_is_not_asked()
    {
        await using var server = await StartAsync(Echoes(text => [(text, -1)]), Answer(500, """{"error":{"message":"out of memory"}}"""));
        var reply = await AskContinuationsAsync(server, settings => settings with { Retries = 1 }, [" a", " b", " c"]);
        reply.Should().BeEquivalentTo(new { Finish = Finish.Failed, Continuations = Array.Empty<double>() });
        reply.Error.Should().Contain("out of memory").And.EndWith("(HTTP 500; 2 attempts)");
        server.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task A_continuation_whose_rate_limit_heals_costs_no_other_its_place()
    {
        await using var server = await StartAsync(
            Echoes(_ => [(Prompt, -1), (" a", -1)]),
            Answer(429, "{}", ("Retry-After", "1")),
            Answer(200, """{"choices":[{"text":"cut"""),
            Echoes(_ => [(Prompt, -1), (" b", -2)]));
        (await AskContinuationsAsync(server, continuations: [" a", " b"])).Continuations.Should().Equal(-1, -2);
    }

    [Fact]
    public async Task A_filter_on_one_continuation_filters_the_item()
    {
        await using var byStatus = await StartAsync(
            Echoes(text => [(text, -1)]), Answer(400, """{"error":{"message":"no","code":"content_filter"}}"""));
        (await AskContinuationsAsync(byStatus)).Should().BeEquivalentTo(new Reply("", Finish.ContentFilter));
        await using var byFinish = await StartAsync(Answer(200, TextCompletion("", "content_filter")));
        (await AskContinuationsAsync(byFinish)).Should().BeEquivalentTo(new Reply("", Finish.ContentFilter));
    }

    [Fact]
    public async Task The_probe_measures_two_words_and_passes()
    {
        await using var server = await StartAsync(Echoes(text => Words().Matches(text).Select(word => (word.Value, (double?)-1))));
        using var target = Open(server, Measured);
        var probe = await target.ProbeAsync(CancellationToken.None);
        probe.Reply!.Continuations.Should().Equal(-1, -1);
        server.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task The_probe_finds_a_server_that_ignores_the_echo()
    {
        await using var server = await StartAsync(Answer(200, TextCompletion(" blue", logprobs: """{"tokens":[" blue"],"token_logprobs":[-0.1]}""")));
        (await ProbeFaultAsync(server, Measured)).Should().ContainAll("does not echo", "\"blue\"", "MODELCONFORMANCE__Target__Mode");
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"Unsupported","param":"echo"}}""")]
    [InlineData(400, """{"error":{"message":"Only no echo is supported","type":"invalid_request_error"}}""")]
    [InlineData(500, """{"error":{"message":"Only no echo is supported","type":"server_error"}}""")]
    public async Task The_probe_finds_a_server_that_refuses_the_echo(int status, string body)
    {
        await using var server = await StartAsync(Answer(status, body));
        (await ProbeFaultAsync(server, Measured)).Should().ContainAll("needs a server that echoes a prompt", "MODELCONFORMANCE__Target__Mode");
    }

    [Fact]
    public async Task The_probe_finds_an_echo_without_log_probabilities()
    {
        await using var server = await StartAsync(Echoes(text => [(text, null)]));
        (await ProbeFaultAsync(server, Measured)).Should().Contain("without the log-probabilities");
    }

    [Fact]
    public async Task Whatever_bytes_a_server_sends_the_call_ends_in_a_reply_or_a_named_fault()
    {
        const string Noise = "\"\\{}[]:,0ud\u00ff";
        var random = new Random(20261121);
        var logprobs = $$"""{"tokens":[{{JsonSerializer.Serialize(Prompt)}}," (a)"],"token_logprobs":[-1.5,-2.5],"text_offset":[0,80]}""";
        await using var server = await StartAsync(context =>
        {
            var body = System.Text.Encoding.UTF8.GetBytes(TextCompletion(Prompt + " (a)", logprobs: logprobs));
            for (var changes = random.Next(1, 5); changes > 0; changes--)
            {
                body[random.Next(body.Length)] = (byte)Noise[random.Next(Noise.Length)];
            }

            return context.Response.Body.WriteAsync(body).AsTask();
        });
        using var target = Open(server, settings => Measured(settings) with { Retries = 0 });
        for (var sample = 0; sample < 500; sample++)
        {
            try
            {
                var reply = await target.AskAsync(Asked with { Continuations = [" (a)"] }, sample, CancellationToken.None);
                (reply.Finish == Finish.Failed || reply.Finish == Finish.ContentFilter || reply.Continuations.Length == 1).Should().BeTrue();
                reply.Continuations.Should().NotContain(logprob => logprob > 0);
            }
            catch (TargetException fault)
            {
                fault.Message.Should().NotContainAny("\n", "\r", "\u001b");
            }
        }
    }

    private static TargetSettings Measured(TargetSettings settings) => Completions(settings) with { Mode = Mode.Continuation };

    private async Task<Reply> AskContinuationsAsync(
        ScriptedServer server, Func<TargetSettings, TargetSettings>? change = null, string[]? continuations = null)
    {
        using var target = Open(server, settings => (change ?? (same => same))(Measured(settings)));
        var asked = continuations is null ? Asked : Asked with { Continuations = [.. continuations] };
        return await target.AskAsync(asked, 0, CancellationToken.None) with { Call = null };
    }

    private async Task<string> RunFaultAsync(ScriptedServer server) =>
        (await FluentActions.Awaiting(() => AskContinuationsAsync(server)).Should().ThrowAsync<TargetException>()).Which.Message;

    /// <summary>What a tokenizer might make of English.</summary>
    [GeneratedRegex(@" ?\w+| ?[^\w\s]|\s")]
    private static partial Regex Words();
}
