using System.Net;
using System.Text.Json.Nodes;

namespace ModelConformance.Tests.ReferenceModel;

public class RequestErrorTests
{
    private const string Messages = """ "messages":[{"role":"user","content":"x"}] """;

    [Fact]
    public async Task Json_that_cannot_be_read_is_a_400_that_says_where()
    {
        await using var client = await ChatClient.StartAsync("fair", []);
        var (status, body) = await client.PostAsync("""{"model": """);
        status.Should().Be(HttpStatusCode.BadRequest);
        var error = JsonNode.Parse(body)!["error"]!.AsObject();
        error.Select(field => field.Key).Should().Equal("message", "type", "param", "code");
        error["message"]!.GetValue<string>().Should().StartWith("We could not read the JSON body of your request: ").And.Contain("LineNumber: 0");
        error["type"]!.GetValue<string>().Should().Be("invalid_request_error");
    }

    [Fact]
    public async Task An_unknown_model_is_a_404_that_names_the_one_there_is()
    {
        await using var client = await ChatClient.StartAsync("fair", []);
        (await client.PostAsync($$"""{"model":"gpt-x",{{Messages}}}""")).Should().Be((
            HttpStatusCode.NotFound,
            """
            {"error":{"message":"The model 'gpt-x' does not exist; this server has 'reference-fair'.",
            "type":"invalid_request_error","param":null,"code":"model_not_found"}}
            """.ReplaceLineEndings("")));
    }

    [Fact]
    public async Task An_unknown_path_is_a_404_in_the_same_shape()
    {
        await using var client = await ChatClient.StartAsync("fair", []);
        var (status, body) = await client.GetAsync("/v1/completions");
        status.Should().Be(HttpStatusCode.NotFound);
        body.Should().Contain("Unknown request URL: GET /v1/completions.");
    }

    [Theory]
    [InlineData("""{"role":"tool","content":"x"}""", "messages[0]", "'tool'")]
    [InlineData("""{"role":"user"}""", "messages[0]", "content is missing")]
    [InlineData("""{"role":"user","content":7}""", "messages[0].content", "string or an array")]
    [InlineData("""{"role":"user","content":[{"type":"file"}]}""", "messages[0].content", "other than text")]
    [InlineData("null", "messages[0]", "must be an object")]
    [InlineData("", "messages", "at least one message")]
    public Task A_faulty_message_is_a_400_that_names_it(string message, string param, string expected) =>
        Refuses($$"""{"model":"reference-fair","messages":[{{message}}]}""", param, expected);

    [Theory]
    [InlineData(""" "logprobs":true,"top_logprobs":21 """, "top_logprobs", "21 is outside 0 … 20")]
    [InlineData(""" "logprobs":true,"top_logprobs":-1 """, "top_logprobs", "-1 is outside 0 … 20")]
    [InlineData(""" "top_logprobs":2 """, "top_logprobs", "only allowed where 'logprobs' is true")]
    [InlineData(""" "max_tokens":0 """, "max_tokens", "0 is outside 1")]
    [InlineData(""" "max_tokens":"many" """, "max_tokens", "could not be converted")]
    [InlineData(""" "max_completion_tokens":0 """, "max_completion_tokens", "0 is outside 1")]
    [InlineData(""" "temperature":2.5 """, "temperature", "2.5 is outside 0 … 2")]
    [InlineData(""" "n":3 """, "n", "ask once per sample")]
    [InlineData(""" "stream":true """, "stream", "not supported")]
    [InlineData(""" "continue_final_message":true """, "continue_final_message", "role assistant")]
    public Task A_faulty_field_is_a_400_that_names_it_and_what_was_expected(string fields, string param, string expected) =>
        Refuses($$"""{"model":"reference-fair",{{Messages}},{{fields}}}""", param, expected);

    [Fact]
    public Task To_continue_and_to_begin_exclude_each_other() => Refuses(
        $$"""{"model":"reference-fair",{{Messages}},"continue_final_message":true,"add_generation_prompt":true}""",
        "continue_final_message",
        "Cannot set both");

    [Fact]
    public async Task A_request_without_model_or_without_anything_is_a_400()
    {
        await Refuses($$"""{ {{Messages}} }""", "model", "You must provide a model parameter.");
        await Refuses("null", null, "The body must be a JSON object.");
    }

    [Fact]
    public async Task A_body_beyond_all_measure_is_refused_in_the_same_shape()
    {
        await using var client = await ChatClient.StartAsync("fair", []);
        // The refusal is waited for before the body is sent: the server reads nothing of that and ends the connection, perhaps in the middle of it.
        using var http = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = Timeout.InfiniteTimeSpan });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{client.Server.BaseUrl}/chat/completions"))
        {
            Content = new StringContent($$"""{"model":"{{new string('x', 2 << 20)}}"}"""),
            Headers = { ExpectContinue = true },
        };
        using var response = await http.SendAsync(request);
        response.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await response.Content.ReadAsStringAsync()).Should().StartWith("""{"error":{"message":""");
    }

    private static async Task Refuses(string request, string? param, string expected)
    {
        await using var client = await ChatClient.StartAsync("fair", []);
        var (status, body) = await client.PostAsync(request);
        status.Should().Be(HttpStatusCode.BadRequest, body);
        var error = JsonNode.Parse(body)!["error"]!;
        error["param"]?.GetValue<string>().Should().Be(param);
        (error["param"] is null).Should().Be(param is null);
        error["message"]!.GetValue<string>().Should().Contain(expected);
    }
}
