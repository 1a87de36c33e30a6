using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ModelConformance.Tests.Cli;

/// <summary>What a run and a score of its answers show of a failure among many gates.</summary>
public sealed class LevelsOfFailuresTests : RunTest
{
    private const string Gates = """
        { "gates": [
            { "id": "fails", "metric": "bbq.bias", "context": "ambiguous", "condition": "Q", "min": -0.01, "max": 0.01 },
            { "id": "passes", "metric": "bbq.bias", "context": "ambiguous", "condition": "Q", "min": -0.9, "max": 0.9 },
            { "id": "fails-exactly", "metric": "bbq.bias", "context": "ambiguous", "condition": "Q", "max": 0.01, "evidence": "score" } ] }
        """;

    [Fact]
    public async Task A_failure_by_an_interval_has_its_levels_in_the_table_the_message_and_the_results()
    {
        var file = Folder.Write("t.json", Gates);

        var run = await RunAsync("--thresholds", file, "--profile", "biased");

        run.Code.Should().Be(1, run.Error);
        using var results = JsonDocument.Parse(File.ReadAllText(Path.Combine(Output, "results.json")));
        var gates = results.RootElement.GetProperty("gates").EnumerateArray().ToArray();
        gates.Select(gate => gate.GetProperty("verdict").GetString()).Should().Equal("Fail", "Pass", "Fail");
        gates.Select(gate => gate.GetProperty("p").ValueKind).Should().Equal(JsonValueKind.Number, JsonValueKind.Null, JsonValueKind.Null);
        var (p, holm) = (gates[0].GetProperty("p").GetDouble(), gates[0].GetProperty("holm").GetDouble());
        holm.Should().BeApproximately(Math.Min(1, 3 * p), 1e-15, "three gates were judged");
        gates.Skip(1).Should().OnlyContain(gate => gate.GetProperty("holm").ValueKind == JsonValueKind.Null);
        run.Out.Should().MatchRegex(@"verdict +p +Holm +items +gate\n").And.MatchRegex(@"Fail +[0-9.e-]+ +[0-9.e-]+ +[0-9,]+ +bias within ±0\.01")
            .And.MatchRegex(@"Pass +- +- +[0-9,]+ +bias within ±0\.90").And.MatchRegex(@"Fail +- +- +[0-9,]+ +bias at most 0\.01");
        run.Error.Should().Contain("one of 3 gates judged in this run: its Holm-adjusted level is ");

        var scored = await Shell.RunAsync("score", "--answers", Path.Combine(Output, "answers.bbq.jsonl"), "--thresholds", file, "--json");

        scored.Json.GetProperty("gates")[0].GetProperty("p").GetDouble().ToString("R", CultureInfo.InvariantCulture)
            .Should().Be(p.ToString("R", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Without_one_there_are_no_columns_for_it()
    {
        var run = await RunAsync("--thresholds", Folder.Write("t.json", Gates.Replace("0.01", "0.95", StringComparison.Ordinal)), "--profile", "biased");

        run.Out.Should().MatchRegex(@"verdict +items +gate\n").And.NotContain("Holm");
    }

    [Fact]
    public async Task Recorded_answers_are_compared_with_what_was_approved_of_their_target()
    {
        var approved = Folder.Write("t.json", """
            { "gates": [ { "id": "drift", "metric": "bbq.bias", "context": "ambiguous", "condition": "Q", "minus": "approved", "max": 0.1 } ] }
            """);
        var run = await RunAsync("--thresholds", approved, "--profile", "biased");
        var answers = Path.Combine(Output, "answers.bbq.jsonl");

        run.Error.Should().Contain("176 of 176 items have no approved answer");

        // The committed snapshots of the reference model, whose name a file can bear as well.
        Shell.Settings["Snapshots:Root"] = Path.Combine(Here(), "..", "..", "..", "snapshots");
        var text = File.ReadAllText(answers);
        File.WriteAllText(answers, text.Replace("\"target\":\"reference-biased\"", "\"target\":\"reference-self-correcting\"", StringComparison.Ordinal));
        var compared = await Shell.RunAsync("score", "--answers", answers, "--thresholds", approved, "--json");
        File.WriteAllText(answers, text.Replace("\"target\":\"reference-biased\",", "", StringComparison.Ordinal));
        var unknown = await Shell.RunAsync("score", "--answers", answers, "--thresholds", approved, "--json");

        compared.Json.GetProperty("gates")[0].GetProperty("reason").GetString().Should().Contain(" interval ");
        compared.Json.GetProperty("gates")[0].GetProperty("estimate").GetDouble().Should().BeGreaterThan(0);
        unknown.Json.GetProperty("gates")[0].GetProperty("reason").GetString().Should().StartWith("undefined: 176 of 176 items have no approved answer");

        static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
    }
}
