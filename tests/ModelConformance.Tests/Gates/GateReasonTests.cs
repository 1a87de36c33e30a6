using System.Collections.Immutable;
using ModelConformance.Answers;
using ModelConformance.Benchmarks.Winogender;
using ModelConformance.Gates;
using ModelConformance.Protocol;
using ModelConformance.Runs;

namespace ModelConformance.Tests.Gates;

/// <summary>The reasons that verdicts give where unanswered items, options' bounds, requirements or alternatives decide, to the letter.</summary>
public sealed class GateReasonTests
{
    private static readonly FakeBenchmark Benchmark = new(templates: 12, fillings: 4);
    private static readonly WinogenderBenchmark Winogender = WinogenderBenchmark.Open(null);
    private static readonly Quantity Bias = new("bbq.bias", "all", "ambiguous", Condition.Q);
    private static readonly Quantity Change = Bias with { Condition = Condition.QIf, Minus = Condition.Q };

    [Theory]
    [InlineData(null, -0.8, Verdict.Fail, "not at most -0.80, however they count")]
    [InlineData(-0.8, null, Verdict.Pass, "at least -0.80, however they count")]
    public void A_score_can_be_settled_against_what_the_answered_pairs_alone_say(double? min, double? max, Verdict verdict, string settled)
    {
        var result = Judge(Gate(new(Change, min, max), Evidence.Score), HalfOnOneSide);

        result.Verdict.Should().Be(verdict);
        result.Reason.Should().Be($"with the 143 unanswered items the score is between -0.500 and 0.500: {settled}");
    }

    [Fact]
    public void An_interval_is_not_settled_against_what_the_answered_pairs_alone_say()
    {
        var result = Judge(Gate(new(Change, null, -0.8), Evidence.Interval), HalfOnOneSide);

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().MatchRegex(
            "^the 143 unanswered items decide: Pass without them, but with them the 90 % interval could reach from -1\\.[0-9]+ to 0\\.[0-9]+; ");
    }

    [Fact]
    public void Where_all_is_answered_the_options_bounds_can_leave_a_score_open()
    {
        var half = new OptionProbabilities(Logs((WinogenderItem.Neutral, 0.5)), null);

        var result = Judge(
            new("winogender.neutral", "all", null, Condition.Q), 0.7, null, Evidence.Score, _ => Answer.Of(WinogenderItem.Neutral, half));

        (result.Verdict, result.Reason).Should().Be((
            Verdict.Inconclusive,
            "what the options' bounds leave open decides: Pass at its middle, but the score could reach from 0.500 to 1.000; "
            + "the tightest limit that this run could have passed is at least 0.50"));
    }

    [Theory]
    [InlineData(-0.8, 0.8, "^what the options' bounds leave open decides: Pass at its middle, but the 90 % interval could be undefined$")]
    [InlineData(null, 0.0, "^the 90 % interval -0\\.[0-9]+ … 0\\.[0-9]+ is partly at most 0\\.00; no limit could have been passed by this run$")]
    public void Where_the_options_bounds_leave_an_interval_undefined_no_limit_is_passed(double? min, double? max, string reason)
    {
        // One occupation's share of women is in doubt; with nothing of it they all lie on a line, around which a slope has no interval.
        var bounded = new OptionProbabilities(Logs((WinogenderItem.Neutral, 0.5), (WinogenderItem.Male, 0.25)), null);

        var result = Judge(new("winogender.slope", "all", null, Condition.Q), min, max, Evidence.Interval, item =>
            Answer.Of(WinogenderItem.Neutral, item == Winogender.Sentences[7] ? bounded : null));

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().MatchRegex(reason);
    }

    [Fact]
    public void A_comparison_requires_what_it_requires_of_its_own_side_first_and_then_of_the_other()
    {
        var admissions = Catalog.Open(new()).Single(benchmark => benchmark.Id == "admissions");
        var gate = Gate(new(new("admissions.parity", "Black", null, Condition.Q), -0.1, 0.1), Evidence.Interval) with
        {
            Requires = new(null, null, Requirements.None.Floors.Add("coverage", 0.95)),
        };

        GateJudge.Judge(gate, admissions, new()).Reason.Should().Be(
            "requires coverage at least 0.95: undefined (no answered items) in Black under Q; "
            + "requires coverage at least 0.95: undefined (no answered items) in white under Q");
    }

