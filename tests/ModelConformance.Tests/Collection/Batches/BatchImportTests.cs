using ModelConformance.Collection.Batches;
using ModelConformance.Datasets;
using ModelConformance.Ledger;
using ModelConformance.Protocol;
using ModelConformance.Targets;
using static ModelConformance.Tests.Collection.Batches.BatchProvider;

namespace ModelConformance.Tests.Collection.Batches;

/// <summary>What comes back from a batch, line by line. Nothing is sent: there is nobody at the address.</summary>
public sealed class BatchImportTests : IAsyncDisposable
{
    private const string Key = "sk-very-secret-0123456789";
    private const string Said =
        """{"created":1760000000,"model":"m-1","choices":[{"message":{"content":"(b)"},"finish_reason":"stop"}],"usage":{"prompt_tokens":9}}""";

    private const string Busy = """{"error":{"message":"Rate limit reached","code":"rate_limit_exceeded"}}""";

    private readonly TemporaryFolder folder = new();
    private readonly MemoryLedger ledger = new();
    private readonly ITarget target = Target.Open(new() { BaseUrl = "http://127.0.0.1:9/v1", Model = "m", ApiKey = Key });

    [Fact]
    public async Task A_reply_is_kept_with_how_it_was_had()
    {
        (await ImportAsync(Result(Id(1), 200, Said))).Should().Be(new BatchImport(1, Kept: 1, 0, 0, 0));

        var reply = await FindAsync(1);
        (reply!.Text, reply.Finish).Should().Be(("(b)", Finish.Stop));
        reply.Call.Should().BeEquivalentTo(new
        {
            At = new DateTimeOffset(2025, 10, 9, 8, 53, 20, TimeSpan.Zero),
            Requests = 1,
            RequestId = "req-1",
            Model = "m-1",
            Usage = new TokenUsage(9, 0, 0, 0),
        });
    }

    [Fact]
    public async Task What_vllm_writes_is_read_too()
    {
        var result = $$$"""{"id":"vllm-1","custom_id":"{{{Id(1)}}}","response":{"status_code":200,"request_id":"vllm-1","body":{{{Said}}}},"error":null}""";
        var fault = $$$"""
            {"custom_id":"{{{Id(2)}}}","response":{"status_code":500,"request_id":"vllm-2","body":null},"error":{"object":"error","message":"engine died","type":"InternalServerError","param":null,"code":500}}
            """;

        (await ImportAsync(result, fault)).Should().Be(
            new BatchImport(2, Kept: 1, 0, 0, Failed: 1) { FirstFailure = "results.jsonl:2: HTTP 500 500: \"engine died\" (HTTP 500)" });
    }

    [Theory]
    [InlineData(400, """{"error":{"code":"content_filter","message":"The response was filtered"}}""", Finish.ContentFilter)]
    [InlineData(200, """{"choices":[{"message":{"content":""},"finish_reason":"content_filter"}]}""", Finish.ContentFilter)]
    [InlineData(200, """{"choices":[{"message":{"content":null,"refusal":"I can't"},"finish_reason":"stop"}]}""", Finish.Refusal)]
    public async Task Filters_and_refusals_are_outcomes(int status, string body, Finish finish)
    {
        (await ImportAsync(Result(Id(1), status, body))).Should().Be(new BatchImport(1, Kept: 1, Withheld: 1, 0, 0));

        (await FindAsync(1))!.Finish.Should().Be(finish);
    }

    [Theory]
    [InlineData(429, Busy, "HTTP 429 rate_limit_exceeded: \"Rate limit reached\" (HTTP 429)")]
    [InlineData(503, "\"<html>\"", "HTTP 503*(HTTP 503)")]
    [InlineData(200, "\"half\"", "*no completion*(unreadable)")]
    [InlineData(200, """{"choices":[]}""", "*no choices*(unreadable)")]
    [InlineData(400, """{"error":{"code":"context_length_exceeded","message":"too long"}}""", "HTTP 400 context_length_exceeded: \"too long\"")]
    public async Task What_brought_no_reply_is_asked_again(int status, string body, string reason)
    {
        var import = await ImportAsync(Result(Id(1), status, body));

        (import with { FirstFailure = null }).Should().Be(new BatchImport(1, 0, 0, 0, Failed: 1));
        import.FirstFailure.Should().Match($"results.jsonl:1: {reason}");
        (await FindAsync(1)).Should().BeNull();
        (await ImportAsync(Result(Id(1), 200, Said))).Kept.Should().Be(1);
    }

    [Fact]
    public async Task A_request_that_the_batch_had_no_time_for_is_asked_again()
    {
        var import = await ImportAsync(
            $$$"""{"custom_id":"{{{Id(1)}}}","response":null,"error":{"code":"batch_expired","message":"This request could not be executed."}}""");

        import.Should().BeEquivalentTo(new { Failed = 1, Kept = 0, Fault = (string?)null });
        import.FirstFailure.Should().Contain("batch_expired");
    }

