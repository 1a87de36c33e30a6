using ModelConformance.Protocol;
using ModelConformance.Targets;
using static ModelConformance.Tests.Targets.ScriptedServer;

namespace ModelConformance.Tests.Targets;

public class ChatFaultTests : TargetTest
{
    private const string Busy = """{"error":{"message":"Rate limit reached on requests per min (RPM)","code":"rate_limit_exceeded"}}""";

    [Theory]
    [InlineData(408)]
    [InlineData(409)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(524)]
    [InlineData(529)]
    public async Task What_can_heal_is_tried_again_and_counted(int status)
    {
        await using var server = await StartAsync(Answer(status, Busy), Answer(status, "<html>busy</html>"), Says("b"));
        using var target = Open(server);
        (await target.AskAsync(Question(), 0, CancellationToken.None)).Text.Should().Be("b");
        target.Observations.Retries.Should().Equal(new Dictionary<string, long> { [$"HTTP {status}"] = 2 });
        Time.Waits.Should().HaveCount(2).And.OnlyContain(wait => wait > TimeSpan.Zero && wait < TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("Retry-After", "7", 7)]
    [InlineData("Retry-After", "0.25", 0.25)]
    [InlineData("Retry-After", "Wed, 21 Oct 2026 07:28:42 GMT", 42)]
    [InlineData("Retry-After", "1m30s", 90)]
    [InlineData("Retry-After", "20ms", 0.02)]
    [InlineData("retry-after-ms", "1500", 1.5)]
    [InlineData("x-ratelimit-reset-requests", "1m0.5s", 60.5)]
    [InlineData("x-ratelimit-reset-tokens", "12", 12)]
    [InlineData("x-ratelimit-reset-requests", "1792567692", 12)]
    [InlineData("X-RateLimit-Reset", "1792567692500", 12.5)]
    [InlineData("X-RateLimit-Reset", "2026-10-21T07:28:09Z", 9)]
    [InlineData("Retry-After", "1792567687", 7)]
    public async Task The_wait_that_a_server_asks_for_is_kept_to(string header, string value, double seconds)
    {
        await using var server = await StartAsync(Answer(429, Busy, (header, value)), Says("b"));
        (await AskAsync(server)).Text.Should().Be("b");
        Time.Waits.Should().Equal(TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData("Wed, 21 Oct 2026 08:28:00 GMT", "Wed, 21 Oct 2026 08:28:42 GMT")]
    [InlineData("Tue, 20 Oct 2026 07:28:00 GMT", "Tue, 20 Oct 2026 07:28:42 GMT")]
    [InlineData("Tue, 20 Oct 2026 07:28:00 GMT", "1792481322")]
    [InlineData("Wed, 21 Oct 2026 08:28:00 GMT", "1792571322000")]
    public async Task A_date_to_wait_for_counts_from_the_servers_own_clock(string now, string then)
    {
        await using var server = await StartAsync(Answer(429, Busy, ("Date", now), ("Retry-After", then)), Says("b"));
        await AskAsync(server);
        Time.Waits.Should().Equal(TimeSpan.FromSeconds(42));
    }

    [Fact]
    public async Task The_reset_that_counts_is_that_of_the_limit_used_up()
    {
        await using var server = await StartAsync(
            Answer(
                429,
                Busy,
                ("x-ratelimit-remaining-requests", "100"),
                ("x-ratelimit-reset-requests", "2m"),
                ("x-ratelimit-remaining-tokens", "0"),
                ("x-ratelimit-reset-tokens", "6s")),
            Says("b"));
        await AskAsync(server);
        Time.Waits.Should().Equal(TimeSpan.FromSeconds(6));
    }

    [Theory]
    [InlineData("Wed, 21 Oct 2026 07:00:00 GMT")]
    [InlineData("1792567679")]
    [InlineData("1792567679999")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("1m30")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("12, 12")]
    [InlineData("12-12")]
    [InlineData("23:59")]
    public async Task A_wait_that_is_past_or_unreadable_is_the_usual_pause(string value)
    {
        await using var server = await StartAsync(Answer(503, Busy, ("Retry-After", value)), Says("b"));
        (await AskAsync(server)).Text.Should().Be("b");
        Time.Waits.Should().ContainSingle().Which.Should().BePositive().And.BeLessThan(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("2h")]
    [InlineData("301")]
    [InlineData("999999999")]
    [InlineData("1792567981")]
    [InlineData("1792567981000")]
    [InlineData("99999999999999999999999999999999999999")]
    public async Task A_server_that_asks_for_more_than_five_minutes_ends_the_run(string value)
    {
        await using var server = await StartAsync(Answer(429, Busy, ("Retry-After", value)));
        (await FaultAsync(server)).Should().ContainAll("asks to wait", "more than 5 is not waited for");
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_stream_of_429s_ends_in_a_failed_reply_that_tells_the_attempts()
    {
        await using var server = await StartAsync(Answer(429, Busy));
        var reply = await AskAsync(server, settings => settings with { Retries = 3 });
        reply.Finish.Should().Be(Finish.Failed);
        reply.Error.Should().Be("HTTP 429 rate_limit_exceeded: \"Rate limit reached on requests per min (RPM)\" (HTTP 429; 4 attempts)");
        server.Requests.Should().HaveCount(4);
    }

    [Fact]
    public async Task Waits_that_the_server_asks_for_use_up_time_and_not_attempts()
    {
        await using var server = await StartAsync([.. Enumerable.Repeat(Answer(429, Busy, ("Retry-After", "2")), 40), Says("b")]);
        (await AskAsync(server, settings => settings with { Retries = 1 })).Text.Should().Be("b");
        Time.Waits.Should().HaveCount(40);
    }

    [Fact]
    public async Task A_server_that_is_busy_without_end_fails_the_call_after_five_minutes()
    {
        await using var server = await StartAsync(Answer(429, Busy, ("Retry-After", "60")));
        (await AskAsync(server)).Error.Should().EndWith("(HTTP 429; 6 attempts)");
        Time.Waits.Sum(wait => wait.TotalMinutes).Should().Be(5);
    }

    [Fact]
    public async Task No_retries_means_one_attempt()
    {
        await using var server = await StartAsync(Answer(503, Busy, ("Retry-After", "1")));
        (await AskAsync(server, settings => settings with { Retries = 0 })).Error.Should().EndWith("(HTTP 503; 1 attempt)");
    }

    [Theory]
    [InlineData(429, """{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"insufficient_quota"}}""")]
    [InlineData(429, """{"error":{"message":"Rate limit reached on tokens per day (TPD): Limit 500000","type":"tokens","code":"rate_limit_exceeded"}}""")]
    [InlineData(429, """{"error":{"message":"Rate limit exceeded: free-models-per-day","code":429}}""")]
    [InlineData(429, """[{"error":{"code":429,"message":"You exceeded your current quota","details":[{"quotaId":"GenerateRequestsPerDayPerProjectPerModel"}]}}]""")]
    [InlineData(402, """{"error":{"message":"Insufficient credits","code":402}}""")]
    [InlineData(403, """{"error":{"message":"Spending limit reached"}}""")]
    public async Task A_spent_quota_or_a_daily_limit_ends_the_run_at_once(int status, string body)
    {
        await using var server = await StartAsync(Answer(status, body));
        (await FaultAsync(server)).Should().Contain("quota").And.Contain("spent");
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Geminis_limit_per_minute_is_no_spent_quota()
    {
        const string PerMinute = """[{"error":{"code":429,"message":"You exceeded your current quota","details":[{"quotaId":"GenerateRequestsPerMinutePerProjectPerModel"}]}}]""";
        await using var server = await StartAsync(Answer(429, PerMinute), Says("b"));
        (await AskAsync(server)).Text.Should().Be("b");
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_rejected_key_names_the_variable_to_set_and_never_the_key(int status)
    {
        await using var server = await StartAsync(Answer(status, $$"""{"error":{"message":"Incorrect API key provided: {{Key}}.","code":"{{Key}}"} }"""));
        (await FaultAsync(server)).Should().Contain("rejected the key").And.Contain("MODELCONFORMANCE__Target__ApiKey");
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_missing_key_is_said_to_be_missing()
    {
        await using var server = await StartAsync(Answer(401, "{}"));
        (await FaultAsync(server, settings => settings with { ApiKey = null })).Should().Contain("is not set");
    }

    [Fact]
    public async Task An_unknown_model_or_path_shows_both()
    {
        await using var server = await StartAsync(Answer(404, """{"error":{"message":"The model does not exist","code":"model_not_found"}}"""));
        (await FaultAsync(server)).Should().ContainAll("\"m\"", server.BaseUrl + "/chat/completions", "The model does not exist");
    }

    [Theory]
    [InlineData("max_tokens", "MODELCONFORMANCE__Target__MaxTokensParameter=max_completion_tokens")]
    [InlineData("temperature", "MODELCONFORMANCE__Target__Omit")]
    [InlineData("logprobs", "MODELCONFORMANCE__Target__Mode=text")]
    [InlineData("top_logprobs", "MODELCONFORMANCE__Target__TopLogprobs")]
    [InlineData("add_generation_prompt", "MODELCONFORMANCE__Target__Prefill=emulated")]
    public async Task A_refused_parameter_is_named_with_the_setting_that_avoids_it(string param, string way)
    {
        await using var server = await StartAsync(
            Answer(400, $$"""{"error":{"message":"Unsupported","type":"invalid_request_error","param":"{{param}}","code":"unsupported_parameter"} }"""));
        (await FaultAsync(server)).Should().Contain($"\"{param}\"").And.Contain(way);
        server.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("""{"object":"error","message":"no\u001b[31m\u202e such\n thing","code":400}""")]
    [InlineData("""{"detail":"no\u001b[31m\u202e such\n thing"}""")]
    [InlineData("""{"error":"no\u001b[31m\u202e such\n thing"}""")]
    public async Task A_servers_own_words_are_quoted_on_one_line_without_control_characters(string body)
    {
        await using var server = await StartAsync(Answer(400, body));
        (await FaultAsync(server)).Should().Contain("\"no\\u001b[31m\\u202e such thing\"");
    }

    [Fact]
    public async Task Words_that_are_no_json_are_quoted_like_any_other()
    {
        await using var server = await StartAsync(Answer(400, "no\u001b[31m\u202e such\n thing"));
        (await FaultAsync(server)).Should().Contain("\"no\\u001b[31m\\u202e such thing\"");
    }

    [Fact]
    public async Task A_servers_words_are_bounded()
    {
        await using var server = await StartAsync(Answer(418, new string('x', 100_000)));
        (await FaultAsync(server)).Length.Should().BeLessThan(500);
    }

    [Fact]
    public async Task An_html_page_in_place_of_a_reply_is_quoted()
    {
        await using var server = await StartAsync(Answer(200, "\n<!DOCTYPE html><title>Sign in</title>" + new string(' ', 500) + "never shown"));
        (await FaultAsync(server)).Should().ContainAll("HTTP 200", "HTML page", "<!DOCTYPE html><title>Sign in</title>", "MODELCONFORMANCE__Target__BaseUrl");
    }

    [Fact]
    public async Task A_reply_that_calls_itself_a_page_is_read()
    {
        await using var server = await StartAsync(Answer(200, Completion("""{"content":"b"}"""), ("Content-Type", "text/html")));
        (await AskAsync(server)).Text.Should().Be("b");
    }

    [Fact]
    public async Task A_proxys_page_about_a_fault_that_can_heal_is_quoted_after_the_last_attempt()
    {
        await using var server = await StartAsync(Answer(502, "<html><h1>Bad Gateway</h1>"));
        var reply = await AskAsync(server, settings => settings with { Retries = 1 });
        reply.Error.Should().Be("HTTP 502 with an HTML page instead of JSON, \"<html><h1>Bad Gateway</h1>\" (HTTP 502; 2 attempts)");
    }

    [Theory]
    [InlineData("""{"choices":[{"message":{"content":"b""")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("""{"choices":{}}""")]
    [InlineData("""{"error":{"message":"upstream hiccup"}}""")]
    public async Task A_reply_that_is_cut_or_empty_is_tried_again(string body)
    {
        await using var server = await StartAsync(Answer(200, body), Says("b"));
        using var target = Open(server);
        (await target.AskAsync(Question(), 0, CancellationToken.None)).Text.Should().Be("b");
        target.Observations.Retries.Should().ContainKey("unreadable");
    }

    [Theory]
    [InlineData("abort")]
    [InlineData("insufficient_system_resource")]
    [InlineData("error")]
    [InlineData("ERROR")]
    [InlineData("network_error")]
    [InlineData("gave up")]
    public async Task A_reply_that_the_server_broke_off_is_tried_again(string finish)
    {
        await using var server = await StartAsync(Answer(200, Completion("""{"content":"(a"}""", finish)), Says("(b)"));
        using var target = Open(server);
        (await target.AskAsync(Question(), 0, CancellationToken.None)).Text.Should().Be("(b)");
        target.Observations.Retries.Should().Equal(new Dictionary<string, long> { ["unreadable"] = 1 });
        target.Observations.Usage.Should().Be(new TokenUsage(14, 4, 0, 0), "what was broken off was paid for");
    }

    [Fact]
    public async Task The_word_for_a_broken_reply_is_quoted_after_the_last_attempt()
    {
        await using var server = await StartAsync(Answer(200, Completion("""{"content":"(a"}""", "abort")));
        (await AskAsync(server, settings => settings with { Retries = 1 })).Error
            .Should().Be("the server ended its reply with \"abort\", which is no end of a whole answer (unreadable; 2 attempts)");
    }

    [Theory]
    [InlineData("""{"choices":[{"message":{"content":"(a"},"finish_reason":null}],"error":{"message":"upstream hiccup"}}""", "unreadable")]
    [InlineData("""{"choices":[{"message":{"content":"(a"},"finish_reason":"stop"}],"error":"upstream hiccup"}""", "unreadable")]
    [InlineData("""{"choices":[{"message":{"content":"(a"},"finish_reason":null}],"error":{"message":"Overloaded","code":503}}""", "HTTP 503")]
    [InlineData("""{"choices":[{"message":{"content":"(a"},"finish_reason":null,"error":{"message":"lost","code":502}}]}""", "unreadable")]
    public async Task An_error_beside_what_was_said_so_far_is_tried_again(string body, string cause)
    {
        await using var server = await StartAsync(Answer(200, body), Says("(b)"));
        using var target = Open(server);
        (await target.AskAsync(Question(), 0, CancellationToken.None)).Text.Should().Be("(b)");
        target.Observations.Retries.Should().Equal(new Dictionary<string, long> { [cause] = 1 });
    }

    [Fact]
    public async Task An_upstreams_fault_inside_a_reply_is_judged_by_its_own_status()
    {
        await using var server = await StartAsync(Answer(200, """{"error":{"message":"busy","code":429}}"""), Says("b"));
        using var target = Open(server);
        (await target.AskAsync(Question(), 0, CancellationToken.None)).Text.Should().Be("b");
        target.Observations.Retries.Should().ContainKey("HTTP 429");
    }

    [Fact]
    public async Task Whatever_bytes_a_server_sends_the_call_ends_in_a_reply_or_a_named_fault()
    {
        const string Noise = "\"\\{}[]:,0ud\u00ff";
        var random = new Random(20261021);
        string[] bodies =
        [
            Completion("""{"content":"(b) \ud83d\ude00","refusal":null}""", logprobs: """{"content":[{"top_logprobs":[{"token":"b","logprob":-0.1}]}]}"""),
            """{"error":{"message":"no","code":"c","param":"p","innererror":{"code":"x"} } }""",
        ];
        await using var server = await StartAsync(context =>
        {
            var body = System.Text.Encoding.UTF8.GetBytes(bodies[random.Next(bodies.Length)]);
            for (var changes = random.Next(1, 5); changes > 0; changes--)
            {
                body[random.Next(body.Length)] = (byte)Noise[random.Next(Noise.Length)];
            }

            context.Response.StatusCode = random.Next(3) switch { 0 => 200, 1 => 400, _ => 500 };
            return context.Response.Body.WriteAsync(body.AsMemory(0, random.Next(5) == 0 ? random.Next(body.Length) : body.Length)).AsTask();
        });
        using var target = Open(server, settings => settings with { Retries = 0 });
        for (var sample = 0; sample < 1000; sample++)
        {
            try
            {
                (await target.AskAsync(Question(Mode.Logprobs), sample, CancellationToken.None)).Should().NotBeNull();
            }
            catch (TargetException fault)
            {
                fault.Message.Should().NotContainAny("\n", "\r", "\u001b");
            }
        }
    }
}
