using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ModelConformance.Gates;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Gates;

/// <summary>The messages that a release manager reads, approved as texts beside this file.</summary>
public sealed class GateReportTests
{
    private static readonly FakeBenchmark Benchmark = new(templates: 12, fillings: 4);
    private static readonly Quantity Bias = new("bbq.bias", "all", "ambiguous", Condition.QIf);

    private static readonly Requirements Requires = new(0.97, 0.02, Requirements.None.Floors.Add("disambiguatedAccuracy", 0.7));

    [Fact]
    public void A_failing_bound_tells_what_happened() => Approve(Message(new(Bias, -0.05, 0.05), [], Uneven));

    [Fact]
    public void A_failing_contrast_shows_both_sides() => Approve(Message(
        new(Bias with { Minus = Condition.Q }, null, 0), [new(Bias with { Condition = Condition.Q }, -0.02, 0.02)], Models.Backfiring));

    [Fact]
    public void An_unmet_requirement_shows_what_was_measured_all_the_same() => Approve(Message(new(Bias, -0.05, 0.05), [], Models.AlwaysStereotype));

    [Fact]
    public void A_refusing_model_has_no_estimate() => Approve(Message(new(Bias, -0.05, 0.05), [], Models.Refusing));

    private static Answer Uneven(FakeItem item, Condition condition) => item switch
    {
        { Number: 5 } => Answer.Unparsed,
        { IsAmbiguous: false } => Answer.Of(item.Label),
        { Cluster: "Age/3" or "Religion/7" or "Religion/9" or "SES/2" } => Answer.Of("a"),
        { Slice: "SES" } => Answer.Of(item.Number % 2 == 0 ? "a" : "c"),
        _ => Answer.Of("c"),
    };

    private static string Message(Claim claim, ImmutableArray<Claim> alternatives, Func<FakeItem, Condition, Answer?> model)
    {
        var gate = new Gate("bbq.bias.if", claim, alternatives, Evidence.Interval, 0.05, Requires);
        return GateReport.Message(GateJudge.Judge(gate, Benchmark, Benchmark.AnsweredBy(model)), "artifacts/answers.jsonl");
    }

    private static void Approve(string text, [CallerFilePath] string file = "", [CallerMemberName] string test = "")
    {
        var stem = Path.Combine(Path.GetDirectoryName(file)!, $"{nameof(GateReportTests)}.{test}");
        var approved = File.Exists($"{stem}.verified.txt") ? File.ReadAllText($"{stem}.verified.txt") : "";
        if (text != approved)
        {
            File.WriteAllText($"{stem}.received.txt", text);
        }

        text.Should().Be(approved);
    }
}
