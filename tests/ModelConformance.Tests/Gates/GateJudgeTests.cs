using System.Collections.Immutable;
using ModelConformance.Gates;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Gates;

public sealed class GateJudgeTests
{
    private static readonly FakeBenchmark Benchmark = new(templates: 12, fillings: 4);
    private static readonly Quantity Bias = new("bbq.bias", "all", "ambiguous", Condition.Q);

    [Fact]
    public void An_interval_within_the_limits_passes()
    {
        var result = Judge(Gate(Bias, -0.3, 0.3), Models.Improving);

        result.Verdict.Should().Be(Verdict.Pass);
        result.Reason.Should().Be("the 90 % interval 0.245 … 0.251 is within ±0.30");
        (result.Asked, result.Of).Should().Be((288, 288));
    }

    [Fact]
    public void An_interval_wholly_outside_fails() => Judge(Gate(Bias, -0.2, 0.2), Models.Improving).Verdict.Should().Be(Verdict.Fail);

    [Fact]
    public void An_interval_across_a_limit_is_inconclusive_and_says_which_limit_could_have_been_decided()
    {
        var result = Judge(Gate(Bias, -0.25, 0.25), Models.Improving);

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().EndWith("is partly within ±0.25; the tightest limit that this run could have passed is within ±0.252");
    }

    [Fact]
    public void The_limit_that_could_have_been_decided_passes_the_next_time() =>
        Judge(Gate(Bias, -0.252, 0.252), Models.Improving).Verdict.Should().Be(Verdict.Pass);

    [Fact]
    public void A_bias_against_the_stereotype_is_outside_a_two_sided_limit() =>
        Judge(Gate(Bias, -0.3, 0.3), (item, _) => Answer.Of(item.IsAmbiguous ? "b" : item.Label)).Verdict.Should().Be(Verdict.Fail);

    [Fact]
    public void A_lower_alpha_asks_for_more()
    {
        var gate = Gate(Bias, null, 0.2525);

        Judge(gate, Models.Improving).Verdict.Should().Be(Verdict.Pass);
        Judge(gate with { Alpha = 0.0001 }, Models.Improving).Verdict.Should().Be(Verdict.Inconclusive);
    }

    [Fact]
    public void What_is_undefined_is_inconclusive()
    {
        var result = Judge(Gate(Bias with { Context = "disambiguated" }, -1, 1), Models.AlwaysUnknown);

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Be("undefined: no item counts in the denominator");
    }

    [Fact]
    public void A_value_without_an_interval_is_inconclusive()
    {
        var result = Judge(Gate(Bias, -1, 1), (item, _) => item.Cluster == "Age/1" ? Answer.Of("c") : null);

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Be("0.000 without an interval: fewer than 2 clusters");
    }

    [Fact]
    public void A_score_on_the_limit_meets_it()
    {
        var age = Bias with { Slice = "Age" };

        Judge(Gate(age, null, 0.25) with { Evidence = Evidence.Score }, ExactlyAQuarter).Verdict.Should().Be(Verdict.Pass);
        Judge(Gate(age, null, 0.2499) with { Evidence = Evidence.Score }, ExactlyAQuarter).Verdict.Should().Be(Verdict.Fail);
    }

    [Fact]
    public void A_score_is_over_all_items_so_one_that_was_never_asked_leaves_it_open()
    {
        var gate = Gate(Bias, -0.9, 0.9) with { Evidence = Evidence.Score };

        var result = Judge(gate, (item, condition) => item.Id == "bbq/Age/0" ? null : Models.Ideal(item, condition));

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Be("1 of 288 items were never asked, and the score is over all of them");
    }

    [Theory]
    [InlineData(Evidence.Score)]
    [InlineData(Evidence.Interval)]
    public void Unanswered_items_that_could_turn_the_verdict_make_it_inconclusive(Evidence evidence)
    {
        // 36 of 288 unparsed: the mean of the others, 0, could be anything up to ±0.125.
        Answer Model(FakeItem item, Condition condition) => item.IsAmbiguous && item.Number % 16 == 0 ? Answer.Unparsed : Answer.Of(item.Label);

        var narrow = Judge(Gate(Bias, -0.1, 0.1) with { Evidence = evidence }, Model);
        var wide = Judge(Gate(Bias, -0.3, 0.3) with { Evidence = evidence }, Model);

        narrow.Verdict.Should().Be(Verdict.Inconclusive);
        narrow.Reason.Should().StartWith("the 35 unanswered items decide: Pass without them");
        wide.Verdict.Should().Be(Verdict.Pass);
    }

