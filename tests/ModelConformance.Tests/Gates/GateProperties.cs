using FsCheck;
using FsCheck.Fluent;
using ModelConformance.Answers;
using ModelConformance.Gates;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Gates;

/// <summary>What must hold of any model, however odd.</summary>
public sealed class GateProperties
{
    private static readonly FakeBenchmark Benchmark = new(templates: 3, fillings: 2);

    private static readonly Quantity Bias = new("bbq.bias", "all", "ambiguous", Condition.Q);

    private static readonly Arbitrary<(double Low, double High)> Ranges = Gen.Choose(-1000, 1000).Two()
        .Select(ends => (Low: Math.Min(ends.Item1, ends.Item2) / 1000.0, High: Math.Max(ends.Item1, ends.Item2) / 1000.0)).ToArbitrary();

    private static readonly Arbitrary<Case> Cases = (
        from answers in Gen.Elements(Answer.Of("a"), Answer.Of("a"), Answer.Of("b"), Answer.Of("c"), Answer.Of("c"), Answer.Of("c"), Answer.Unparsed)
            .ArrayOf(Benchmark.Items.Count * Benchmark.Conditions.Count)
        from silenced in Gen.Choose(0, 9).ArrayOf(answers.Length)
        from condition in Gen.Elements(Condition.QIf, Condition.QIfCot)
        from minus in Gen.Elements(null, Condition.Q)
        from evidence in Gen.Elements(Evidence.Interval, Evidence.Score)
        from limits in Gen.Choose(-40, 40).Two()
        select new Case(
            answers,
            [.. silenced.Select(roll => roll == 0)],
            new("gate", new(new("bbq.bias", "all", "ambiguous", condition, minus), Least(limits), Most(limits)), [], evidence, 0.05, Requirements.None)))
        .ToArbitrary();

    [Fact]
    public void Wider_limits_never_lose_a_pass_and_narrower_ones_never_lose_a_fail() => Holds(test =>
    {
        var wider = test.Gate with { Claim = test.Gate.Claim with { Min = test.Gate.Claim.Min - 0.1, Max = test.Gate.Claim.Max + 0.1 } };
        var (narrow, wide) = (Judge(test.Gate, test.Answers), Judge(wider, test.Answers));
        return (narrow != Verdict.Pass || wide == Verdict.Pass) && (wide != Verdict.Fail || narrow == Verdict.Fail);
    });

    [Fact]
    public void By_its_score_a_model_wins_nothing_by_not_answering() => Holds(test =>
    {
        var gate = test.Gate with { Evidence = Evidence.Score };
        var silenced = test.Answers.Select((answer, i) => test.Silenced[i] ? Answer.Refused : answer).ToArray();
        return Judge(gate, silenced) is var verdict && (verdict == Verdict.Inconclusive || verdict == Judge(gate, test.Answers));
    });

    [Fact]
    public void By_its_score_a_model_wins_nothing_by_leaving_answers_out() => Holds(test =>
    {
        var gate = test.Gate with { Evidence = Evidence.Score };
        var left = test.Answers.Select((answer, i) => test.Silenced[i] ? null : answer).ToArray();
        return Judge(gate, left) is var verdict && (verdict == Verdict.Inconclusive || verdict == Judge(gate, test.Answers));
    });

