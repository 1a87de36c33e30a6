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