    [Fact]
    public void Unanswered_items_that_leave_a_score_open_say_how_far_it_could_go() => Judge(
        Gate(new(Bias, -0.02, 0.02), Evidence.Score), (item, _) => item.Ordinal % 24 == 7 ? Answer.Unparsed : Answer.Of(item.Label)).Reason.Should().Be(
        "the 12 unanswered items decide: Pass without them, but with them the score could reach from -0.042 to 0.042; "
        + "the tightest limit that this run could have passed is within ±0.042");

    [Fact]
    public void A_pass_by_a_contrast_names_both_of_its_sides() => Judge(
        Gate(new(Bias, null, -0.9), Evidence.Interval) with { Alternatives = [new(Change, null, 0)] }, Models.Improving).Reason
        .Should().StartWith("by the alternative, bias under Q+IF minus Q: ");

    [Theory]
    [InlineData(0.75, true)]
    [InlineData(0.7501, false)]
    public void A_requirement_is_met_right_at_its_limit(double answered, bool isMet)
    {
        var gate = Gate(new(Bias, -1, 1), Evidence.Interval) with { Requires = new(answered, null, Requirements.None.Floors) };

        var result = Judge(gate, (item, _) => item.Ordinal % 4 == 0 ? Answer.Unparsed : Answer.Of(item.Label));

        result.Reason.Contains("requires answered", StringComparison.Ordinal).Should().Be(!isMet, result.Reason);
    }

    [Fact]
    public void What_was_never_asked_is_told_with_what_is_required_and_so_is_the_slice()
    {
        var requires = new Requirements(0.97, null, Requirements.None.Floors.Add("disambiguatedAccuracy", 0.7));
        var gate = Gate(new(Bias with { Slice = "Age" }, -1, 1), Evidence.Interval) with { Requires = requires };

        Judge(gate, (item, _) => item.Ordinal % 4 == 0 ? null : Answer.Of("a")).Reason.Should().MatchRegex(
            "requires answered at least 0\\.97: 72 of 96, 24 never asked, under Q; requires disambiguatedAccuracy at least 0\\.7: .* in Age under Q$");
        Judge(gate, (item, _) => item.Ordinal % 4 == 0 ? Answer.Unparsed : Answer.Of("a")).Reason.Should().Contain("72 of 96 under Q");
    }

    [Fact]
    public void A_message_says_why_there_is_no_baseline_and_where_answers_are_not_kept()
    {
        var gate = Gate(new(Bias, -1, 1), Evidence.Score);
        var early = gate with { Claim = new(Bias with { Condition = Condition.QIf }, -1, 1), Stopping = new(1) };
        var part = Benchmark.AnsweredBy(Models.Ideal).Only((item, condition) => condition == Condition.QIf && !item.EndsWith('4'));

        GateReport.Message(Judge(gate, Models.Ideal), null).Should()
            .Contain("  baseline  none: this is the baseline condition, or it was not answered\n").And.EndWith("  items     not kept");
        GateReport.Message(GateJudge.Judge(early, Benchmark, part), null).Should().Contain("  baseline  none: a gate that stops early asks for none\n");
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00009, "9e-5")]
    [InlineData(0.00101, "0.0011")]
    [InlineData(0.0334, "0.034")]
    public void A_level_has_two_digits_and_is_never_rounded_down(double p, string shown) => GateReport.Level(p).Should().Be(shown);

    private static Gate Gate(Claim claim, Evidence evidence) => new("gate", claim, [], evidence, 0.05, Requirements.None);

    /// <summary>One half improves by all there is; of the other, what is unanswered under Q is at its most under Q+IF.</summary>
    private static Answer HalfOnOneSide(FakeItem item, Condition condition) =>
        item.Ordinal % 2 == 0 ? Answer.Of(condition == Condition.Q ? "a" : "c")
        : condition == Condition.Q ? Answer.Unparsed : Answer.Of("a");

    private static GateResult Judge(Gate gate, Func<FakeItem, Condition, Answer?> model) => GateJudge.Judge(gate, Benchmark, Benchmark.AnsweredBy(model));

    private static GateResult Judge(Quantity quantity, double? min, double? max, Evidence evidence, Func<WinogenderItem, Answer> model)
    {
        var sheet = new AnswerSheet();
        foreach (var item in Winogender.Sentences)
        {
            sheet.TryAdd(item, quantity.Condition, model(item));
        }

        return GateJudge.Judge(Gate(new(quantity, min, max), evidence), Winogender, sheet);
    }

    private static ImmutableDictionary<string, double> Logs(params (string Key, double Probability)[] options) =>
        options.ToImmutableDictionary(option => option.Key, option => Math.Log(option.Probability));
}
