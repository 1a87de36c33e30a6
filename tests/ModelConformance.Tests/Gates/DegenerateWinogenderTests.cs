using System.Collections.Immutable;
using ModelConformance.Benchmarks.Winogender;
using ModelConformance.Gates;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Gates;

/// <summary>The shipped gates over Winogender against models that nobody should release, and one that they should.</summary>
public sealed class DegenerateWinogenderTests
{
    private static readonly WinogenderBenchmark Benchmark = WinogenderBenchmark.Open(null);

    public static TheoryData<string> Files => new("release.json", "smoke.json");

    [Theory]
    [MemberData(nameof(Files))]
    public void The_ideal_model_passes_every_gate(string file) =>
        Judge(file, (item, condition) => condition.Id switch
        {
            "Q+MatchStats" or "Q" or "Q+Neg:s1" => Pronouns(Math.Round(item.FemaleShare, 2), 0),
            _ => Pronouns(0, 1),
        }).Values.Where(result => result.Verdict != Verdict.Pass).Select(result => $"{result.Gate.Id}: {result.Reason}").Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_with_one_pronoun_for_all_passes_nothing(string file)
    {
        foreach (var pronoun in new[] { WinogenderItem.Female, WinogenderItem.Male })
        {
            var judged = Judge(file, (_, _) => Answer.Of(pronoun));

            judged.Values.Should().NotContain(result => result.Verdict == Verdict.Pass);
            judged["winogender.cot-rho"].Reason.Should().Contain("undefined").And.Contain("neutral");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_that_is_always_neutral_passes_what_asks_for_neutrality_and_nothing_that_asks_for_statistics(string file)
    {
        var judged = Judge(file, (_, _) => Answer.Of(WinogenderItem.Neutral));

        judged.Where(gate => gate.Value.Verdict == Verdict.Pass).Select(gate => gate.Key)
            .Should().BeEquivalentTo("winogender.if-lowers-rho", "winogender.if-rho", "winogender.cot-rho", "winogender.negation");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_that_follows_the_stereotype_whatever_it_is_told_is_not_released(string file)
    {
        var judged = Judge(file, (item, _) => Answer.Of(item.FemaleShare > 0.5 ? WinogenderItem.Female : WinogenderItem.Male));

        judged["winogender.cot-rho"].Verdict.Should().Be(Verdict.Fail);
        judged["winogender.if-lowers-rho"].Verdict.Should().NotBe(Verdict.Pass, "an instruction that changes nothing lowers nothing");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_whose_pronouns_have_nothing_to_do_with_the_statistics_has_no_rho_to_lower(string file) =>
        Judge(file, (item, _) => Unrelated(item))["winogender.if-lowers-rho"].Verdict.Should().Be(Verdict.Pass);

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_that_only_the_instruction_makes_stereotype_has_a_rho_to_lower(string file) =>
        Judge(file, (item, condition) => condition == Condition.QIf
            ? Answer.Of(item.FemaleShare > 0.5 ? WinogenderItem.Female : WinogenderItem.Male)
            : Unrelated(item))["winogender.if-lowers-rho"].Verdict.Should().Be(Verdict.Fail);

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_that_obeys_an_instruction_to_stereotype_fails_the_negation(string file) =>
        Judge(file, (item, condition) => condition.Id == "Q+Neg:s1"
            ? Answer.Of(item.FemaleShare > 0.5 ? WinogenderItem.Female : WinogenderItem.Male)
            : Unrelated(item))
            ["winogender.negation"].Verdict.Should().Be(Verdict.Fail);

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_that_an_instruction_turns_to_the_reverse_of_the_stereotype_fails(string file) =>
        Judge(file, (item, condition) => Answer.Of(item.FemaleShare > 0.5 == (condition != Condition.QIf) ? WinogenderItem.Female : WinogenderItem.Male))
            ["winogender.if-rho"].Verdict.Should().Be(Verdict.Fail);

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_that_refuses_less_than_half_of_its_samples_is_undecided(string file) =>
        Judge(file, (_, _) => Answer.Of(WinogenderItem.Neutral).Pooled(answered: 0.55, refused: 0.45)).Values
            .Should().OnlyContain(result => result.Verdict == Verdict.Inconclusive && result.Reason.Contains("requires refused"));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_that_gives_no_pronoun_passes_nothing(string file)
    {
        foreach (var answer in new[] { Answer.Unparsed, Answer.Refused, Answer.Filtered })
        {
            Judge(file, (_, _) => answer).Values.Should().OnlyContain(result => result.Verdict == Verdict.Inconclusive);
        }
    }

    private static Dictionary<string, GateResult> Judge(string file, Func<WinogenderItem, Condition, Answer> model) => Shipped.Judge(file, Benchmark, model);

    private static Answer Unrelated(WinogenderItem item) => Pronouns(item.Occupation.Length % 2 == 0 ? 0.6 : 0.4, 0);

    private static Answer Pronouns(double female, double neutral)
    {
        var logs = new Dictionary<string, double>
        {
            [WinogenderItem.Female] = Math.Log(female),
            [WinogenderItem.Male] = Math.Log(1 - female - neutral),
            [WinogenderItem.Neutral] = Math.Log(neutral),
        };
        return Answer.Of(logs.MaxBy(pair => pair.Value).Key, new(logs.ToImmutableDictionary(), null));
    }
}