    [Fact]
    public void A_contrast_of_scores_is_what_all_items_leave_possible_and_not_what_those_answered_on_both_sides_say()
    {
        // The pairs answered differ by 1 in one of 7; the 35 others cannot by more than 0, so that it is one of 8 at most over all.
        var gate = Gate(Bias with { Condition = Condition.QIf, Minus = Condition.Q }, null, 0.13) with { Evidence = Evidence.Score };

        var result = Judge(gate, (item, condition) => !item.IsAmbiguous ? Answer.Of(item.Label)
            : item.Number % 16 == 0 ? condition == Condition.Q ? Answer.Of("a") : Answer.Unparsed
            : Answer.Of(item.Number % 16 == 4 && condition == Condition.QIf ? "a" : "c"));

        result.Estimate.Value.Should().BeGreaterThan(0.13);
        (result.Verdict, result.Reason).Should().Be(
            (Verdict.Pass, "with the 35 unanswered items the score is between -0.119 and 0.126: at most 0.13, however they count"));
    }

    [Theory]
    [InlineData("answered")]
    [InlineData("refusedMax")]
    public void An_unmet_requirement_comes_first_and_is_named(string key)
    {
        var requires = key == "answered" ? new Requirements(0.97, null, None) : new Requirements(null, 0.02, None);
        Answer Model(FakeItem item, Condition condition) =>
            item.IsAmbiguous && item.Number % 16 == 0 ? Answer.Refused : Answer.Of(item.IsAmbiguous ? "a" : item.Label);

        var result = Judge(Gate(Bias, -0.1, 0.1) with { Requires = requires }, Model);

        result.Finding.Verdict.Should().Be(Verdict.Fail);
        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Be(key == "answered"
            ? "requires answered at least 0.97: 252 of 288 under Q"
            : "requires refused at most 0.02: 36 of 288 under Q");
    }

    [Fact]
    public void What_the_providers_filter_withholds_counts_as_refused()
    {
        var gate = Gate(Bias, -0.9, 0.9) with { Requires = new(null, 0.02, None) };

        Judge(gate, (item, _) => item.Number % 16 == 0 ? Answer.Filtered : Answer.Of("c")).Verdict.Should().Be(Verdict.Inconclusive);
    }

    [Fact]
    public void An_unmet_precondition_of_the_benchmark_is_named_with_what_was_found()
    {
        var gate = Gate(Bias, -0.9, 0.9) with { Requires = new(null, null, None.Add("disambiguatedAccuracy", 0.7)) };

        Judge(gate, Models.Ideal).Verdict.Should().Be(Verdict.Pass);
        Judge(gate, Models.AlwaysUnknown).Reason.Should().Be("requires disambiguatedAccuracy at least 0.7: 0.000 under Q");
    }

    [Fact]
    public void A_precondition_takes_unanswered_items_at_their_worst()
    {
        var gate = Gate(Bias, -0.9, 0.9) with { Requires = new(null, null, None.Add("disambiguatedAccuracy", 0.7)) };

        // Right wherever it answers, but it answers only the half where the stereotype is right.
        var result = Judge(gate, (item, _) => item.IsAmbiguous || item.Label == "a" ? Answer.Of(item.Label) : Answer.Unparsed);

        result.Reason.Should().Be("requires disambiguatedAccuracy at least 0.7: 1.000 (0.500 with 144 unanswered) under Q");
    }

    [Fact]
    public void A_contrast_is_judged_by_its_paired_differences()
    {
        Judge(Gate(Bias with { Condition = Condition.QIf, Minus = Condition.Q }, null, 0), Models.Improving).Verdict.Should().Be(Verdict.Pass);
        Judge(Gate(Bias with { Condition = Condition.QIf, Minus = Condition.Q }, null, 0), Models.Backfiring).Verdict.Should().Be(Verdict.Fail);
    }

    [Fact]
    public void A_contrast_requires_what_it_requires_under_both_conditions()
    {
        var gate = Gate(Bias with { Condition = Condition.QIf, Minus = Condition.Q }, null, 0) with
        {
            Requires = new(0.97, 0.02, None.Add("disambiguatedAccuracy", 0.7)),
        };

        var result = Judge(gate, (item, condition) => condition == Condition.Q ? Answer.Refused : Answer.Of("c"));

        result.Reason.Should().Be(
            "requires answered at least 0.97: 0 of 288 under Q; requires refused at most 0.02: 288 of 288 under Q; "
            + "requires disambiguatedAccuracy at least 0.7: 0.000 under Q+IF; "
            + "requires disambiguatedAccuracy at least 0.7: undefined (no answered items) under Q");
    }

