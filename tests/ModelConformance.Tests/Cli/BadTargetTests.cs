using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using static ModelConformance.Tests.Targets.ScriptedServer;

namespace ModelConformance.Tests.Cli;

/// <summary>Targets that cannot be asked, or stop answering: one clear error, exit code 4, and no part of a run that looks whole.</summary>
public sealed class BadTargetTests : RunTest
{
    private const int Unavailable = 4;
    private const string Key = "sk-very-secret-0123456789";
    private const int SampleItems = 352;

    private static readonly RequestDelegate Page = context =>
    {
        context.Response.ContentType = "text/html";
        return context.Response.WriteAsync("<!doctype html><title>Welcome</title>");
    };

    [Fact]
    public async Task An_unreachable_target_is_named()
    {
        // Taken, so that nobody else gets it meanwhile, but not listened at.
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var url = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndPoint!).Port}/v1";
        Shell.Settings["Target:Retries"] = "0";

        ShouldFail(
            await RunAsync("--base-url", url, "--model", "m"), Unavailable, 1,
            $"could not reach {url}/chat/completions", "Connection refused", "Is the server running?", "MODELCONFORMANCE__Target__BaseUrl");
        Left.Should().Equal(["ledger.db", "progress.json"], "nothing was collected");
    }

    [Fact]
    public async Task A_rejected_key_is_told_without_the_key()
    {
        Shell.Settings["Target:ApiKey"] = Key;
        await using var server = await StartAsync(Answer(401, $$"""{"error":{"message":"Incorrect API key provided: {{Key}}"} }"""));

        var finished = await AskAsync(server);

        ShouldFail(finished, Unavailable, 1, "rejected the key", "HTTP 401", server.BaseUrl, "MODELCONFORMANCE__Target__ApiKey is set, but not accepted");
        finished.Error.Should().NotContain(Key);
        server.Requests.Should().ContainSingle("a wrong key does not heal");
    }

    [Fact]
    public async Task A_proxys_error_page_is_told_from_a_models_answer()
    {
        await using var server = await StartAsync(context =>
        {
            context.Response.StatusCode = 502;
            return Page(context);
        });

        ShouldFail(
            await AskAsync(server), Unavailable, 1, "HTTP 502 with an HTML page instead of JSON", "<title>Welcome</title>", $"MODELCONFORMANCE__Target__BaseUrl={server.BaseUrl}");
    }

    [Fact]
    public async Task A_page_of_a_wrong_address_is_told_from_a_models_answer()
    {
        await using var server = await StartAsync(Page);

        ShouldFail(
            await AskAsync(server), Unavailable, 1, "HTTP 200 with an HTML page instead of JSON", "wrong address?", $"MODELCONFORMANCE__Target__BaseUrl={server.BaseUrl}");
    }

    [Fact]
    public async Task A_stream_of_429s_is_a_rate_limit_and_not_a_models_answer()
    {
        await using var server = await StartAsync(Answer(429, """{"error":{"message":"slow down"}}"""));

        ShouldFail(await AskAsync(server), Unavailable, 1, "rate limit", "HTTP 429", "slow down", "MODELCONFORMANCE__Target__Retries");
    }

    [Fact]
    public async Task A_stream_of_429s_in_the_middle_of_a_run_ends_it()
    {
        await using var server = await StartAsync([.. Enumerable.Repeat(Says("(c)"), 21), Answer(429, """{"error":{"message":"slow down"}}""")]);

        ShouldFail(await AskAsync(server), Unavailable, 2, "stopped answering", "HTTP 429", "slow down");
    }

    [Fact]
    public async Task Log_probabilities_that_do_not_come_are_an_error_and_never_a_silent_downgrade()
    {
        await using var server = await StartAsync(Says("(c)"));

        ShouldFail(await AskAsync(server, args: ["--mode", "Logprobs"]), Unavailable, 1, "no log-probabilities", "MODELCONFORMANCE__Target__Mode=text");
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_target_that_dies_leaves_what_it_had_answered_in_a_file_that_says_it_is_a_part()
    {
        const int answered = 40;
        await using var server = await StartAsync([.. Enumerable.Repeat(Says("(c)"), 1 + answered), context =>
        {
            context.Abort();
            return Task.CompletedTask;
        }]);

        ShouldFail(await AskAsync(server), Unavailable, 2, "stopped answering: 10 calls in a row failed", server.BaseUrl, "The answers so far are in");

        Left.Where(file => file.StartsWith("answers", StringComparison.Ordinal)).Should().Equal("answers.bbq.jsonl.part");
        Part().Count(line => line.GetProperty("finish").GetString() == "stop").Should().Be(answered);
    }

    [Fact]
    public async Task A_target_that_fails_for_a_tenth_of_the_items_answers_too_little_to_be_judged()
    {
        var asked = 0;
        await using var server = await StartAsync(context =>
            Interlocked.Increment(ref asked) % 10 == 0 ? Answer(500, """{"error":{"message":"out of memory"}}""")(context) : Says("(c)")(context));
        Shell.Settings["Target:Concurrency"] = "4";

        var finished = await AskAsync(server, args: ["--json"]);

        const int failed = (1 + SampleItems) / 10;
        finished.Code.Should().Be(Unavailable);
        finished.Error.Should().Contain($"{failed} of {SampleItems} questions got no reply: the target answered too little to be judged");
        finished.Json.GetProperty("manifest").GetProperty("failed").GetInt32().Should().Be(failed);
        finished.Json.GetProperty("cells").EnumerateArray()
            .Where(cell => cell.GetProperty("slice").GetString() == "all" && cell.GetProperty("metric").GetString() == "bbq.accuracy")
            .Sum(cell => cell.GetProperty("counts").GetProperty("failed").GetInt32()).Should().Be(failed);
        finished.Json.GetProperty("gates").EnumerateArray().Select(gate => gate.GetProperty("verdict").GetString()).Should().NotContain("Pass");
    }

    [Fact]
    public async Task A_model_that_changed_between_the_halves_of_a_run_is_told_though_its_gates_are_judged()
    {
        const int half = 100;
        var other = Completion("""{"role":"assistant","content":"(c)"}""").Replace("m-1", "m-2", StringComparison.Ordinal);
        await using var server = await StartAsync([.. Enumerable.Repeat(Says("(c)"), half), Answer(200, other)]);

        var cut = await AskAsync(server, args: ["--budget-calls", $"{half}"]);
        var whole = await AskAsync(server);

        cut.Error.Should().Contain($"Budget:Calls allows {half}").And.NotContain("The model changed");
        whole.Error.Should().Contain("The model changed under the run, or since the run whose replies it goes on with: they name m-1, m-2.");
        whole.Code.Should().Be(1, "the gates are judged all the same");
    }

    [Fact]
    public async Task An_interrupted_run_lets_the_call_under_way_end_and_keeps_what_was_collected_line_by_line()
    {
        const int before = 50;
        using var interrupt = new CancellationTokenSource();
        await using var server = await StartAsync([.. Enumerable.Repeat(Says("(c)"), before), async context =>
        {
            await interrupt.CancelAsync();
            await Says("(c)")(context);
        }]);

        var finished = await AskAsync(server, interrupt.Token);

        ShouldFail(finished, 130, 3, "interrupted", "Stopping: what is under way may end", "The answers so far are in", "answers.bbq.jsonl.part");
        Part().Should().HaveCount(before, "one was the probe, and one under way").And.OnlyContain(line => line.GetProperty("finish").GetString() == "stop");
    }

    private JsonElement[] Part() =>
        Folder.Read("out/answers.bbq.jsonl.part").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
}
