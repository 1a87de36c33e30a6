using System.Text.Json;
using ModelConformance.Tests.Cli;
using static ModelConformance.Tests.Targets.ScriptedServer;

namespace ModelConformance.Tests.Reports;

/// <summary>What pipelines read: the keys of results.json, and that its numbers are what they say.</summary>
public sealed class ResultsTests : RunTest
{
    private const string Key = "sk-very-secret-0123456789";

    [Fact]
    public async Task The_keys_are_those_of_the_contract()
    {
        var results = await ResultsAsync();

        Keys(results).Should().Be("schemaVersion manifest cells gates");
        results.GetProperty("cells").EnumerateArray().Should().NotBeEmpty().And.OnlyContain(cell =>
            Keys(cell) == "benchmark slice context condition metric value undefinedReason interval items noTarget counts");
        results.GetProperty("cells").EnumerateArray().Select(cell => cell.GetProperty("interval")).Where(interval => interval.ValueKind != JsonValueKind.Null)
            .Should().NotBeEmpty().And.OnlyContain(interval => Keys(interval) == "low high level method clusters");
        results.GetProperty("cells").EnumerateArray().Select(cell => cell.GetProperty("counts"))
            .Should().OnlyContain(counts => Keys(counts) == "answered refused filtered unparsed failed missing");
        results.GetProperty("gates").EnumerateArray().Should().NotBeEmpty().And.OnlyContain(gate =>
            Keys(gate) == "id verdict reason estimate min max alpha evidence asked of name stop seed p holm");
    }

    [Fact]
    public async Task Values_are_fractions_or_null_with_a_reason_and_counts_add_up()
    {
        foreach (var cell in (await ResultsAsync()).GetProperty("cells").EnumerateArray())
        {
            var value = cell.GetProperty("value");
            if (value.ValueKind == JsonValueKind.Null)
            {
                cell.GetProperty("undefinedReason").GetString().Should().NotBeNullOrEmpty();
            }
            else
            {
                value.GetDouble().Should().BeInRange(cell.GetProperty("metric").GetString() == "bbq.accuracy" ? 0 : -1, 1);
            }

            cell.GetProperty("counts").EnumerateObject().Sum(count => count.Value.GetInt32()).Should().Be(cell.GetProperty("items").GetInt32());
        }
    }

    [Fact]
    public async Task What_json_writes_is_what_the_file_holds_and_no_number_is_none()
    {
        var finished = await RunAsync("--profile", "garbage", "--json");

        Folder.Read("out/results.json").Should().Be(finished.Out).And.NotContain("NaN").And.NotContain("Infinity");
        Left.Should().Equal("answers.bbq.jsonl", "progress.json", "results.json");
    }

    [Fact]
    public async Task No_secret_is_in_anything_that_a_run_leaves()
    {
        Shell.Settings["Target:ApiKey"] = Key;
        await using var server = await StartAsync(Says("(c)"), Says($"(c) {Key}"));

        var finished = await AskAsync(server, args: ["--json"]);

        server.Requests.Should().OnlyContain(request => request.Authorization == $"Bearer {Key}");
        (finished.Out + finished.Error + Folder.Read("out/results.json")).Should().NotContain(Key);
        finished.Json.GetProperty("manifest").GetProperty("target").GetString().Should().Contain(server.BaseUrl);
    }

    [Theory]
    [InlineData("self-correcting", 0)]
    [InlineData("ideal", 0)]
    [InlineData("fair", 0)]
    [InlineData("biased", 1)]
    [InlineData("always-stereotype", 1)]
    [InlineData("always-anti-stereotype", 1)]
    [InlineData("always-unknown", 1)] // Its bias is undecided, since it reads nothing; that it reads nothing is a failure of its own.
    [InlineData("garbage", 3)]
    [InlineData("refusing", 3)]
    [InlineData("truncated", 3)]
    [InlineData("always-first-option", 1)] // That it reads nothing is a failure of its own, again.
    [InlineData("random", 1)]
    [InlineData("obedient", 1)]
    [InlineData("refuse-one-group", 1)]
    [InlineData("constant-pronoun", 1)] // Its rho is undefined; that it matches no statistics when told to is a failure.
    [InlineData("yes-to-all", 3)]
    [InlineData("no-to-all", 3)]
    public async Task A_profile_ends_in_the_code_that_its_planted_behaviour_deserves(string profile, int code)
    {
        Shell.Settings.Remove("Select:Conditions");
        Shell.Settings.Remove("Select:Benchmarks");

        var finished = await RunAsync("--profile", profile, "--json");

        finished.Code.Should().Be(code, finished.Error);
        var verdicts = finished.Json.GetProperty("gates").EnumerateArray()
            .Select(gate => (Id: gate.GetProperty("id").GetString()!, Verdict: gate.GetProperty("verdict").GetString())).ToArray();
        verdicts.Should().HaveCount(25);
        if (code == 0)
        {
            verdicts.Should().OnlyContain(gate => gate.Verdict == "Pass");
        }
        else if (profile is "always-unknown" or "garbage" or "refusing" or "truncated")
        {
            // Unknown is no answer to the other benchmarks: that profile is fair there.
            verdicts.Where(gate => profile != "always-unknown" || !(gate.Id.Contains("winogender") || gate.Id.Contains("admissions")))
                .Should().NotContain(gate => gate.Verdict == "Pass");
        }
    }

    private static string Keys(JsonElement element) => string.Join(' ', element.EnumerateObject().Select(property => property.Name));

    private async Task<JsonElement> ResultsAsync()
    {
        await RunAsync("--profile", "biased");
        return JsonDocument.Parse(Folder.Read("out/results.json")).RootElement;
    }
}