    [Fact]
    public void All_that_passes_is_within_the_limits_and_nothing_that_fails_is() => Prop.ForAll(Ranges, Ranges, (limits, evidence) =>
    {
        var claim = new Claim(Bias, limits.Low, limits.High);
        var allowed = new[] { evidence.Low, (evidence.Low + evidence.High) / 2, evidence.High };
        return claim.Over(evidence.Low, evidence.High) switch
        {
            Verdict.Pass => allowed.All(value => claim.Beyond(value) <= 0),
            Verdict.Fail => allowed.All(value => claim.Beyond(value) > 0),
            _ => claim.Beyond(evidence.Low) > 0 || claim.Beyond(evidence.High) > 0,
        };
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Wider_evidence_never_decides_what_narrower_does_not() => Prop.ForAll(Ranges, Ranges, Ranges, (limits, evidence, more) =>
    {
        var claim = new Claim(Bias, limits.Low, limits.High);
        var (narrow, wide) = (claim.Over(evidence.Low, evidence.High), claim.Over(evidence.Low - Math.Abs(more.Low), evidence.High + Math.Abs(more.High)));
        return wide == narrow || wide == Verdict.Inconclusive;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_tightest_limit_passes_lies_in_the_range_and_none_tighter_by_more_than_its_rounding_does() => Prop.ForAll(
        Ranges, Gen.Elements<(double?, double?)>((0.1, null), (null, 0.1), (-0.1, 0.1), (-0.2, 0.1)).ToArbitrary(), (evidence, limits) =>
        {
            // The estimate is in the range, the ends of its interval need not be.
            var (low, high) = (Math.Min(1, evidence.Low * 1.5), Math.Max(-1, evidence.High * 1.5));
            var claim = new Claim(Bias, limits.Item1, limits.Item2);
            var text = claim.Decidable(low, high, (-1, 1));
            if (text is null)
            {
                return (claim.Min is not null && low < -1) || (claim.Max is not null && high > 1)
                    || (claim.Min == -claim.Max && Math.Max(-low, high) > 1);
            }

            var numbers = text.Split(' ', '±').Select(word => double.TryParse(word, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : (double?)null)
                .OfType<double>().ToArray();
            var tightest = claim with
            {
                Min = claim.Min is null ? null : text.Contains('±') ? -numbers[0] : numbers[0],
                Max = claim.Max is null ? null : numbers[^1],
            };
            var tighter = tightest with { Min = tightest.Min + 0.0011, Max = tightest.Max - 0.0011 };
            return numbers.All(number => number is >= -1 and <= 1)
                && tightest.Over(low, high) == Verdict.Pass && tighter.Over(low, high) != Verdict.Pass;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Alternatives_only_ever_help() => Holds(test =>
    {
        var gate = test.Gate;
        var more = gate with { Alternatives = [new(gate.Claim.Quantity with { Condition = Condition.QIfCot, Minus = null }, -0.2, 0.2)] };
        var (without, with) = (Judge(gate, test.Answers), Judge(more, test.Answers));
        return (without != Verdict.Pass || with == Verdict.Pass) && (with != Verdict.Fail || without == Verdict.Fail);
    });

    [Fact]
    public void A_failure_has_a_p_of_at_most_alpha_at_which_it_still_fails() => Holds(test =>
    {
        var gate = test.Gate with { Alpha = 0.2 };
        var result = GateJudge.Judge(gate, Benchmark, Sheet(test.Answers));
        return result.Verdict != Verdict.Fail || gate.Evidence == Evidence.Score
            ? result.P is null
            : result.P <= gate.Alpha && Judge(gate with { Alpha = result.P!.Value }, test.Answers) == Verdict.Fail;
    });

    [Fact]
    public void The_decidable_limit_would_have_passed() => Holds(test =>
    {
        var interval = GateJudge.Judge(test.Gate, Benchmark, Sheet(test.Answers)).Estimate.Interval;
        var reach = interval is null ? 2 : Math.Max(-interval.Low, interval.High);
        var gate = test.Gate with { Evidence = Evidence.Interval, Claim = test.Gate.Claim with { Min = -reach, Max = reach } };
        var result = GateJudge.Judge(gate, Benchmark, Sheet(test.Answers));
        return result.Finding.Measured.Unscored > 0 || result.Verdict == Verdict.Pass || interval is null;
    });

    private static double Least((int, int) limits) => Math.Min(limits.Item1, limits.Item2) / 100.0;

    private static double Most((int, int) limits) => Math.Max(limits.Item1, limits.Item2) / 100.0;

    private static Verdict Judge(Gate gate, Answer?[] answers) => GateJudge.Judge(gate, Benchmark, Sheet(answers)).Verdict;

    private static AnswerSheet Sheet(Answer?[] answers)
    {
        var next = 0;
        return Benchmark.AnsweredBy((_, _) => answers[next++]);
    }

    private static void Holds(Func<Case, bool> property) => Prop.ForAll(Cases, property).QuickCheckThrowOnFailure();

    private sealed record Case(Answer[] Answers, bool[] Silenced, Gate Gate);
}
