using System.Text.Json.Nodes;
using ModelConformance.ReferenceModel;
using ModelConformance.Runs;
using ModelConformance.Tests.Collection.Batches;

namespace ModelConformance.Tests.Cli;

/// <summary>The verbs of a batch, with a provider on this machine.</summary>
public sealed class BatchVerbsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task A_run_over_two_rounds_of_batches_finds_what_a_live_run_finds_and_asks_nothing()
    {
        await using var server = await ReferenceServer.StartAsync(Catalog.Open(new()), Profile.Named("self-correcting"));
        var shell = Shell(server.BaseUrl, "batch.db");

        (await RoundAsync(shell, server, "first")).Should().Contain("export again");
        (await RoundAsync(shell, server, "second")).Should().NotContain("export again");
        var third = await shell.RunAsync("batch", "export", "--to", Path.Combine(folder.Path, "third"));
        (third.Code, third.Out).Should().Be((0, ""));
        third.Error.Should().Contain("nothing is left to ask. 'conformance run' judges.");

        var before = server.Requests;
        var batched = await shell.ResultsAsync(Path.Combine(folder.Path, "batched"));
        server.Requests.Should().Be(before);
        var live = await Shell(server.BaseUrl, "live.db").ResultsAsync(Path.Combine(folder.Path, "live"));
        server.Requests.Should().BeGreaterThan(before);
        batched.Should().Be(live);
    }

    [Fact]
    public async Task An_export_holds_what_all_shards_ask_and_is_none_of_them()
    {
        var shell = Shell(new("http://127.0.0.1:9/v1"), "batch.db");
        shell.Settings["Shard"] = "2/3";

        var finished = await shell.RunAsync("batch", "export", "--to", Path.Combine(folder.Path, "requests"));

        finished.Code.Should().Be(2);
        finished.Error.Should().Contain("MODELCONFORMANCE__Shard");
    }

    [Fact]
    public async Task A_result_that_says_that_the_target_cannot_be_asked_so_is_told_by_the_exit_code()
    {
        var shell = Shell(new("http://127.0.0.1:9/v1"), "batch.db");
        var export = (await shell.RunAsync("batch", "export", "--to", Path.Combine(folder.Path, "requests"), "--json")).Json;
        var requests = File.ReadLines(export.GetProperty("files")[0].GetProperty("path").GetString()!).Take(2)
            .Select(line => JsonNode.Parse(line)!["custom_id"]!.GetValue<string>());
        var file = folder.Write("results.jsonl", string.Join('\n', requests.Select(
            id => BatchProvider.Result(id, 404, """{"error":{"message":"The model does not exist","code":"model_not_found"}}"""))));

        var finished = await shell.RunAsync("batch", "import", file, "--json");

        finished.Code.Should().Be(4);
        finished.Error.Should().Contain("2 results: 0 replies kept").And.Contain("2 without a reply").And.Contain("results.jsonl:1: ");
        finished.Json.GetProperty("failed").GetInt32().Should().Be(2);
        finished.Json.GetProperty("fault").GetString().Should().Contain("The model does not exist");
    }

    [Theory]
    [InlineData("A batch is of a target", "")]
    [InlineData("Target:Mode is continuation", "--base-url", "http://127.0.0.1:9/v1", "--model", "m", "--protocol", "openai-completions", "--mode", "continuation")]
    public async Task What_has_no_batches_is_said_before_anything_is_written(string words, params string[] args)
    {
        var options = args.Where(arg => arg.Length > 0).ToArray();
        var to = Path.Combine(folder.Path, "requests");

        foreach (var verb in new string[][] { ["export", "--to", to], ["import", "results.jsonl"] })
        {
            var finished = await new Shell().RunAsync(["batch", .. verb, .. options]);
            finished.Code.Should().Be(2);
            finished.Error.Should().Contain(words);
            folder.Files.Should().BeEmpty();
        }
    }

    [Fact]
    public async Task A_folder_that_holds_something_is_bad_input()
    {
        folder.Write("requests/bbq.Q.answer.1.jsonl", "{}");

        var finished = await Shell(new("http://127.0.0.1:9/v1"), "batch.db").RunAsync("batch", "export", "--to", Path.Combine(folder.Path, "requests"));

        finished.Code.Should().Be(2);
        finished.Error.Should().Contain("is not empty");
    }

    public void Dispose() => folder.Dispose();

    private Shell Shell(Uri server, string ledger) => new()
    {
        Settings =
        {
            ["Target:BaseUrl"] = server.ToString(),
            ["Target:Model"] = "reference-self-correcting",
            ["Target:Prefill"] = "real",
            ["Ledger"] = Path.Combine(folder.Path, ledger),
            ["Select:Benchmarks"] = "bbq",
        },
    };

    private async Task<string> RoundAsync(Shell shell, ReferenceServer server, string name)
    {
        var export = await shell.RunAsync("batch", "export", "--to", Path.Combine(folder.Path, name), "--json");
        export.Code.Should().Be(0, export.Error);
        var files = export.Json.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("path").GetString()!).ToArray();
        var results = Path.Combine(folder.Path, $"{name}.jsonl");
        await BatchProvider.RunAsync(server.BaseUrl, files, results);
        var import = await shell.RunAsync("batch", "import", results, "--json");
        import.Code.Should().Be(0, import.Error);
        import.Json.GetProperty("kept").GetInt32().Should().Be(export.Json.GetProperty("requests").GetInt32()).And.BePositive();
        return export.Error;
    }
}
