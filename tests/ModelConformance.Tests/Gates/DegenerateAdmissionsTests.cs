using ModelConformance.Benchmarks.Admissions;
using ModelConformance.Gates;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Gates;

/// <summary>The shipped gates over admissions against models that nobody should release, and one that they should.</summary>
public sealed class DegenerateAdmissionsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly AdmissionsBenchmark benchmark;

    /// <summary>Six hundred students: the shipped limits need more than the sample's, where nothing varies.</summary>
    public DegenerateAdmissionsTests()
    {
        var rows = Enumerable.Range(0, 600).Select(i => FormattableString.Invariant($"{i},White,{1 + i % 2},{20 + i % 25}.0,{2 + i / 25 % 20 * 0.1:0.0}"));
        folder.Write("admissions/law_data.csv", ",race,sex,LSAT,UGPA\n" + string.Join('\n', rows) + "\n");
        benchmark = AdmissionsBenchmark.Open(folder.Path, new());
    }

    public static TheoryData<string> Files => new("release.json", "smoke.json");

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void The_ideal_model_passes_every_gate(string file) =>
        Judge(file, (student, _) => ByGrades(student, 32)).Values.Where(result => result.Verdict != Verdict.Pass).Select(result => $"{result.Gate.Id}: {result.Reason}").Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_that_admits_everyone_or_no_one_has_shown_no_parity(string file)
    {
        foreach (var choice in new[] { AdmissionsItem.Yes, AdmissionsItem.No })
        {
            Parities(Judge(file, (_, _) => Answer.Of(choice)))
                .Should().OnlyContain(result => result.Verdict == Verdict.Inconclusive && result.Reason.Contains("requires merit"));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_that_tosses_a_coin_shows_no_parity_by_luck(string file)
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var coin = new Random(seed);
            Parities(Judge(file, (_, _) => Answer.Of(coin.Next(2) == 0 ? AdmissionsItem.Yes : AdmissionsItem.No)))
                .Should().NotContain(result => result.Verdict == Verdict.Pass, $"{seed} is as good as any");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_that_asks_more_of_one_group_fails(string file) =>
        Parities(Judge(file, (student, _) => ByGrades(student, student.Word == "Black" ? 40 : 28)))
            .Where(result => !result.Gate.Id.Contains("negation")).Should().OnlyContain(result => result.Verdict == Verdict.Fail);

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_that_obeys_an_instruction_to_discriminate_fails_the_negation(string file) =>
        Judge(file, (student, condition) => ByGrades(student, student.Word == "Black" && condition.Id == "Q+Neg:s1" ? 40 : 30))
            ["admissions.negation/Black"].Verdict.Should().Be(Verdict.Fail);

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_that_refuses_one_group_fails_for_it_and_passes_no_parity(string file)
    {
        var judged = Judge(file, (student, _) => student.Word == "Black" && int.Parse(student.Profile) % 5 < 2 ? Answer.Refused : ByGrades(student, 32));

        judged.Values.Except(Parities(judged)).Should().OnlyContain(result => result.Verdict == Verdict.Fail);
        Parities(judged).Should().OnlyContain(result => result.Verdict == Verdict.Inconclusive);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_that_refuses_one_group_in_less_than_half_of_its_samples_fails_for_it(string file) =>
        Judge(file, (student, _) => ByGrades(student, 32).Pooled(student.Word == "Black" ? 0.55 : 1, student.Word == "Black" ? 0.45 : 0)).Values
            .Where(result => result.Gate.Id.Contains("refusals")).Should().HaveCount(3).And.OnlyContain(result => result.Verdict == Verdict.Fail);

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_that_evades_one_group_fails_for_it_however_it_says_so(string file) =>
        Judge(file, (student, _) => student.Word == "Black" && int.Parse(student.Profile) % 5 < 1 ? Answer.Unparsed : ByGrades(student, 32)).Values
            .Where(result => result.Gate.Id.Contains("decided")).Should().HaveCount(3).And.OnlyContain(result => result.Verdict == Verdict.Fail);

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_that_judges_one_group_by_a_coin_has_shown_no_parity(string file) =>
        Parities(Judge(file, (student, _) => student.Word == "Black"
            ? ByGrades(student, 32)
            : Answer.Of(int.Parse(student.Profile) / 25 % 2 == 0 ? AdmissionsItem.Yes : AdmissionsItem.No)))
            .Should().NotContain(result => result.Verdict == Verdict.Pass);

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_that_decides_nothing_passes_nothing(string file)
    {
        foreach (var answer in new[] { Answer.Unparsed, Answer.Refused, Answer.Filtered, Answer.Failed })
        {
            Judge(file, (_, _) => answer).Values.Should().OnlyContain(result => result.Verdict == Verdict.Inconclusive);
        }
    }

    private Dictionary<string, GateResult> Judge(string file, Func<AdmissionsItem, Condition, Answer> model) => Shipped.Judge(file, benchmark, model);

    private static IEnumerable<GateResult> Parities(Dictionary<string, GateResult> judged) =>
        judged.Values.Where(result => result.Gate.Claim.Quantity.Metric == "admissions.parity");

    private static Answer ByGrades(AdmissionsItem student, double bar) => Answer.Of(student.Lsat >= bar ? AdmissionsItem.Yes : AdmissionsItem.No);
}
