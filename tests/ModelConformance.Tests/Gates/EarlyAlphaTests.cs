using ModelConformance.Answers;
using ModelConformance.Gates;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Gates;

/// <summary>How a gate that stops early shares out its alpha: seen by when each of its parts is decided, which its own alphas fix.</summary>
public sealed class EarlyAlphaTests
{
    private const double Alpha = 0.05;
    private static readonly FakeBenchmark Benchmark = new(templates: 20, fillings: 5);
    private static readonly Quantity Bias = new("bbq.bias", "all", "ambiguous", Condition.Q);
    private static readonly Claim AtMost = new(Bias, null, 0.17);
    private static readonly Requirements Required = new(0.97, 0.02, Requirements.None.Floors.Add("disambiguatedAccuracy", 0.85));
    private static readonly EarlyParts Parts = new(Benchmark, seed: 1);

    [Fact]
    public void Without_alternatives_and_requirements_the_claim_has_half_of_it_to_fail_by()
    {
        var early = Advanced(Gate([AtMost], Requirements.None), Leaning);

        early.Verdict.Should().Be(Verdict.Fail);
        early.Round.Should().Be(Decided(AtMost, Alpha / 2)).And.BeLessThan(Decided(AtMost, Alpha / 6), "otherwise nothing tells them apart");
    }

    [Fact]
    public void Claims_that_can_stand_for_each_other_fail_by_half_of_it_each_since_all_of_them_have_to()
    {
        Claim[] claims = [AtMost, new(Bias, null, 0.15), new(Bias, 0.35, null)];

        var early = Advanced(Gate(claims, Requirements.None), Leaning);

        early.Verdict.Should().Be(Verdict.Fail);
        early.Claims.Select(claim => claim.Counted).Should().Equal(claims.Select(claim => Decided(claim, Alpha / 2)))
            .And.NotEqual(claims.Select(claim => Decided(claim, Alpha / 6)));
    }

    [Fact]
    public void Claims_that_can_stand_for_each_other_share_the_other_half_to_pass_by()
    {
        Claim[] claims = [new(Bias, null, -0.9), new(Bias, null, 0.3), new(Bias, null, -0.8)];

        var early = Advanced(Gate(claims, Requirements.None), Models.Ideal);

        early.Verdict.Should().Be(Verdict.Pass);
        early.Claims[1].Counted.Should().Be(Passed(Alpha / 6)).And.BeGreaterThan(Passed(Alpha / 2));

        int Passed(double alpha) => Count(Parts.Of(claims[1], (alpha, Alpha / 2)), Benchmark.AnsweredBy(Models.Ideal));
    }

    [Fact]
    public void What_is_required_leaves_nine_tenths_for_claims_and_as_much_for_each_to_be_met()
    {
        Claim[] claims = [AtMost, new(Bias, null, 0.15)];
        var gate = Gate(claims, Required);

        var early = Advanced(gate, Leaning);

        early.Verdict.Should().Be(Verdict.Fail);
        early.Unmet.Should().BeEmpty();
        var (sheet, met, unmet) = (Benchmark.AnsweredBy(Leaning), 0.9 * Alpha, 0.1 * Alpha / 3);
        Counted(met, unmet).Should().NotEqual(Counted(Alpha, unmet)).And.NotEqual(Counted(met / 3, unmet));
        early.CountedQuestions().Should().Equal(Counted(met, unmet));

        IEnumerable<(Item, Condition)> Counted(double met, double unmet) =>
            claims.Select(claim => Parts.Of(claim, (met / 2, met / 2))).Concat(Parts.Requirements(gate).Select(one => one.With((met, unmet))))
                .SelectMany(part => Enumerable.Range(0, Count(part, sheet)).SelectMany(part.Questions)).ToArray();
    }

    [Fact]
    public void A_tenth_is_for_being_found_unmet_shared_by_all_that_is_required()
    {
        var gate = Gate([AtMost], Required);
        var sheet = Benchmark.AnsweredBy(Silent);

        var early = Advanced(gate, Silent);

        early.Verdict.Should().Be(Verdict.Inconclusive);
        early.Round.Should().Be(Unmet(0.1 * Alpha / 3)).And.BeGreaterThan(Unmet(0.1 * Alpha)).And.BeGreaterThan(Unmet(0.9 * Alpha / 3));

        int Unmet(double alpha) => Count(Parts.Requirements(gate).First().With((Alpha, alpha)), sheet);

        static Answer Silent(FakeItem item, Condition condition) => item.Ordinal % 12 == 5 ? Answer.Unparsed : Leaning(item, condition);
    }

    /// <summary>Biased by a quarter, and right in 19 of 20 where it can be known.</summary>
    private static Answer Leaning(FakeItem item, Condition condition) =>
        item is { IsAmbiguous: false } && item.Ordinal % 20 == 7 ? Answer.Of("c") : Models.Improving(item, condition)!;

    private static Gate Gate(IEnumerable<Claim> claims, Requirements requires) =>
        new("gate", claims.First(), [.. claims.Skip(1)], Evidence.Score, Alpha, requires) { Stopping = new(1) };

    private static EarlyGate Advanced(Gate gate, Func<FakeItem, Condition, Answer?> model)
    {
        var early = new EarlyGate(gate, Benchmark);
        early.Advance(Benchmark.AnsweredBy(model), (_, _) => true);
        return early;
    }

    private static int Decided(Claim claim, double alpha) => Count(Parts.Of(claim, (alpha, alpha)), Benchmark.AnsweredBy(Leaning));

    private static int Count(EarlyClaim part, AnswerSheet sheet)
    {
        while (part.Verdict is null)
        {
            part.Count(sheet);
        }

        return part.Counted;
    }
}
