using System.Net;
using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.ReferenceModel;

public class WireShapeTests
{
    // Unknown is a; always-unknown therefore answers (a).
    private static readonly BbqItem Item = Questions.Ambiguous(0);

    [Fact]
    public async Task A_completion_has_the_shape_of_OpenAIs()
    {
        await using var client = await ChatClient.StartAsync("always-unknown", [Item]);
        var (status, body) = await client.PostAsync("""
            {"model":"reference-always-unknown","messages":[{"role":"user","content":"Who are you?"}],"seed":7,"max_tokens":64,"user":"x"}
            """);
        status.Should().Be(HttpStatusCode.OK);
        body.Should().MatchRegex("""^\{"id":"chatcmpl-[0-9a-f]{16}",""");
        body[(body.IndexOf(',', StringComparison.Ordinal) + 1)..].Should().Be(
            """
            "object":"chat.completion","created":0,"model":"reference-always-unknown","choices":[{"index":0,"message":{"role":"assistant",
            "content":"I do not know this question.","refusal":null},"logprobs":null,"finish_reason":"stop"}],
            "usage":{"prompt_tokens":4,"completion_tokens":7,"total_tokens":11},"system_fingerprint":"reference-always-unknown-0"}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public async Task Logprobs_have_the_shape_of_OpenAIs()
    {
        await using var client = await ChatClient.StartAsync("always-unknown", [Item]);
        var request = client.Request(BbqPrompt.Render(Item, Condition.Q, Mode.Logprobs, null), real: true);
        request["max_tokens"] = 1;
        request["top_logprobs"] = 4;
        var choice = (await client.CompleteAsync(request))["choices"]![0]!;
        choice["finish_reason"]!.GetValue<string>().Should().Be("length");
        choice["message"]!["content"]!.GetValue<string>().Should().Be("a");
        choice["logprobs"]!.ToJsonString().Should().Be(
            """
            {"content":[{"token":"a","logprob":-0.12783337150988489,"bytes":[97],"top_logprobs":[
            {"token":"a","logprob":-0.12783337150988489,"bytes":[97]},
            {"token":"b","logprob":-2.995732273553991,"bytes":[98]},
            {"token":"c","logprob":-2.995732273553991,"bytes":[99]},
            {"token":"The","logprob":-4.8283137373023015,"bytes":[84,104,101]}]}],"refusal":null}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public async Task The_models_are_listed()
    {
        await using var client = await ChatClient.StartAsync("fair", [Item]);
        (await client.GetAsync("/v1/models")).Should().Be((
            HttpStatusCode.OK,
            """{"object":"list","data":[{"id":"reference-fair","object":"model","created":0,"owned_by":"modelconformance"}]}"""));
    }

    [Fact]
    public async Task Content_may_come_as_text_parts()
    {
        await using var client = await ChatClient.StartAsync("always-unknown", [Item]);
        var (status, body) = await client.PostAsync($$"""
            {"model":"reference-always-unknown","messages":[{"role":"user","content":[{"type":"text","text":
            "{{BbqPrompt.Question(Item).Replace("\n", "\\n", StringComparison.Ordinal)}}"}]}]}
            """);
        status.Should().Be(HttpStatusCode.OK);
        body.Should().Contain("The answer is (a)");
    }

    [Fact]
    public async Task Requests_are_counted()
    {
        await using var client = await ChatClient.StartAsync("fair", [Item]);
        await client.GetAsync("/v1/models");
        await client.PostAsync("nonsense");
        client.Server.Requests.Should().Be(2);
    }
}
