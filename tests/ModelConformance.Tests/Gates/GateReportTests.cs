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
    public void A_passing_bound_shows_its_interval() => Approve(Message(new(Bias, -0.2, 0.2), [], Models.Improving));

    [Fact]
    public void A_gate_that_passes_by_an_alternative_says_by_which() => Approve(Message(
        new(Bias with { Minus = Condition.Q }, null, 0),
        [new(Bias with { Condition = Condition.Q }, -0.02, 0.02), new(Bias with { Metric = "bbq.accuracy" }, 0.9, null)],
        Models.Ideal));

    [Fact]
    public void A_failing_bound_tells_what_happened() => Approve(Message(new(Bias, -0.05, 0.05), [], Uneven));

    [Fact]
    public void A_failing_floor_has_its_level_among_the_gates_of_its_run() => Approve(Among(
        40, Judge(new(Bias with { Metric = "bbq.accuracy" }, 0.9, null), [], Uneven, Evidence.Interval)));

    [Fact]
    public void An_interval_across_a_limit_names_the_limit_that_would_have_passed() => Approve(Message(new(Bias, -0.25, 0.25), [], Uneven));

    [Fact]
    public void An_interval_beyond_the_range_names_no_limit() => Approve(Message(
        new(Bias with { Metric = "bbq.accuracy", Slice = "Age/name" }, null, 0.97),
        [],
        (item, condition) => item.Cluster == "Age/2" && item.Number % 16 == 0 ? Answer.Of("b") : Models.Ideal(item, condition)));

    [Fact]
    public void Unanswered_items_that_decide_are_counted() => Approve(Message(
        new(Bias, -0.02, 0.02), [], (item, condition) => item.Number % 100 == 0 ? Answer.Unparsed : Models.Ideal(item, condition)));

    [Fact]
    public void What_is_undefined_says_why() => Approve(Message(
        new(Bias with { Context = "disambiguated" }, -0.1, 0.1), [], Models.AlwaysUnknown, Requirements.None));

    [Fact]
    public void A_value_without_an_interval_says_why() => Approve(Message(
        new(Bias, -0.1, 0.1), [], (item, _) => item.Cluster == "Age/1" ? Answer.Of(item.Label) : null, Requirements.None));

    [Fact]
    public void A_score_within_its_limits_passes() => Approve(Message(new(Bias, -0.1, 0.1), [], Models.Improving, evidence: Evidence.Score));

    [Fact]
    public void A_score_beyond_its_limits_fails() => Approve(Message(new(Bias, -0.05, 0.05), [], Models.Improving, evidence: Evidence.Score));

    [Fact]
    public void A_score_of_items_never_asked_is_open() => Approve(Message(
        new(Bias, -0.1, 0.1), [], (item, condition) => item.Slice == "SES" ? null : Models.Improving(item, condition), Requirements.None, Evidence.Score));

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

    private static string Message(
        Claim claim,
        ImmutableArray<Claim> alternatives,
        Func<FakeItem, Condition, Answer?> model,
        Requirements? requires = null,
        Evidence evidence = Evidence.Interval) =>
        GateReport.Message(Judge(claim, alternatives, model, evidence, requires), "artifacts/answers.jsonl");

    private static string Among(int gates, GateResult result) =>
        GateReport.Message(FamilyLevel.Among(Enumerable.Repeat(result with { P = null }, gates - 1).Prepend(result))[0], "artifacts/answers.jsonl");

    private static GateResult Judge(
        Claim claim,
        ImmutableArray<Claim> alternatives,
        Func<FakeItem, Condition, Answer?> model,
        Evidence evidence,
        Requirements? requires = null) =>
        GateJudge.Judge(new("bbq.bias.if", claim, alternatives, evidence, 0.05, requires ?? Requires), Benchmark, Benchmark.AnsweredBy(model));

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
