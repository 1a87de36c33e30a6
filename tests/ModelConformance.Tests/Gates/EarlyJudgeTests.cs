using ModelConformance.Answers;
using ModelConformance.Gates;
using ModelConformance.Metrics;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Gates;

/// <summary>What is said of a gate that stops early, by how far it was asked.</summary>
public sealed class EarlyJudgeTests
{
    private const string Promise = "; the full run would say otherwise with a probability of at most 0.05";
    private static readonly FakeBenchmark Benchmark = new(templates: 12, fillings: 4);
    private static readonly Quantity Bias = new("bbq.bias", "all", "ambiguous", Condition.Q);
    private static readonly Quantity Change = Bias with { Condition = Condition.QIf, Minus = Condition.Q };
    private static readonly Requirements Required = new(0.97, null, Requirements.None.Floors.Add("disambiguatedAccuracy", 0.7));

    [Fact]
    public void Before_anything_is_asked_nothing_is_known()
    {
        var result = Judge(Gate([new(Bias, -0.1, 0.1)], Required), new());

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Counted.Should().Be((0, 286));
        result.Reason.Should().Be(
            "bbq/Religion/173 under Q, the next in this gate's order, was never asked; "
            + "none of 286 counted: not decided whether it is within ±0.10, and nothing points either way yet; "
            + "requires answered at least 0.97: not decided, none of 288 counted under Q; "
            + "requires disambiguatedAccuracy at least 0.7: not decided, none of 288 counted under Q");
    }

    [Fact]
    public void All_that_is_open_is_told_with_how_far_it_was_asked()
    {
        var gate = Gate([new(Change, null, 0), new(Bias, -0.1, 0.1)], Required);

        Judge(gate, Asked(gate, 8, Models.Backfiring)).Reason.Should().Be(
            "bbq/Religion/121 under Q+IF, the next in this gate's order, was never asked; 0.875 over the first 8 of 286: not decided whether it is at most 0.00, some 17 more would tell at the pace so far; "
            + "0.125 over the first 8 of 286: not decided whether it is within ±0.10, some 278 more would tell at the pace so far; "
            + "requires answered at least 0.97: not decided, 1.000 over the first 8 of 288 under Q+IF; "
            + "requires disambiguatedAccuracy at least 0.7: not decided, 1.000 over the first 8 of 288 under Q+IF; "
            + "requires answered at least 0.97: not decided, 1.000 over the first 8 of 288 under Q; "
            + "requires disambiguatedAccuracy at least 0.7: not decided, 1.000 over the first 8 of 288 under Q");
    }

    [Fact]
    public void A_claim_that_is_decided_waits_for_what_is_required_and_only_that_is_told()
    {
        var gate = Gate([new(Bias, -0.9, 0.9)], new(0.97, null, Requirements.None.Floors));

        var result = Judge(gate, Asked(gate, 60, Models.Ideal));

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Finding.Verdict.Should().Be(Verdict.Pass);
        result.Reason.Should().MatchRegex("was never asked; requires answered at least 0\\.97: not decided, 1\\.000 over the first [67][0-9] of 288 under Q$");
    }

    [Fact]
    public void What_is_unmet_is_told_alone_once_it_decides()
    {
        var gate = Gate([new(Bias, -0.9, 0.9)], Required);

        var result = Judge(gate, Asked(gate, 100, Models.AlwaysUnknown));

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().MatchRegex(
            "^requires disambiguatedAccuracy at least 0\\.7: 0\\.000 over the first [0-9]+ of 288 under Q; the full run").And.EndWith(Promise);
    }

    [Fact]
    public void Items_without_a_target_are_not_waited_for()
    {
        var gate = Gate([new(Bias, null, 0.25)], Requirements.None);
        var sheet = Benchmark.AnsweredBy((item, condition) => item.HasTarget ? Models.Improving(item, condition) : null);

        var result = Judge(gate, sheet);

        (result.Counted?.Of, result.Verdict).Should().Be((286, Verdict.Pass));
        result.Reason.Should().EndWith(Promise);
        Judge(gate with { Stopping = null }, sheet).Verdict.Should().Be(Verdict.Inconclusive, "to the full run's score every item belongs");
    }

