using System.IO.Compression;
using System.Text;
using ModelConformance.Protocol;
using static ModelConformance.Tests.Targets.ScriptedServer;

namespace ModelConformance.Tests.Targets;

public class ChatReplyTests : TargetTest
{
    [Theory]
    [InlineData("""{"content":"(b)"}""", "stop", "(b)", Finish.Stop)]
    [InlineData("""{"content":" (b)\n"}""", "stop", " (b)\n", Finish.Stop)]
    [InlineData("""{"content":"The answer is (b)"}""", "eos", "The answer is (b)", Finish.Stop)]
    [InlineData("""{"content":[{"type":"thinking","thinking":[{"text":"a?"}]},{"type":"text","text":"(b"},{"type":"text","text":")"}]}""", "stop", "(b)", Finish.Stop)]
    [InlineData("""{"content":null}""", "stop", "", Finish.Stop)]
    [InlineData("""{"content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]}""", "tool_calls", "", Finish.Stop)]
    [InlineData("null", "stop", "", Finish.Stop)]
    [InlineData("""{"content":""}""", "length", "", Finish.Length)]
    [InlineData("""{"content":null,"reasoning_content":"Well"}""", "length", "", Finish.Length)]
    [InlineData("""{"content":"I was"}""", "content_filter", "I was", Finish.ContentFilter)]
    [InlineData("""{"content":null,"refusal":"I cannot."}""", "stop", "I cannot.", Finish.Refusal)]
    [InlineData("""{"content":"","refusal":""}""", "stop", "", Finish.Stop)]
    [InlineData("""{"content":"\u0028b\u0029 \ud83d\ude00"}""", "stop", "(b) 😀", Finish.Stop)]
    [InlineData("""{"content":"(b) \ud83d"}""", "length", "(b) \ufffd", Finish.Length)]
    [InlineData("""{"content":"\\ud83d \ude00\ud83d\ude00"}""", "stop", "\\ud83d \ufffd😀", Finish.Stop)]
    public async Task A_reply_is_read_as_it_is(string message, string finish, string text, Finish expected)
    {
        await using var server = await StartAsync(Answer(200, Completion(message, finish)));
        var reply = await AskAsync(server);
        reply.Should().BeEquivalentTo(new Reply(text, expected));
        server.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("eos_token", Finish.Stop)]
    [InlineData("end_turn", Finish.Stop)]
    [InlineData("stop_sequence", Finish.Stop)]
    [InlineData("STOP", Finish.Stop)]
    [InlineData("COMPLETE", Finish.Stop)]
    [InlineData("", Finish.Stop)]
    [InlineData("function_call", Finish.Stop)]
    [InlineData("tool-calls", Finish.Stop)]
    [InlineData("MAX_TOKENS", Finish.Length)]
    [InlineData("model_length", Finish.Length)]
    [InlineData("repetition", Finish.Length)]
    [InlineData("refusal", Finish.Refusal)]
    [InlineData("content-filter", Finish.ContentFilter)]
    [InlineData("content_filtered", Finish.ContentFilter)]
    [InlineData("SAFETY", Finish.ContentFilter)]
    [InlineData("RECITATION", Finish.ContentFilter)]
    [InlineData("PROHIBITED_CONTENT", Finish.ContentFilter)]
    [InlineData("guardrail_intervened", Finish.ContentFilter)]
    public async Task The_ends_of_a_reply_are_known_by_the_names_that_providers_give_them(string word, Finish expected)
    {
        await using var server = await StartAsync(Answer(200, Completion("""{"content":"(b)"}""", word)));
        (await AskAsync(server)).Should().BeEquivalentTo(new Reply("(b)", expected));
        server.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"stop\"")]
    public async Task An_error_that_says_nothing_is_none(string finish)
    {
        const string Nothing = """{"message":"","type":"","param":null,"code":0,"metadata":{},"details":[false]}""";
        await using var server = await StartAsync(
            Answer(200, $$"""{"choices":[{"message":{"content":"b"},"finish_reason":{{finish}},"error":""}],"error":{{Nothing}} }"""));
        (await AskAsync(server)).Should().BeEquivalentTo(new Reply("b", Finish.Stop));
        server.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("\"prompt_tokens\":\"12\",\"completion_tokens\":3", 12, 3)]
    [InlineData("\"prompt_tokens\":\"many\",\"completion_tokens\":3", 0, 3)]
    [InlineData("\"prompt_tokens\":12,\"completion_tokens\":null", 12, 0)]
    [InlineData("\"prompt_tokens\":12.0,\"completion_tokens\":[3],\"prompt_tokens_details\":4,\"completion_tokens_details\":\"5\"", 12, 0)]
    [InlineData("\"prompt_tokens\":-12,\"completion_tokens\":1e300", 0, 0)]
    [InlineData("\"other\":{\"prompt_tokens\":9},\"prompt_tokens\":12,\"prompt_tokens_details\":[{\"cached_tokens\":9}],\"more\":[[{}]],\"completion_tokens\":3", 12, 3)]
    [InlineData("\"prompt_tokens\":4294967295,\"completion_tokens\":3", 0, 3)]
    [InlineData("\"prompt_tokens\":{\"completion_tokens\":9},\"completion_tokens\":3", 0, 3)]
    public async Task Tokens_that_are_oddly_counted_lose_no_answer(string usage, int prompt, int completion)
    {
        await using var server = await StartAsync(Answer(200, $$"""{"choices":[{"message":{"content":"b"} }],"usage":{ {{usage}} } }"""));
        using var target = Open(server);
        (await target.AskAsync(Question(), 0, CancellationToken.None)).Text.Should().Be("b");
        target.Observations.Usage.Should().Be(new TokenUsage(prompt, completion, 0, 0));
    }

    [Theory]
    [InlineData("""{"prompt_tokens":12,"prompt_tokens_details":{"audio":[1,{}],"cached_tokens":8},"completion_tokens_details":{"reasoning_tokens":2,"x":null},"completion_tokens":3}""")]
    [InlineData("""{"completion_tokens_details":{"reasoning_tokens":2.0},"completion_tokens":"3","prompt_tokens_details":{"cached_tokens":"8","other":{"cached_tokens":1}},"prompt_tokens":12}""")]
    public async Task Cached_and_reasoning_tokens_are_counted_apart(string usage)
    {
        await using var server = await StartAsync(Answer(200, $$"""{"choices":[{"message":{"content":"b"} }],"usage":{{usage}} }"""));
        using var target = Open(server);
        (await target.AskAsync(Question(), 0, CancellationToken.None)).Text.Should().Be("b");
        target.Observations.Usage.Should().Be(new TokenUsage(12, 3, 8, 2));
    }

    [Theory]
    [InlineData("12", "12")]
    [InlineData("true", null)]
    [InlineData("{\"name\":[\"m\"]}", null)]
    [InlineData("null", null)]
    public async Task What_a_reply_says_of_itself_in_another_shape_loses_no_answer(string said, string? read)
    {
        await using var server = await StartAsync(Answer(
            200, $$"""{"model":{{said}},"system_fingerprint":{{said}},"usage":{{said}},"choices":[{"message":{"content":"b"} }]}"""));
        using var target = Open(server);
        var reply = await target.AskAsync(Question(), 0, CancellationToken.None);
        (reply.Text, reply.Call!.Model, reply.Call.Fingerprint).Should().Be(("b", read, read));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("false")]
    [InlineData("\"\"")]
    [InlineData("{\"content\":[],\"refusal\":[]}")]
    public async Task Log_probabilities_in_another_shape_lose_no_answer(string logprobs)
    {
        await using var server = await StartAsync(Answer(200, $$"""{"choices":[{"message":{"content":"b"},"logprobs":{{logprobs}} }]}"""));
        (await AskAsync(server)).Text.Should().Be("b");
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Of_several_choices_the_first_is_the_reply()
    {
        await using var server = await StartAsync(Answer(200, """{"choices":[{"message":{"content":"a"}},{"message":{"content":"b"}}]}"""));
        (await AskAsync(server)).Text.Should().Be("a");
    }

    [Fact]
    public async Task Half_a_character_and_a_byte_order_mark_lose_no_answer()
    {
        byte[] body = [0xEF, 0xBB, 0xBF, .. """{"choices":[{"message":{"content":"b """u8, 0xF0, 0x9F, .. "\"}}]}"u8];
        await using var server = await StartAsync(context => context.Response.Body.WriteAsync(body).AsTask());
        (await AskAsync(server)).Text.Should().Be("b \ufffd");
    }

    [Fact]
    public async Task Alternatives_of_the_first_four_positions_come_most_probable_first_and_without_sentinels()
    {
        const string Position = """{"token":"x","logprob":0,"top_logprobs":[{"token":" (","logprob":-2},{"token":"b","logprob":1e-9},{"token":"c","logprob":-9999.0},{"token":"d","logprob":-3.4028234663852886e+38},{"token":"e","logprob":null},{"token":null,"logprob":-1},null]}""";
        var logprobs = $$"""{"content":[{{string.Join(',', Enumerable.Repeat(Position, 6))}}]}""";
        await using var server = await StartAsync(Answer(200, Completion("""{"content":"b"}""", logprobs: logprobs)));
        var reply = await AskAsync(server, mode: Mode.Logprobs);
        reply.Tokens.Should().HaveCount(4);
        reply.Tokens[3].Top.Should().Equal(new TokenLogprob("b", 0), new TokenLogprob(" (", -2));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("""{"content":null}""")]
    [InlineData("""{"content":[{"token":"b","logprob":-0.1,"top_logprobs":[]}]}""")]
    public async Task A_server_that_leaves_out_the_log_probabilities_ends_the_run(string logprobs)
    {
        await using var server = await StartAsync(Answer(200, Completion("""{"content":"b"}""", logprobs: logprobs)));
        (await FaultAsync(server, mode: Mode.Logprobs)).Should().ContainAll("no log-probabilities", "MODELCONFORMANCE__Target__Mode=text");
    }

    [Theory]
    [InlineData("""{"content":""}""", "content_filter", Finish.ContentFilter)]
    [InlineData("""{"refusal":"No."}""", "stop", Finish.Refusal)]
    [InlineData("""{"content":null}""", "length", Finish.Length)]
    public async Task A_withheld_or_cut_reply_needs_no_log_probabilities(string message, string finish, Finish expected)
    {
        await using var server = await StartAsync(Answer(200, Completion(message, finish)));
        (await AskAsync(server, mode: Mode.Logprobs)).Finish.Should().Be(expected);
    }

    [Fact]
    public async Task Probabilities_in_place_of_their_logarithms_are_noticed()
    {
        const string Logprobs = """{"content":[{"top_logprobs":[{"token":"b","logprob":0.9}]}]}""";
        await using var server = await StartAsync(Answer(200, Completion("""{"content":"b"}""", logprobs: Logprobs)));
        (await FaultAsync(server, mode: Mode.Logprobs)).Should().Contain("0.9");
    }

    [Theory]
    [InlineData("""{"error":{"message":"The response was filtered","param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation"}}}""")]
    [InlineData("""{"error":{"message":"filtered","code":null,"innererror":{"code":"ResponsibleAIPolicyViolation"}}}""")]
    [InlineData("""{"error":{"message":"flagged","code":"content_policy_violation"}}""")]
    public async Task A_provider_that_filters_with_an_error_gives_an_outcome(string body)
    {
        await using var server = await StartAsync(Answer(400, body));
        (await AskAsync(server, mode: Mode.Logprobs)).Should().BeEquivalentTo(new Reply("", Finish.ContentFilter));
    }

    [Fact]
    public async Task A_conversation_that_is_too_wordsfails_alone_and_at_once()
    {
        await using var server = await StartAsync(Answer(400, """{"error":{"message":"too long","code":"context_length_exceeded","param":"messages"}}"""));
        (await AskAsync(server)).Error.Should().Be("HTTP 400 context_length_exceeded: \"too long\"");
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_body_above_the_bound_is_not_read_to_its_end_and_not_asked_for_again()
    {
        // The body never ends, so that only a client that stops at the bound has a reply before its timeout.
        await using var server = await StartAsync(async context =>
        {
            await context.Response.Body.WriteAsync(new byte[4 * 1024 * 1024 + 1]);
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        (await AskAsync(server, settings => settings with { TimeoutSeconds = 60, Retries = 1 })).Error.Should().StartWith("reply larger than 4 MiB");
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_small_body_that_unpacks_to_a_large_one_is_stopped_at_the_same_bound()
    {
        await using var server = await StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var zip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await zip.WriteAsync(new byte[16 * 1024 * 1024]);
        });
        (await AskAsync(server)).Error.Should().StartWith("reply larger than 4 MiB");
    }

    [Fact]
    public async Task A_body_that_says_it_is_larger_than_the_bound_is_not_waited_for()
    {
        await using var server = await StartAsync(async context =>
        {
            context.Response.ContentLength = long.MaxValue;
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        (await AskAsync(server, settings => settings with { TimeoutSeconds = 60, Retries = 1 })).Error.Should().StartWith("reply larger than 4 MiB");
    }

    [Fact]
    public async Task Headers_above_what_is_read_are_not_asked_for_again()
    {
        await using var server = await StartAsync(Answer(200, Completion("""{"content":"a"}"""), ("x-long", new string('x', 100_000))), Says("b"));
        (await AskAsync(server)).Error.Should().StartWith("the headers of the reply from").And.Contain("too long");
        server.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZip")]
    [InlineData("x-gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("identity")]
    public async Task A_packed_body_is_unpacked(string encoding)
    {
        var asked = "";
        // Longer than what is read at once.
        var words = new string('b', 10_000);
        await using var server = await StartAsync(async context =>
        {
            asked = context.Request.Headers.AcceptEncoding.ToString();
            context.Response.Headers.ContentEncoding = encoding;
            var body = context.Response.Body;
            await using var packed = encoding switch
            {
                "deflate" => new ZLibStream(body, CompressionLevel.Fastest),
                "br" => new BrotliStream(body, CompressionLevel.Fastest),
                "identity" => body,
                _ => (Stream)new GZipStream(body, CompressionLevel.Fastest),
            };
            await packed.WriteAsync(Encoding.UTF8.GetBytes(Completion($$"""{"content":"{{words}}"}""")));
        });

        (await AskAsync(server)).Text.Should().Be(words);
        asked.Should().Be("gzip, deflate, br");
    }

    [Fact]
    public async Task A_text_above_the_bound_is_cut_and_says_so()
    {
        await using var server = await StartAsync(Says(new string('x', 100_000)));
        var reply = await AskAsync(server);
        reply.Text.Should().HaveLength(64 * 1024);
        reply.Finish.Should().Be(Finish.Length);
    }

    [Fact]
    public async Task What_the_target_uses_is_added_up_while_it_is_asked()
    {
        await using var server = await StartAsync(Says("b"));
        using var target = Open(server);
        await target.AskAsync(Question(), 0, CancellationToken.None);
        await target.AskAsync(Question(), 1, CancellationToken.None);
        target.Observations.Requests.Should().Be(2);
        target.Observations.Usage.Should().Be(new TokenUsage(14, 4, 0, 0));
        target.Observations.Retries.Should().BeEmpty();
    }
}
