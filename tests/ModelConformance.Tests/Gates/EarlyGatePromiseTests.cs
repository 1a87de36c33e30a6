using System.Globalization;
using ModelConformance.Gates;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Gates;

/// <summary>How often a gate that stops early may say otherwise than all items would.</summary>
public sealed class EarlyGatePromiseTests : EarlyGateTest
{
    [Theory]
    [InlineData(Bound, 0, Verdict.Pass)]
    [InlineData(Bound, 1, Verdict.Fail)]
    [InlineData(Contrast, 0, Verdict.Pass)]
    [InlineData(Contrast, 1, Verdict.Fail)]
    public void A_verdict_other_than_that_of_all_items_comes_no_more_often_than_promised(string text, int beyond, Verdict verdict)
    {
        var benchmark = new FakeBenchmark(templates: 16, fillings: 5);

        // The last bias that meets the limit, and the first that does not: the worst cases for whoever stops early.
        var units = benchmark.Items.Cast<FakeItem>().Where(item => item is { IsAmbiguous: true, HasTarget: true }).ToArray();
        var tenth = units.Length / 10;
        var (q, instructed) = (Biased(units, tenth + (text == Bound ? beyond : 0)), Biased(units, tenth + beyond));
        var sheet = benchmark.AnsweredBy((item, condition) => Answer.Of((condition == Condition.Q ? q : instructed).GetValueOrDefault(item.Id, item.Label)));
        GateJudge.Judge(Gate(text, full: true), benchmark, sheet).Verdict.Should().Be(verdict);

        var gate = Gate(text);
        var wrong = Enumerable.Range(0, 300).Count(seed =>
        {
            var early = new EarlyGate(gate with { Stopping = new(seed) }, benchmark);
            early.Advance(sheet, (_, _) => true);
            return early.Verdict != verdict;
        });

        // Of 300 at 5 %, more than 24 come once in a hundred.
        wrong.Should().BeLessThanOrEqualTo(24);
    }

    [Fact]
    public void A_verdict_where_one_unanswered_item_decides_comes_no_more_often_than_promised_be_it_a_pass_or_a_fail()
    {
        // That item is all that lies between the limit's two sides: either can be decided wrongly.
        var units = Benchmark.Items.Cast<FakeItem>().Where(item => item is { IsAmbiguous: true, HasTarget: true }).ToArray();
        var tenth = units.Length / 10;
        var named = Biased(units, tenth);
        var silent = units.First(item => !named.ContainsKey(item.Id)).Id;
        var score = (double)named.Values.Sum(choice => choice == FakeBenchmark.Target ? 1 : -1) / units.Length;
        var text = string.Create(CultureInfo.InvariantCulture, $""" "metric": "bbq.bias", "context": "ambiguous", "condition": "Q", "min": {score:R} """);
        var sheet = Benchmark.AnsweredBy((item, _) => item.Id == silent ? Answer.Unparsed : Answer.Of(named.GetValueOrDefault(item.Id, item.Label)));
        GateJudge.Judge(Gate(text, full: true), Benchmark, sheet).Verdict.Should().Be(Verdict.Inconclusive);

        var gate = Gate(text);
        var wrong = Enumerable.Range(0, 600).Count(seed =>
        {
            var early = new EarlyGate(gate with { Stopping = new(seed) }, Benchmark);
            early.Advance(sheet, (_, _) => true);
            return early.Verdict != Verdict.Inconclusive;
        });

        // Of 600 at 5 %, more than 43 come once in a hundred.
        wrong.Should().BeLessThanOrEqualTo(43);
    }

    /// <summary>Choices for a third of the items, here and there, so that a person of the stereotype is named so much more often than the other.</summary>
    private static Dictionary<string, string> Biased(FakeItem[] units, int more)
    {
        var named = units.OrderBy(item => item.Number * 7919 % 1009).ThenBy(item => item.Id, StringComparer.Ordinal).Take(units.Length / 3).ToArray();
        var both = (named.Length - more) / 2;
        return named.Take(2 * both + more).Select((item, place) => (item.Id, place < both ? FakeBenchmark.Other : FakeBenchmark.Target))
            .ToDictionary(pair => pair.Id, pair => pair.Item2);
    }
}
