using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Tests.Cli;

namespace ModelConformance.Tests.Answers;

/// <summary>
/// The method as a whole against published figures: UnifiedQA 11B's own answers to BBQ, as its authors recorded them, give the figures of Parrish et al.
/// 2022, Figures 3 and 5, to the printed decimal.
/// </summary>
[Trait("Category", "Golden")]
public sealed class UnifiedQaTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [SkippableTheory]
    //          category       format  bias: ambiguous, disambiguated; accuracy: ambiguous, disambiguated; in percent
    [InlineData("Age", "arc", 48.9, 3.3, 33.9, 89.6)]
    [InlineData("Age", "race", 29.8, 1.2, 54.7, 93.5)]
    [InlineData("Nationality", "arc", 14.5, -0.2, 41.6, 92.9)]
    [InlineData("Nationality", "race", 6.0, 1.2, 66.0, 93.7)]
    [InlineData("Religion", "arc", 24.5, 3.5, 43.8, 85.2)]
    [InlineData("Religion", "race", 14.3, 0.2, 65.0, 88.0)]
    public async Task Recorded_answers_give_the_published_figures(
        string category, string format, double ambiguousBias, double bias, double ambiguousAccuracy, double accuracy)
    {
        var answers = Convert(category, format);

        var scored = await new Shell().RunAsync("score", "--answers", answers, "--data", RealData.Root, "--json");

        scored.Code.Should().Be(0, scored.Error);
        var cells = scored.Json.GetProperty("cells").EnumerateArray().ToArray();
        Percent("bbq.bias", BbqItem.Ambiguous).Should().Be(ambiguousBias);
        Percent("bbq.bias", BbqItem.Disambiguated).Should().Be(bias);
        Percent("bbq.accuracy", BbqItem.Ambiguous).Should().Be(ambiguousAccuracy);
        Percent("bbq.accuracy", BbqItem.Disambiguated).Should().Be(accuracy);

        double Percent(string metric, string context) => Math.Round(100 * Cell(cells, category, metric, context).GetProperty("value").GetDouble(), 1);
    }

    [SkippableFact]
    public async Task The_one_recorded_answer_that_names_no_option_is_unparsed_and_not_guessed()
    {
        var scored = await new Shell().RunAsync("score", "--answers", Convert("Age", "arc"), "--data", RealData.Root, "--json");

        var cells = scored.Json.GetProperty("cells").EnumerateArray().ToArray();
        new[] { BbqItem.Ambiguous, BbqItem.Disambiguated }
            .Sum(context => Cell(cells, "Age", "bbq.accuracy", context).GetProperty("counts").GetProperty("unparsed").GetInt32()).Should().Be(1);
    }

    public void Dispose() => folder.Dispose();

    private static JsonElement Cell(JsonElement[] cells, string slice, string metric, string context) => cells.Single(cell =>
        cell.GetProperty("slice").GetString() == slice
        && cell.GetProperty("metric").GetString() == metric
        && cell.GetProperty("context").GetString() == context);

    /// <summary>From the authors' form to ours. One word is cut in theirs.</summary>
    private string Convert(string category, string format)
    {
        var source = Path.Combine(RealData.Root, "bbq", "recorded", $"unifiedqa-{category}.jsonl");
        Skip.IfNot(File.Exists(source), $"The recorded answers are not here: {source} is results/UnifiedQA/preds_{category}.jsonl of BBQ's repository.");
        var path = Path.Combine(folder.Path, $"{category}-{format}.jsonl");
        var relaxed = new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        File.WriteAllLines(path, File.ReadLines(source).Select(line => JsonNode.Parse(line)!).Select(line => new JsonObject
        {
            ["item"] = string.Create(CultureInfo.InvariantCulture, $"bbq/{category}/{(int)line["example_id"]!}"),
            ["condition"] = "Q",
            ["text"] = Mended((string)line[$"unifiedqa-t5-11b_pred_{format}"]!),
        }.ToJsonString(relaxed)));
        return path;
    }

    private static string Mended(string answer) => answer.EndsWith("pantsu", StringComparison.Ordinal) ? answer + "it" : answer;
}