    [Theory]
    [InlineData(401, """{"error":{"message":"Incorrect API key provided: sk-very-secret-0123456789"}}""", "rejected the key")]
    [InlineData(400, """{"error":{"message":"Unsupported parameter","param":"seed"}}""", "MODELCONFORMANCE__Target__Omit")]
    [InlineData(429, """{"error":{"message":"You exceeded your quota","code":"insufficient_quota"}}""", "quota")]
    public async Task What_is_said_of_the_target_is_told_once_and_the_other_lines_are_kept(int status, string body, string words)
    {
        var import = await ImportAsync(Result(Id(1), status, body), Result(Id(2), 200, Said), Result(Id(3), status, body));

        import.Should().BeEquivalentTo(new { Lines = 3, Kept = 1, Failed = 2 });
        import.Fault.Should().StartWith("results.jsonl:1: ").And.Contain(words).And.NotContain(Key);
        import.FirstFailure.Should().Be(import.Fault);
    }

    [Fact]
    public async Task Missing_log_probabilities_are_said_of_the_target()
    {
        (await ImportAsync(Result(Id(1, Mode.Logprobs), 200, Said))).Fault.Should().Contain("no log-probabilities");
    }

    [Fact]
    public async Task The_first_reply_to_a_request_stays()
    {
        var other = Said.Replace("(b)", "(c)", StringComparison.Ordinal);

        (await ImportAsync(Result(Id(1), 200, Said), Result(Id(1), 200, other))).Should().Be(new BatchImport(2, Kept: 1, 0, Repeated: 1, 0));
        (await ImportAsync(Result(Id(1), 200, other), Result(Id(1), 429, Busy))).Should().Be(new BatchImport(2, 0, 0, Repeated: 2, 0));

        (await FindAsync(1))!.Text.Should().Be("(b)");
    }

    [Fact]
    public async Task A_file_is_longer_than_what_is_looked_up_at_once()
    {
        var lines = Enumerable.Range(1, 1500).Select(number => Result(Id(number), 200, Said)).ToArray();

        (await ImportAsync([.. lines, .. lines])).Should().Be(new BatchImport(3000, Kept: 1500, 0, Repeated: 1500, 0));
    }

    [Theory]
    [InlineData("""{"custom_id":"request-1","response":null,"error":null}""", "custom_id \"request-1\" was not written by 'batch export'")]
    [InlineData("""{"custom_id":"ID","method":"POST","url":"/v1/chat/completions","body":{}}""", "what 'batch export' wrote are its requests")]
    [InlineData("""{"response":{}}""", "field 'custom_id' is missing")]
    [InlineData("""{"custom_id":"ID","respon""", "the line may be cut")]
    public async Task What_is_no_result_is_told_with_file_and_line_and_the_lines_before_are_kept(string line, string words)
    {
        var importing = () => ImportAsync(
            Result(Id(1), 200, Said), "", line.Replace("ID", Id(2), StringComparison.Ordinal), Result(Id(3), 200, Said));

        (await importing.Should().ThrowAsync<DataException>()).Which.Message.Should().StartWith("results.jsonl:3: ").And.Contain(words);
        (await FindAsync(1)).Should().NotBeNull();
        (await FindAsync(3)).Should().BeNull();
    }

    [Fact]
    public async Task Results_of_another_target_are_refused()
    {
        using var other = Target.Open(new() { BaseUrl = "http://127.0.0.1:9/v1", Model = "n" });
        var id = BatchId.Of(new(other.Identity, 1, 0), Mode.Text).ToString();

        var importing = () => ImportAsync(Result(id, 200, Said));

        (await importing.Should().ThrowAsync<DataException>()).Which.Message.Should()
            .StartWith("results.jsonl:1: ").And.Contain("another target").And.Contain("model=m ").And.NotContain(Key);
    }

    [Fact]
    public async Task A_file_that_there_is_not_is_named()
    {
        var importing = () => BatchImport.ReadAsync(target, ledger, [folder.Path + "/no.jsonl"], default);

        (await importing.Should().ThrowAsync<DataException>()).Which.Message.Should().Contain("no.jsonl: there is no such file");
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        target.Dispose();
        return ledger.DisposeAsync();
    }

    private string Id(int conversation, Mode mode = Mode.Text) => BatchId.Of(new(target.Identity, (UInt128)conversation, 0), mode).ToString();

    private async Task<Reply?> FindAsync(int conversation) => (await ledger.FindAsync([new(target.Identity, (UInt128)conversation, 0)], default))[0];

    private Task<BatchImport> ImportAsync(params string[] lines) =>
        BatchImport.ReadAsync(target, ledger, [folder.Write("results.jsonl", string.Join('\n', lines))], default);
}
