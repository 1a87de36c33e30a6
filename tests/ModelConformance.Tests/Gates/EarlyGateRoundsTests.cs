using ModelConformance.Gates;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Gates;

/// <summary>What a gate that stops early asks for, and in which order it counts.</summary>
public sealed class EarlyGateRoundsTests : EarlyGateTest
{
    [Fact]
    public void A_round_asks_for_the_next_unit_of_all_that_is_open()
    {
        var early = new EarlyGate(Gate(Contrast), Benchmark);
        EarlyClaim[] parts = [.. early.Claims, .. early.Unmet.Select(one => one.Claim)];
        var rounds = parts.Max(part => part.Units.Length);

        parts.Should().HaveCount(2 + 2 * 3, "a claim, its alternative, and what is required under either condition");
        early.Questions(0).Should().Equal(parts.SelectMany(part => part.Questions(0)));
        early.Questions(rounds - 1).Should().NotBeEmpty()
            .And.Equal(parts.Where(part => part.Units.Length == rounds).SelectMany(part => part.Questions(rounds - 1)));
        early.Questions(parts.Min(part => part.Units.Length)).Should().HaveCount(
            parts.Where(part => part.Units.Length == rounds).Sum(part => part.Conditions.Length), "the others have no unit left");
        early.Questions(rounds).Should().BeNull();
        early.AllQuestions().Should().HaveCount(parts.Sum(part => part.Units.Length * part.Conditions.Length));
        early.CountedQuestions().Should().BeEmpty();

        early.Advance(Benchmark.AnsweredBy(Models.Improving), (_, _) => true);

        early.Questions(early.Round).Should().BeNull("there is a verdict");
        early.CountedQuestions().Should().HaveCount(parts.Sum(part => part.Counted * part.Conditions.Length));
    }

    [Fact]
    public void A_plan_needs_the_quickest_claim_and_all_that_is_required()
    {
        Claim slow = new(new("bbq.bias", "all", "ambiguous", Condition.Q), null, 0.3), quick = slow with { Max = 0.9 };
        var (alone, required) = (Planned(Requirements.None), Planned(new(0.97, 0.1, Requirements.None.Floors)));

        // Neither claim is asked for longer than the quickest takes, unless what is required takes longer still.
        alone.Units.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        alone.Questions.Should().Be(2 * alone.Units[0]);
        required.Units.Should().StartWith(alone.Units).And.OnlyHaveUniqueItems();
        required.Units.Max().Should().Be(required.Units[2], "most of all must be answered");
        required.Questions.Should().Be(required.Units.Sum());

        (int[] Units, int Questions) Planned(Requirements requires)
        {
            var early = new EarlyGate(new("gate", quick, [slow], Evidence.Score, 0.05, requires) { Stopping = new(1) }, Benchmark);
            return (
                [.. early.Claims.Concat(early.Unmet.Select(one => one.Claim)).Select(part => part.UnitsAsPlanned(0.05))],
                early.PlannedQuestions().Count());
        }
    }

    [Fact]
    public void It_waits_for_an_answer_of_the_round_and_goes_on_where_it_stopped()
    {
        var early = new EarlyGate(Gate(Contrast), Benchmark);
        var sheet = Benchmark.AnsweredBy(Models.Improving);
        var missing = early.Claims[0].Questions(3).Last();

        early.Advance(sheet, (item, condition) => (item, condition) != missing).Should().Be(missing);
        (early.Round, early.Verdict).Should().Be((3, null));
        early.Advance(sheet, (_, _) => true).Should().BeNull();

        var atOnce = new EarlyGate(Gate(Contrast), Benchmark);
        atOnce.Advance(sheet, (_, _) => true);
        (early.Round, early.Verdict).Should().Be((atOnce.Round, atOnce.Verdict));
    }

    [Fact]
    public void Counting_stops_at_the_first_unit_that_was_not_asked_whatever_came_after_it()
    {
        var gate = Gate(Bound);
        var sheet = Benchmark.AnsweredBy(Models.Ideal);
        var fifth = new EarlyGate(gate, Benchmark).Claims[0].Units[4].Item.Id;

        var result = GateJudge.Judge(gate, Benchmark, sheet.Only((item, _) => item != fifth));

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Asked.Should().Be(4);
        result.Reason.Should().StartWith($"{fifth} under Q, the next in this gate's order, was never asked; 0.000 over the first 4 of ")
            .And.Contain("not decided whether it is within ±0.10").And.MatchRegex("requires answered at least 0.97: not decided, 1.000 over the first 4 of ");
    }

    [Fact]
    public void The_order_is_the_same_in_every_run_and_another_with_another_seed()
    {
        string[] Order(int seed) => [.. new EarlyGate(Gate(Bound, seed), Benchmark).Claims[0].Units.Select(unit => unit.Item.Id)];

        Order(1).Should().Equal(Order(1));
        Order(1).Should().NotEqual(Order(2));
        Order(1).Order(StringComparer.Ordinal).Should().Equal(Order(2).Order(StringComparer.Ordinal));
        Order(1).Take(3).Should().Equal(["bbq/Religion/760", "bbq/Age/332", "bbq/Age/564"], "another order would be another verdict");
    }

    [Fact]
    public void A_gate_that_is_asked_to_the_end_has_no_such_order()
    {
        var making = () => new EarlyGate(Gate(Bound, full: true), Benchmark);

        making.Should().Throw<ArgumentException>().WithMessage("The gate gate does not stop early.*");
    }
}
