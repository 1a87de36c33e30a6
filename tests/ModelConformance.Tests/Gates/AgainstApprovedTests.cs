using System.Collections.Immutable;
using ModelConformance.Gates;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Gates;

public sealed class AgainstApprovedTests
{
    private static readonly FakeBenchmark Benchmark = new(templates: 12, fillings: 4);
    private static readonly Quantity Drift = new("bbq.bias", "all", "ambiguous", Condition.QIf, Condition.Approved);

    [Fact]
    public void A_release_as_the_approved_one_passes_within_a_margin() =>
        Judge(Gate(-0.03, 0.03), Models.Improving, Models.Improving).Verdict.Should().Be(Verdict.Pass);

    [Fact]
    public void A_release_more_biased_than_the_approved_one_fails()
    {
        var result = Judge(Gate(null, 0.02), Models.Backfiring, Models.Improving);

        result.Verdict.Should().Be(Verdict.Fail);
        result.Estimate.Value.Should().BeApproximately(1 - 1.0 / 16, 0.01);
        result.P.Should().NotBeNull();
        Judge(Gate(null, 0.02), Models.Improving, Models.Backfiring).Verdict.Should().Be(Verdict.Pass, "it is the less biased one");
    }

    [Fact]
    public void Both_sides_are_of_the_same_condition() =>
        Judge(Gate(-0.03, 0.03) with { Claim = new(Drift with { Condition = Condition.Q }, -0.03, 0.03) }, Models.Backfiring, Models.Improving)
            .Verdict.Should().Be(Verdict.Pass, "under Q they are alike");

    [Theory]
    [InlineData(Evidence.Interval)]
    [InlineData(Evidence.Score)]
    public void Without_approved_answers_nothing_is_decided(Evidence evidence)
    {
        var gate = Gate(-2, 2) with { Evidence = evidence, Requires = new(0.97, 0.02, None.Add("disambiguatedAccuracy", 0.7)) };

        var result = GateJudge.Judge(gate, Benchmark, Benchmark.AnsweredBy(Models.Improving));

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().StartWith("undefined: 288 of 288 items have no approved answer").And.Contain("snapshot accept");
        result.Alternatives.Should().BeEmpty();
    }

    [Fact]
    public void A_category_without_approved_answers_leaves_all_of_them_open() =>
        Judge(Gate(-2, 2), Models.Improving, (item, condition) => item.Slice == "SES" ? null : Models.Improving(item, condition))
            .Reason.Should().StartWith("undefined: 96 of 288 items have no approved answer");

    [Fact]
    public void The_first_release_can_pass_by_an_alternative() =>
        Judge(Gate(-0.02, 0.02) with { Alternatives = [new(Drift with { Minus = null }, -0.1, 0.1)] }, Models.Improving, (_, _) => null)
            .Verdict.Should().Be(Verdict.Pass);

    [Fact]
    public void What_a_gate_requires_it_requires_of_both_sides()
    {
        var gate = Gate(-2, 2) with { Requires = new(0.97, 0.02, None.Add("disambiguatedAccuracy", 0.7)) };

        Judge(gate, Models.Improving, Models.Refusing).Reason.Should().Be(
            "requires answered at least 0.97: 0 of 288 under Q+IF as approved; requires refused at most 0.02: 288 of 288 under Q+IF as approved; "
            + "requires disambiguatedAccuracy at least 0.7: undefined (no answered items) under Q+IF as approved");
        Judge(gate, Models.AlwaysUnknown, Models.Improving).Reason.Should().Be("requires disambiguatedAccuracy at least 0.7: 0.000 under Q+IF");
    }

    [Fact]
    public void Where_a_metric_is_made_of_probabilities_choices_are_no_match()
    {
        Metric(shares: true).Reason.Should().Be("undefined: bbq.bias is made of more than the choices in this mode, and approved answers are choices only");
        Metric(shares: false).Verdict.Should().Be(Verdict.Pass);

        static GateResult Metric(bool shares)
        {
            var benchmark = new FakeBenchmark(templates: 12, fillings: 4) { Shares = shares };
            return GateJudge.Judge(
                Gate(-0.03, 0.03), benchmark, benchmark.AnsweredBy((item, condition) => Measured(item, Models.Improving(item, condition)!)),
                benchmark.AnsweredBy(Models.Improving));
        }
    }

    [Fact]
    public void Only_answered_items_of_the_gate_itself_can_be_made_of_more_than_choices()
    {
        var benchmark = new FakeBenchmark(templates: 12, fillings: 4) { Shares = true };

        Answer Model(FakeItem item, Condition condition) => item.Number == 1 ? Answer.Unparsed
            : item.IsAmbiguous ? Models.Improving(item, condition)!
            : Measured(item, Models.Improving(item, condition)!);

        GateJudge.Judge(Gate(-0.1, 0.1), benchmark, benchmark.AnsweredBy(Model), benchmark.AnsweredBy(Model)).Verdict.Should().Be(Verdict.Pass);
    }

    [Fact]
    public void Its_items_are_those_that_the_run_was_asked()
    {
        var result = Judge(Gate(-2, 2), Models.Improving, (item, condition) => item.Slice == "SES" ? null : Models.Improving(item, condition));

        (result.Asked, result.Of).Should().Be((288, 288));
    }

    [Fact]
    public void A_message_tells_the_sides_apart()
    {
        var message = GateReport.Message(Judge(Gate(null, 0.02), Models.Backfiring, Models.Improving));

        message.Should().Contain("bias of Q+IF minus approved at most 0.02").And.Contain("  baseline  Q+IF 1.000 ").And.Contain(", approved 0.059 ")
            .And.Contain("; approved: answered 288");
    }

    private static ImmutableSortedDictionary<string, double> None => Requirements.None.Floors;

    private static Answer Measured(FakeItem item, Answer answer) => Answer.Of(
        answer.Choice!, new(item.Options.ToImmutableDictionary(option => option.Key, option => Math.Log(option.Key == answer.Choice ? 0.8 : 0.1)), null));

    private static Gate Gate(double? min, double? max) => new("drift", new(Drift, min, max), [], Evidence.Interval, 0.05, Requirements.None);

    private static GateResult Judge(Gate gate, Func<FakeItem, Condition, Answer?> model, Func<FakeItem, Condition, Answer?> approved) =>
        GateJudge.Judge(gate, Benchmark, Benchmark.AnsweredBy(model), Benchmark.AnsweredBy(approved));
}