    [Fact]
    public void Where_all_was_counted_the_unanswered_items_may_decide()
    {
        var gate = Gate([new(Bias, null, 0.01)], Requirements.None);

        var result = Judge(gate, Benchmark.AnsweredBy((item, condition) =>
            !item.HasTarget ? null : item.Ordinal % 20 == 3 ? Answer.Unparsed : Models.Ideal(item, condition)));

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Be("between -0.052 and 0.052 over all 286: the unanswered items decide whether it is at most 0.01" + Promise);
    }

    [Fact]
    public void A_claim_of_which_every_unit_was_counted_is_told_as_the_whole()
    {
        var sheet = Benchmark.AnsweredBy((item, condition) => item.HasTarget ? Models.Ideal(item, condition) : null);

        Judge(Gate([new(Bias, -0.1, 0)], Requirements.None), sheet).Reason.Should().Be("0.000 over all 286 is within -0.10 … 0.00" + Promise);
        Judge(Gate([new(Bias, 0.01, 0.1)], Requirements.None), sheet).Reason
            .Should().MatchRegex("^0\\.000 over the first [0-9]+ of 286, enough to tell that the score over all 286 is not within 0\\.01 … 0\\.10; the full run");
    }

    [Fact]
    public void What_was_asked_wholly_is_compared_as_the_full_run_compares_it_whatever_was_not_asked_elsewhere()
    {
        var age = Bias with { Slice = "Age" };
        var sheet = Benchmark.AnsweredBy((item, condition) => item is { Slice: "Age", IsAmbiguous: true } ? Models.Ideal(item, condition) : null);

        Judge(Gate([new(age, -0.1, 0.1)], Requirements.None), sheet).Counted.Should().BeNull();
        Judge(Gate([new(age, -0.1, 0.1), new(Bias, -0.1, 0.1)], Requirements.None), sheet).Counted
            .Should().NotBeNull("its alternative is about all categories");
        Judge(Gate([new(age, -0.1, 0.1)], Required), sheet).Counted.Should().NotBeNull("what it requires was not asked");
    }

    [Fact]
    public void An_alternative_that_was_not_asked_wholly_can_pass_a_gate_whose_claim_was()
    {
        var sheet = Benchmark.AnsweredBy((item, condition) =>
            condition == Condition.Q || item.HasTarget ? Models.Improving(item, condition) : null);

        var result = Judge(Gate([new(Bias, -0.1, 0.1), new(Bias with { Condition = Condition.QIf }, -0.1, 0.1)], Requirements.None), sheet);

        result.Verdict.Should().Be(Verdict.Pass, "compared as the full run does, the alternative would lack the items without a target");
        result.Reason.Should().StartWith("by the alternative, bias under Q+IF: ").And.EndWith(Promise);
    }

    [Fact]
    public void A_contrast_is_whole_where_both_of_its_sides_are()
    {
        var gate = Gate([new(Change, null, 0.25)], Requirements.None);
        AnswerSheet Without(Condition condition) =>
            Benchmark.AnsweredBy((item, asked) => item.HasTarget || asked != condition ? Models.Improving(item, asked) : null);

        Judge(gate, Without(Condition.QIf)).Counted.Should().NotBeNull();
        Judge(gate, Without(Condition.Q)).Counted.Should().NotBeNull();
        Judge(gate, Without(Condition.QIfCot)).Counted.Should().BeNull();
    }

    [Fact]
    public void A_ratio_of_which_nothing_has_weight_yet_has_no_value()
    {
        var gate = Gate([new(Bias with { Context = "disambiguated" }, -0.1, 0.1)], Requirements.None);

        Judge(gate, Asked(gate, 5, Models.AlwaysUnknown)).Reason.Should().Contain("nothing scored over the first 5 of 286: not decided");
    }