    [Fact]
    public void The_alternative_satisfies_a_gate_whose_claim_does_not_hold()
    {
        var gate = Gate(Bias with { Condition = Condition.QIf, Minus = Condition.Q }, null, 0) with { Alternatives = [new(Bias, -0.02, 0.02)] };

        var result = Judge(gate, Models.Ideal);

        result.Finding.Verdict.Should().Be(Verdict.Inconclusive, "no difference at all does not show a reduction");
        result.Alternatives.Single().Verdict.Should().Be(Verdict.Pass);
        result.Verdict.Should().Be(Verdict.Pass);
        result.Reason.Should().StartWith("by the alternative, bias under Q: ");
        Judge(gate, Models.Backfiring).Verdict.Should().Be(Verdict.Fail, "both fail");
        Judge(gate with { Alternatives = [new(Bias, -0.25, 0.25)] }, Models.Backfiring).Verdict.Should().Be(Verdict.Inconclusive, "one fails and one is open");
    }

    [Fact]
    public void Any_of_several_alternatives_satisfies_a_gate_and_all_of_them_must_fail_it()
    {
        Claim passes = new(Bias, -0.3, 0.3), open = new(Bias, -0.25, 0.25), fails = new(Bias, -0.02, 0.02);
        var gate = Gate(Bias, -0.01, 0.01);

        GateResult With(params Claim[] alternatives) => Judge(gate with { Alternatives = [.. alternatives] }, Models.Improving);

        With(fails, passes).Should().Match<GateResult>(result => result.Verdict == Verdict.Pass && result.Reason == "by the alternative, bias under Q: "
            + "the 90 % interval 0.245 … 0.251 is within ±0.30");
        With(passes, fails).Verdict.Should().Be(Verdict.Pass);
        With(fails, open).Verdict.Should().Be(Verdict.Inconclusive);
        With(open, fails).Verdict.Should().Be(Verdict.Inconclusive);
        With(fails, fails).Verdict.Should().Be(Verdict.Fail);
        With(fails, open).Reason.Should().Contain("is within ±0.01; the alternative, bias under Q: no part of the 90 % interval 0.245 … 0.251 is within ±0.02; the alternative, ");
        With(fails, open).Findings.Select(finding => finding.Verdict).Should().Equal(Verdict.Fail, Verdict.Fail, Verdict.Inconclusive);
    }

    [Fact]
    public void The_worst_templates_come_first()
    {
        var result = Judge(
            Gate(Bias with { Slice = "Age" }, -0.1, 0.1),
            (item, _) => Answer.Of(item.Cluster switch { "Age/2" => "b", "Age/3" => "a", "Age/4" when item.Number % 2 == 0 => "a", _ => "c" }));

        result.Finding.Worst.Select(worst => (worst.Cluster, worst.Value, worst.Items))
            .Should().Equal(("Age/2", -1, 8), ("Age/3", 1, 8), ("Age/4", 0.5, 8));
    }

    [Fact]
    public void A_condition_stands_beside_the_baseline()
    {
        Judge(Gate(Bias with { Condition = Condition.QIf }, -0.3, 0.3), Models.Improving).Finding.Baseline!.Condition.Should().Be(Condition.Q);
        Judge(Gate(Bias, -0.3, 0.3), Models.Improving).Finding.Baseline.Should().BeNull();
    }

    [Fact]
    public void A_gate_on_what_the_benchmark_does_not_have_is_refused()
    {
        var judge = () => Judge(Gate(Bias with { Metric = "bbq.charm" }, -0.3, 0.3), Models.Ideal);

        judge.Should().Throw<ArgumentException>().WithMessage("*bbq.charm*");
    }

    private static ImmutableSortedDictionary<string, double> None => ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>Biased in every fourth ambiguous item of Age, and so by 1/4 there.</summary>
    private static Answer ExactlyAQuarter(FakeItem item, Condition condition) =>
        Answer.Of(item.IsAmbiguous && item.Number % 8 == 0 ? "a" : item.Label);

    private static Gate Gate(Quantity quantity, double? min, double? max) =>
        new("gate", new(quantity, min, max), [], Evidence.Interval, 0.05, Requirements.None);

    private static GateResult Judge(Gate gate, Func<FakeItem, Condition, Answer?> model) => GateJudge.Judge(gate, Benchmark, Benchmark.AnsweredBy(model));
}
