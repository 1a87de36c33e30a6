using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using ModelConformance.Answers;
using ModelConformance.Benchmarks;
using ModelConformance.Gates;
using ModelConformance.Protocol;
using ModelConformance.Runs;

namespace ModelConformance.Tests.Gates;

/// <summary>
/// What must hold of any model, however odd. With an alpha of next to nothing only what is certain is decided, so that the verdict must be the full
/// run's: claims, alternatives and requirements are the same quantities whether they are counted one by one or measured at once.
/// </summary>
public sealed class EarlyProperties
{
    private const double Certain = 1e-12;
    private static readonly FakeBenchmark Bbq = new(templates: 3, fillings: 3);
    private static readonly IBenchmark Admissions = Catalog.Open(new RunSettings()).Single(benchmark => benchmark.Id == "admissions");

    /// <summary>Models that answer at random, each by odds of its own.</summary>
    private static readonly Gen<Func<Item, Condition, Answer>> Models =
        from seed in Gen.Choose(0, int.MaxValue)
        from right in Gen.Choose(0, 10)
        from odds in Gen.Choose(0, 6).ArrayOf(3)
        from silent in Gen.Elements(0, 0, 1, 4)
        from refusing in Gen.Elements(0, 0, 1, 4)
        select Model(new(seed), right / 10.0, odds, silent / 40.0, refusing / 40.0);

    private static readonly Gen<Requirements> Required =
        from answered in Gen.Elements<double?>(null, 0.9, 0.95)
        from refused in Gen.Elements<double?>(null, 0.02, 0.1)
        from floor in Gen.Elements<double?>(null, 0.5, 0.8)
        select new Requirements(answered, refused, floor is { } least ? Floors.Add("disambiguatedAccuracy", least) : Floors);

    private static ImmutableSortedDictionary<string, double> Floors => Requirements.None.Floors;

    [Fact]
    public void What_is_counted_one_by_one_comes_to_the_verdict_of_what_is_measured_at_once()
    {
        var claims =
            from metric in Gen.Elements("bbq.bias", "bbq.bias", "bbq.accuracy")
            from minus in Gen.Elements(null, Condition.Q)
            from limits in Limits
            from half in Gen.Elements(1, 2)
            select new Claim(
                new(metric, "all", "ambiguous", minus is null ? Condition.Q : Condition.QIf, minus), limits.Min / half, limits.Max / half);
        var gates =
            from several in claims.NonEmptyListOf()
            from slice in Gen.Elements("all", "Age", "SES", "Age/name")
            from context in Gen.Elements("ambiguous", "ambiguous", "disambiguated")
            from requires in Required
            let all = several.Take(3).Select(claim => claim with
            {
                Quantity = claim.Quantity with
                {
                    Slice = slice,
                    Context = context,
                    Minus = context == "ambiguous" ? claim.Quantity.Minus : null,
                }
            }).ToArray()
            select Gate(all, requires);

        Agree(Bbq, gates);
    }

    [Fact]
    public void Pairs_are_counted_as_they_are_measured() => Agree(
        Admissions,
        from limits in Limits
        from slice in Gen.Elements(Admissions.Slices.Where(Admissions.Metrics[0].In).Select(slice => slice.Id).ToArray())
        from answered in Gen.Elements<double?>(null, 0.9)
        from coverage in Gen.Elements<double?>(null, 0.95)
        select Gate(
            [new(new("admissions.parity", slice, null, Condition.Q), limits.Min / 2, limits.Max / 2)],
            new(answered, null, coverage is { } least ? Floors.Add("coverage", least) : Floors)));

    private static Gen<(double? Min, double? Max)> Limits =>
        from ends in Gen.Choose(-18, 18).Two()
        from kind in Gen.Choose(0, 2)
        select (kind == 0 ? null : (double?)Math.Min(ends.Item1, ends.Item2) / 20, kind == 1 ? null : (double?)Math.Max(ends.Item1, ends.Item2) / 20);

    private static Gate Gate(Claim[] claims, Requirements requires) =>
        new("gate", claims[0], [.. claims[1..]], Evidence.Score, Certain, requires) { Stopping = new(1) };

    private static void Agree(IBenchmark benchmark, Gen<Gate> gates) => Prop.ForAll(gates.Zip(Models).ToArbitrary(), test =>
    {
        var (gate, model) = test;
        var sheet = new AnswerSheet();
        foreach (var condition in gate.Claims.SelectMany(claim => claim.Quantity.Conditions).Distinct())
        {
            foreach (var item in benchmark.Items)
            {
                sheet.TryAdd(item, condition, model(item, condition));
            }
        }

        var early = new EarlyGate(gate, benchmark);
        early.Advance(sheet, (_, _) => true);
        early.Verdict.Should().Be(GateJudge.Judge(gate with { Stopping = null }, benchmark, sheet).Verdict, "so it is of {0}", gate);
    }).QuickCheckThrowOnFailure();

    private static Func<Item, Condition, Answer> Model(Random random, double right, int[] odds, double silent, double refusing) => (item, _) =>
    {
        var roll = random.NextDouble();
        var keys = item.Options.Select(option => option.Key).ToArray();
        return roll < silent ? Answer.Unparsed
            : roll < silent + refusing ? Answer.Refused
            : item is FakeItem { IsAmbiguous: false } known && random.NextDouble() < right ? Answer.Of(known.Label)
            : Answer.Of(keys[Drawn(random, odds[..keys.Length])]);
    };

    private static int Drawn(Random random, int[] odds)
    {
        var left = random.Next(odds.Sum() + 1);
        return Math.Max(0, Array.FindIndex(odds, part => (left -= part) < 0));
    }
}
