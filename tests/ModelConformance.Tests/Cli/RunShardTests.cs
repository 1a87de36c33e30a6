using ModelConformance.ReferenceModel;
using ModelConformance.ReferenceModel.Faults;
using ModelConformance.Runs;
using ModelConformance.Tests.Ledger;

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
        var judged = await shell.ResultsAsync(Path.Combine(folder.Path, "judge"));
        server.Requests.Should().Be(asked, "the ledger has it all");
        var alone = await Shell(server, "alone.db", mode).ResultsAsync(Path.Combine(folder.Path, "alone"));
        judged.Should().Be(alone);
        // Two probes, and what two items in different shards ask in the same words.
        (server.Requests - asked).Should().BeLessThanOrEqualTo(asked);
    }

    [SkippableFact]
    public async Task Two_shards_and_a_judge_over_PostgreSQL_find_what_one_run_over_SQLite_finds()
    {
        await using var database = await PostgresDatabase.CreateAsync();
        await using var server = await StartAsync();
        var shell = Shell(server, database.Address.ToString(), "text");

        // At once, as machines do.
        var shards = await Task.WhenAll(Enumerable.Range(1, 2).Select(shard => Task.Run(() => shell.RunAsync("run", "--shard", $"{shard}/2"))));
        shards.Should().OnlyContain(finished => finished.Code == 0, shards[0].Error + shards[1].Error);
        var asked = server.Requests;
        var judged = await shell.ResultsAsync(Path.Combine(folder.Path, "judge"));

        server.Requests.Should().Be(asked, "the ledger has it all");
        judged.Should().Be(await Shell(server, "alone.db", "text").ResultsAsync(Path.Combine(folder.Path, "alone")));
    }

    [Fact]
    public async Task A_shard_that_its_budget_ends_is_not_done()
    {
        await using var server = await StartAsync();
        var shell = Shell(server, "shared.db", "text");

        var cut = await shell.RunAsync("run", "--shard", "1/2", "--budget-calls", "50");

        cut.Code.Should().Be(3, cut.Error);
        cut.Error.Should().Contain("Budget:Calls allows 50");
        server.Requests.Should().Be(50);
    }

    [Fact]
    public async Task A_shard_that_its_budget_ends_is_not_to_be_run_again_however_little_was_answered()
    {
        await using var server = await StartAsync(FaultPlan.Parse("500", 0.3, seed: 1));
        var shell = Shell(server, "shared.db", "text");

        var cut = await shell.RunAsync("run", "--shard", "1/2", "--budget-calls", "50", "--json");

        cut.Json.GetProperty("failed").GetInt32().Should().BeGreaterThan(5, cut.Error);
        cut.Code.Should().Be(3, cut.Error);
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

    private static Task<ReferenceServer> StartAsync(FaultPlan? faults = null) =>
        ReferenceServer.StartAsync(Catalog.Open(new()), Profile.Named("self-correcting"), faults: faults);

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
            ["Ledger"] = ledger.Contains('=') ? ledger : Path.Combine(folder.Path, ledger),
            ["Select:Conditions"] = "Q,Q+IF",
        },
    };
}