    [Fact]
    public void A_contrast_of_two_ratios_is_refused_where_what_they_are_of_differs()
    {
        var gate = Gate([new(Change with { Context = "disambiguated" }, -0.1, 0.1)], Requirements.None);

        var judging = () => Judge(gate, Asked(
            gate, 50, (item, condition) => Answer.Of(condition == Condition.Q ? FakeBenchmark.Unknown : item.Label)));

        judging.Should().Throw<InvalidOperationException>().WithMessage("bbq.bias weighs bbq/*/* by 1 and 0: *");
    }

    [Fact]
    public void All_that_is_unmet_is_told()
    {
        var gate = Gate([new(Bias, -0.9, 0.9)], new(0.98, 0.02, Requirements.None.Floors));

        Judge(gate, Asked(gate, 150, Models.Refusing)).Reason.Should().MatchRegex(
            "^requires answered at least 0\\.98: 0\\.000 over the first [0-9]+ of 288 under Q; requires refused at most 0\\.02: 1\\.000 over .* under Q; the full run");
    }

    [Fact]
    public void By_an_alternative_it_passes_with_the_same_promise()
    {
        var gate = Gate([new(Bias, null, -0.5), new(Bias, -0.5, 0.5)], Requirements.None);

        Judge(gate, Asked(gate, 200, Models.Ideal)).Reason.Should().MatchRegex(
            "^by the alternative, bias under Q: 0\\.000 over the first [0-9]+ of 286, enough to tell that the score over all 286 is within ±0\\.50; the full run")
            .And.EndWith(Promise);
    }

    [Fact]
    public void Neither_a_contrast_nor_its_sides_have_intervals()
    {
        var gate = Gate([new(Change, null, 0.5)], Requirements.None);

        var contrast = Judge(gate, Asked(gate, 100, Models.Improving)).Finding.Measured.Should().BeOfType<Contrast>().Subject;

        new[] { contrast.Estimate, contrast.First.Estimate, contrast.Second.Estimate }
            .Should().OnlyContain(estimate =>
                estimate.Value != null && estimate.Interval == null && estimate.UndefinedReason == "asked until decided");
    }

    [Fact]
    public void The_worst_templates_are_of_the_items_that_were_counted()
    {
        var gate = Gate([new(Bias, -0.1, 0.1)], Requirements.None);
        var sheet = Benchmark.AnsweredBy((item, _) => Answer.Of(item.Cluster == "Age/2" ? "a" : "c"));
        string[] order = [.. new EarlyGate(gate, Benchmark).Claims[0].Units.Select(unit => unit.Item.Id)];
        var biased = Benchmark.Items.Where(item => item.Cluster == "Age/2").Select(item => item.Id).ToHashSet();
        var first = Array.FindIndex(order, biased.Contains);

        IEnumerable<string> Worst(int units) =>
            Judge(gate, sheet.Only((item, _) => order.AsSpan(0, units).Contains(item))).Finding.Worst.Select(worst => worst.Cluster);

        Worst(first).Should().BeEmpty();
        Worst(first + 1).Should().Equal("Age/2");
    }

    private static Gate Gate(Claim[] claims, Requirements requires) =>
        new("gate", claims[0], [.. claims[1..]], Evidence.Score, 0.05, requires) { Stopping = new(1) };

    /// <summary>The answers to what the first rounds ask where nothing is decided.</summary>
    private static AnswerSheet Asked(Gate gate, int rounds, Func<FakeItem, Condition, Answer?> model)
    {
        var early = new EarlyGate(gate, Benchmark);
        var asked = Enumerable.Range(0, rounds).SelectMany(round => early.Questions(round) ?? [])
            .Select(question => (question.Item.Id, question.Condition)).ToHashSet();
        return Benchmark.AnsweredBy(model).Only((item, condition) => asked.Contains((item, condition)));
    }

    private static GateResult Judge(Gate gate, AnswerSheet sheet) => GateJudge.Judge(gate, Benchmark, sheet);
}
