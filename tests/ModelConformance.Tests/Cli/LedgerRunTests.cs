using ModelConformance.ReferenceModel;
using ModelConformance.Runs;

namespace ModelConformance.Tests.Cli;

/// <summary>Runs of the tool on one ledger, against a reference model that others could ask too.</summary>
public sealed class LedgerRunTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private ReferenceServer server = null!;

    private string Out => Path.Combine(folder.Path, "out");

    public async Task InitializeAsync() =>
        server = await ReferenceServer.StartAsync(Catalog.Open(new RunSettings()), Profile.Named("self-correcting"));

    [Fact]
    public async Task A_run_that_was_had_before_sends_nothing_and_finds_the_same_to_the_letter()
    {
        var first = await RunAsync();
        var results = folder.Read("out/results.json");
        var sent = server.Requests;

        var second = await RunAsync();

        (second.Code, second.Out).Should().Be((first.Code, first.Out));
        server.Requests.Should().Be(sent);
        folder.Read("out/results.json").Should().Be(results);
        second.Error.Should().Contain(": 0 requests in ").And.Contain("answers come from the ledger, the oldest of ");
    }

    [Fact]
    public async Task More_of_the_same_asks_only_what_is_new()
    {
        await RunAsync("--benchmarks", "bbq");
        var sent = server.Requests;

        await RunAsync();
        var more = server.Requests - sent;
        await RunAsync("--ledger", Path.Combine(folder.Path, "another.db"));

        (server.Requests - sent - more).Should().Be(sent + more - 1, "the probe was sent in either of the first two runs");
    }

    [Theory]
    [InlineData("--concurrency", "3")]
    [InlineData("--output", "elsewhere")]
    public async Task What_cannot_change_a_reply_is_not_in_its_key(string option, string value)
    {
        var ledger = Path.Combine(folder.Path, "shared.db");
        await RunAsync("--ledger", ledger);
        var sent = server.Requests;

        await RunAsync("--ledger", ledger, option, option == "--output" ? Path.Combine(folder.Path, value) : value);

        server.Requests.Should().Be(sent);
    }

    [Theory]
    [InlineData("--mode", "logprobs")]
    [InlineData("--prefill", "emulated")]
    public async Task What_can_change_a_reply_is_asked_anew(string option, string value)
    {
        await RunAsync();
        var sent = server.Requests;

        await RunAsync(option, value);

        server.Requests.Should().BeGreaterThan(3 * sent / 2, "of either way, only the reasoning is the same");
    }

    [Fact]
    public async Task The_budget_on_calls_is_kept_to_the_call_and_ends_the_run_inconclusive_until_it_is_raised()
    {
        var cut = await RunAsync("--budget-calls", "100");

        cut.Code.Should().Be(3, cut.Error);
        server.Requests.Should().Be(100);
        cut.Error.Should().Contain("The budget is used up: 100 requests were sent, and Budget:Calls allows 100.")
            .And.Contain($"The answers so far are in {Path.Combine(Out, "answers.bbq.jsonl.part")}.");
        cut.Json.GetProperty("manifest").GetProperty("endedBy").GetString().Should().StartWith("The budget is used up");

        var whole = await RunAsync();

        whole.Code.Should().Be(0, whole.Error);
        whole.Json.GetProperty("manifest").GetProperty("endedBy").ValueKind.Should().Be(System.Text.Json.JsonValueKind.Null);
        var requests = whole.Json.GetProperty("manifest").GetProperty("requests").GetInt64();
        server.Requests.Should().Be(requests + 2, "each run has its probe, and nothing was asked twice");
    }

    [Theory]
    [InlineData("--budget-tokens", "1000")]
    [InlineData("--budget-minutes", "0.0001")]
    public async Task Other_budgets_end_the_run_too(string budget, string most)
    {
        var cut = await RunAsync(budget, most);

        cut.Code.Should().Be(3, cut.Error);
        cut.Error.Should().Contain("The budget is used up");
    }

    [Fact]
    public async Task The_budget_on_money_goes_by_the_prices()
    {
        (await RunAsync("--budget-cost", "0.01")).Code.Should().Be(2, "there are no prices");

        var cut = await RunAsync("--budget-cost", "0.01", "--price-input", "1", "--price-output", "1");

        cut.Code.Should().Be(3, cut.Error);
        cut.Error.Should().MatchRegex("The budget is used up: the tokens used cost 0\\.01[0-9]*, and Budget:Cost allows 0\\.01");
    }

    [Fact]
    public async Task A_ledger_that_is_none_is_named_before_anything_is_asked()
    {
        var file = folder.Write("notes.txt", "These are notes, and long enough to be taken for a header of something.");

        var finished = await RunAsync("--ledger", file);

        finished.Code.Should().Be(2);
        finished.Error.Should().Contain(file).And.NotContain("unexpected");
        server.Requests.Should().Be(0);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=ann;Password=sesame", 4, "cannot be reached")]
    [InlineData("Database=fairness;Username=ann;Password=sesame", 2, "Write Host=")]
    [InlineData("/", 2, "is a folder")]
    public async Task A_ledger_that_cannot_be_reached_is_told_from_one_that_is_named_wrongly(string ledger, int code, string words)
    {
        var finished = await RunAsync("--ledger", ledger);

        finished.Code.Should().Be(code, finished.Error);
        finished.Error.Should().Contain(words).And.NotContain("sesame").And.NotContain("unexpected");
        server.Requests.Should().Be(0);
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    public void Dispose() => folder.Dispose();

    private Task<Shell.Finished> RunAsync(params string[] options) => new Shell().RunAsync(
        ["run", "--json", "--base-url", server.BaseUrl.ToString(), "--model", Profile.Named("self-correcting").Model, .. options.Contains("--prefill") ? Array.Empty<string>() : ["--prefill", "real"],
            .. options.Contains("--output") ? Array.Empty<string>() : ["--output", Out], .. options]);
}
