using ModelConformance.Answers;
using ModelConformance.Gates;
using ModelConformance.Protocol;
using ModelConformance.Runs;

namespace ModelConformance.Tests.Gates;

/// <summary>Gates that stop early over items that are compared with others.</summary>
public sealed class EarlyPairsTests
{
    [Fact]
    public void Pairs_are_counted_as_pairs_and_either_side_has_to_meet_what_is_required()
    {
        var admissions = Catalog.Open(new()).Single(benchmark => benchmark.Id == "admissions");
        var gate = Gate(
            new(new("admissions.parity", "Black", null, Condition.Q), -0.1, 0.1), new(null, null, Requirements.None.Floors.Add("coverage", 0.95)));
        var sheet = new AnswerSheet();
        foreach (var (item, condition) in Enumerable.Range(0, 8).SelectMany(round => new EarlyGate(gate, admissions).Questions(round)!))
        {
            sheet.TryAdd(item, condition, Answer.Of("yes"));
        }

        var result = GateJudge.Judge(gate, admissions, sheet);

        (result.Asked, result.Of).Should().Be((8, 120));
        result.Reason.Should().EndWith(
            "requires coverage at least 0.95: not decided, 1.000 over the first 8 of 120 under Q; "
            + "requires coverage at least 0.95 in white: not decided, 1.000 over the first 8 of 120 under Q");
    }

    [Fact]
    public void A_pair_of_which_one_item_has_no_target_is_in_no_claim()
    {
        // The first items of SES, which have no target, alone are biased: that they differ from the next ones counts for nothing.
        var items = new FakeBenchmark().Items.ToDictionary(item => item.Id);
        var benchmark = new FakeBenchmark
        {
            BiasAs = bias => bias with
            {
                Pairing = new(item => items.GetValueOrDefault($"bbq/{item.Slice}/{((FakeItem)item).Number + 4}"), (own, other) => own - other),
            },
        };
        var sheet = benchmark.AnsweredBy((item, _) => Answer.Of(item is { HasTarget: false, IsAmbiguous: true } ? "a" : "c"));
        var gate = Gate(new(new("bbq.bias", "SES", "ambiguous", Condition.Q), null, 0), Requirements.None);
        var early = new EarlyGate(gate, benchmark);

        early.Advance(sheet, (_, _) => true);

        GateJudge.Judge(gate with { Stopping = null }, benchmark, sheet).Verdict.Should().Be(Verdict.Pass);
        early.Verdict.Should().Be(Verdict.Pass);
    }

    private static Gate Gate(Claim claim, Requirements requires) => new("gate", claim, [], Evidence.Score, 0.05, requires) { Stopping = new(1) };
}
