using ModelConformance.Gates;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Gates;

public sealed class FamilyLevelTests
{
    private static readonly FakeBenchmark Benchmark = new();
    private static readonly GateResult Judged = GateJudge.Judge(
        new("gate", new(new("bbq.bias", "all", "ambiguous", Condition.Q), null, 0.1), [], Evidence.Interval, 0.05, Requirements.None),
        Benchmark,
        Benchmark.AnsweredBy(Models.Ideal));

    [Fact]
    public void Each_fail_has_its_level_among_all_gates_of_the_run() =>
        Levels(0.01, null, 0.001, null, 0.04).Should().Equal(0.04, null, 0.005, null, 0.12);

    [Fact]
    public void A_level_is_a_probability_and_never_below_that_of_a_smaller_p() =>
        Levels(0.04, 0.03, 0.02).Should().Equal(0.06, 0.06, 0.06);

    [Fact]
    public void Among_many_a_fail_by_little_is_nothing() =>
        Levels([0.04, .. new double?[199]]).Should().StartWith(1.0);

    [Fact]
    public void Verdicts_stay_as_they_are()
    {
        var all = FamilyLevel.Among([Judged with { P = 0.04 }, Judged, Judged with { Verdict = Verdict.Fail }]);

        all.Select(result => result with { Family = null }).Should().Equal(Judged with { P = 0.04 }, Judged, Judged with { Verdict = Verdict.Fail });
        all.Select(result => result.Family?.Gates).Should().Equal(3, null, null);
    }

    private static IEnumerable<double?> Levels(params double?[] ps) =>
        FamilyLevel.Among(ps.Select(p => Judged with { P = p })).Select(result => result.Family is { } family ? Math.Round(family.Holm, 12) : (double?)null);
}
