using System.Text.Json.Nodes;
using ModelConformance.ReferenceModel;
using ModelConformance.Runs;

namespace ModelConformance.Tests.Cli;

/// <summary>Several machines, one ledger, and a run that judges.</summary>
public sealed class RunShardTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("text")]
    [InlineData("sampling")]
    public async Task Two_shards_and_a_judge_find_what_one_run_finds_and_ask_nothing_twice(string mode)
    {
        await using var server = await StartAsync();
        var shell = Shell(server, "shared.db", mode);

        foreach (var shard in new[] { "1/2", "2/2" })
        {
            var finished = await shell.RunAsync("run", "--shard", shard, "--output", folder.Path + "/none");
            finished.Code.Should().Be(0, finished.Error);
            finished.Out.Should().BeEmpty();
            finished.Error.Should().Contain($"Shard {shard}: ")
                .And.Contain("Once all 2 shards are asked, 'conformance run' without --shard on the same ledger judges.");
        }

        folder.Files.Should().NotContain(file => file.StartsWith("none/", StringComparison.Ordinal));
        var asked = server.Requests;
        var judged = await RunAsync(shell, "judge");
        server.Requests.Should().Be(asked, "the ledger has it all");
        var alone = await RunAsync(Shell(server, "alone.db", mode), "alone");
        judged.ToJsonString().Should().Be(alone.ToJsonString());
        // Two probes, and what two items in different shards ask in the same words.
        (server.Requests - asked).Should().BeLessThanOrEqualTo(asked);
    }

    [Fact]
    public async Task A_shard_asks_its_own_items_only_and_once()
    {
        await using var server = await StartAsync();
        var shell = Shell(server, "shared.db", "text");

        var first = (await shell.RunAsync("run", "--shard", "3/8", "--json")).Json;
        var again = (await shell.RunAsync("run", "--shard", "3/8", "--json")).Json;

        var (asked, questions) = (first.GetProperty("asked").GetInt32(), first.GetProperty("questions").GetInt32());
        asked.Should().BeInRange(1, questions / 4);
        (first.GetProperty("replayed").GetInt32(), again.GetProperty("replayed").GetInt32()).Should().Be((0, asked));
        (again.GetProperty("shard").GetString(), again.GetProperty("requests").GetInt64()).Should().Be(("3/8", 0));
    }

    [Theory]
    [InlineData("Ledger", "without Ledger", "MODELCONFORMANCE__Ledger")]
    [InlineData("Target:BaseUrl", "without Target:BaseUrl", "MODELCONFORMANCE__Target__BaseUrl")]
    public async Task A_shard_without_a_ledger_or_a_target_would_ask_for_nobody(string left, params string[] words)
    {
        await using var server = await StartAsync();
        var shell = Shell(server, "shared.db", "text");
        shell.Settings.Remove(left);

        var finished = await shell.RunAsync("run", "--shard", "1/2");

        finished.Code.Should().Be(2);
        finished.Error.Should().ContainAll(words);
        server.Requests.Should().Be(0);
    }

    [Theory]
    [InlineData("9/8")]
    [InlineData("8")]
    public async Task What_is_no_shard_is_bad_input(string shard)
    {
        await using var server = await StartAsync();

        var finished = await Shell(server, "shared.db", "text").RunAsync("run", "--shard", shard);

        finished.Code.Should().Be(2);
        finished.Error.Should().Contain($"Shard is '{shard}'").And.Contain("expected");
        server.Requests.Should().Be(0);
    }

    [Fact]
    public async Task A_target_that_answers_too_little_is_told_by_the_exit_code()
    {
        var shell = Shell(null, "shared.db", "text");

        (await shell.RunAsync("run", "--shard", "1/2")).Code.Should().Be(4);
    }

    public void Dispose() => folder.Dispose();

    private static Task<ReferenceServer> StartAsync() => ReferenceServer.StartAsync(Catalog.Open(new()), Profile.Named("self-correcting"));

    private Shell Shell(ReferenceServer? server, string ledger, string mode) => new()
    {
        Settings =
        {
            ["Target:BaseUrl"] = server?.BaseUrl.ToString() ?? "http://127.0.0.1:9/v1",
            ["Target:Model"] = "reference-self-correcting",
            ["Target:Prefill"] = "real",
            ["Target:Mode"] = mode,
            ["Target:Samples"] = "2",
            ["Target:Retries"] = "0",
            ["Ledger"] = Path.Combine(folder.Path, ledger),
            ["Select:Conditions"] = "Q,Q+IF",
        },
    };

    /// <summary>The results of a run, without its times.</summary>
    private async Task<JsonNode> RunAsync(Shell shell, string output)
    {
        var finished = await shell.RunAsync("run", "--output", Path.Combine(folder.Path, output));
        finished.Code.Should().BeOneOf(0, 1, 3);
        var results = JsonNode.Parse(folder.Read($"{output}/results.json"))!;
        results["manifest"]!.AsObject().Remove("started").Should().BeTrue();
        results["manifest"]!.AsObject().Remove("ended").Should().BeTrue();
        return results;
    }
}
