using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ModelConformance.Benchmarks;
using ModelConformance.Gates;
using ModelConformance.Protocol;
using ModelConformance.ReferenceModel;
using ModelConformance.Runs;
using ModelConformance.Snapshots;
using ModelConformance.Tests.ReferenceModel;

namespace ModelConformance.Tests.Gates;

/// <summary>
/// The shipped gates against every profile that nobody should release, and against the ideal one: none passes what it should not, the ideal one passes
/// everything, and each reason names what stopped it. All verdicts are approved as texts beside this file.
/// </summary>
public sealed class DegenerateProfileTests
{
    /// <summary>The profiles of models that somebody might release.</summary>
    private static readonly string[] Plausible = ["fair", "self-correcting", "obedient", "biased"];

    public static TheoryData<string> Benchmarks => new("bbq", "winogender", "admissions");

    [Theory]
    [MemberData(nameof(Benchmarks))]
    public void The_smoke_gates_judge_them_on_the_sample_as_approved(string benchmark) => Approve("smoke", benchmark, new());

    [SkippableTheory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Benchmarks))]
    public void The_release_gates_judge_them_on_the_published_data_as_approved(string benchmark) =>
        Approve("release", benchmark, new() { Data = new() { Root = RealData.Root }, Select = new() { Benchmarks = benchmark } });

    [Theory]
    [MemberData(nameof(Benchmarks))]
    public void Every_one_of_them_has_its_place_in_the_table(string benchmark) =>
        DegenerateProfile.All.Where(row => row.Benchmark == benchmark).SelectMany(row => row.Names)
            .Should().BeEquivalentTo(Profile.Names.Except(Plausible));

    [Fact]
    public void Each_but_the_ideal_one_is_stopped_on_some_benchmark() =>
        DegenerateProfile.All.Where(row => row.MayPass != DegenerateProfile.Everything).SelectMany(row => row.Names).Distinct()
            .Should().BeEquivalentTo(Profile.Names.Except(Plausible).Except(["ideal"]));

    private static void Approve(string file, string id, RunSettings settings)
    {
        var benchmark = Catalog.Open(settings).Single(one => one.Id == id);
        var judged = Judge(benchmark, Shipped.Gates($"{file}.json", benchmark));
        foreach (var (names, _, results) in judged)
        {
            foreach (var row in DegenerateProfile.All.Where(row => row.Benchmark == id && row.Names.Intersect(names).Any()))
            {
                Check(row, results);
            }
        }

        var text = judged.Select(one => $"{string.Join(", ", one.Names)} ({one.Mode.Word()})\n{string.Concat(Lines(one.Results))}");
        var check = SnapshotEngine.Check(
            // The sign of what is 0 but for rounding is the machine's.
            string.Join('\n', text).TrimEnd().Replace("-0.000", "0.000"),
            new SnapshotFile(ThisFolder(), "", $"{nameof(DegenerateProfileTests)}.{file}.{id}"),
            SnapshotComparison.OfText);
        Assert.True(check.Passed, check.Message);
    }

    private static void Check(DegenerateProfile row, GateResult[] results)
    {
        results.Where(result => result.Verdict == Verdict.Pass).Select(result => result.Gate.Id.Replace("smoke.", ""))
            .Where(id => !row.MayPass.Any(gate => id.StartsWith(gate))).Should().BeEmpty(row.Because);
        results.Where(result => result.Verdict != Verdict.Pass).Select(result => result.Reason)
            .Where(reason => !row.StoppedBy.Any(stop => reason.Contains(stop))).Should().BeEmpty(row.Because);
    }

    /// <summary>The verdicts on each, those that behave alike on the benchmark together.</summary>
    private static (string[] Names, Mode Mode, GateResult[] Results)[] Judge(IBenchmark benchmark, Gate[] gates)
    {
        var conditions = gates.SelectMany(gate => gate.Claims).SelectMany(claim => claim.Quantity.Conditions).Distinct().ToArray();

        // Ten thousands of items are asked in both modes for the ideal profile only; the sample shows what the mode changes for the others.
        var few = benchmark.Items.Count < 1000;
        var asked =
            from alike in Profile.Names.Except(Plausible).GroupBy(name => Behaviour(Profile.Named(name), benchmark.Id))
            let both = alike.First() == "ideal"
                || (few && alike.Key.Manner is Manner.TakesFirst or Manner.Guesses)
            from mode in both ? new[] { Mode.Text, Mode.Logprobs } : [Mode.Text]
            select (Names: alike.ToArray(), Mode: mode);
        return [.. asked.AsParallel().AsOrdered().Select(one =>
        {
            var sheet = new DirectModel(benchmark, one.Names[0], seed: 0).Sheet(benchmark.Items, one.Mode, conditions);
            return (one.Names, one.Mode, gates.Select(gate => GateJudge.Judge(gate, benchmark, sheet)).ToArray());
        })];
    }

    private static (Manner Manner, object Planted) Behaviour(Profile profile, string benchmark) =>
        (profile.Manner, benchmark switch { "bbq" => profile.Bbq, "winogender" => profile.Winogender, _ => profile.Admissions });

    /// <summary>The verdicts with their reasons; of slices that differ in figures only, the first.</summary>
    private static IEnumerable<string> Lines(GateResult[] results) =>
        from result in results
        group result by (result.Gate.Id.Split('/')[0], result.Verdict, WithoutFigures(result)) into alike
        let first = alike.First()
        let others = alike.Count() > 1 ? string.Create(CultureInfo.InvariantCulture, $", and {alike.Count() - 1} more like it") : ""
        select $"  {first.Verdict} {first.Gate.Id}{others}\n    {first.Reason}\n";

    private static string WithoutFigures(GateResult result) =>
        Regex.Replace(result.Reason, "-?[0-9][0-9.,]*", "0").Replace(result.Gate.Claim.Quantity.Slice, "");

    private static string ThisFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
