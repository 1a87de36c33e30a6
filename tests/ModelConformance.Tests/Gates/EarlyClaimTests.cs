using System.Collections.Immutable;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using ModelConformance.Gates;
using ModelConformance.Protocol;
using ModelConformance.Statistics;

namespace ModelConformance.Tests.Gates;

/// <summary>A claim looked at unit by unit, over populations whose every unit, and some of whose every order, is known.</summary>
public sealed class EarlyClaimTests
{
    private static readonly ImmutableArray<Unit> Units = [.. new FakeBenchmark().Items.Select(item => new Unit(item, null))];
    private static readonly (double Pass, double Fail) Alphas = (0.01, 0.2);

    /// <summary>So small that, of few units, no order at all is decided wrongly.</summary>
    private static readonly (double Pass, double Fail) Never = (1e-9, 1e-9);

    private static readonly Arbitrary<(Part[] Parts, double? Min, double? Max)> Populations = (
        from parts in Gen.Elements(new Part(-1, -1), new(0, 0), new(1, 1), new(1, 1), new(-1, 1), new(0, 0, 0)).NonEmptyListOf()
        from limits in Gen.Choose(-4, 4).Two()
        from kind in Gen.Choose(0, 2)
        let least = Math.Min(limits.Item1, limits.Item2) / 4.0
        let most = Math.Max(limits.Item1, limits.Item2) / 4.0
        select (parts.Take(8).ToArray(), kind == 0 ? null : (double?)least, kind == 1 ? null : (double?)most)).ToArbitrary();

    [Theory]
    [InlineData(0.2, null, 0.5, Verdict.Pass)]
    [InlineData(0.2, null, -0.1, Verdict.Fail)]
    [InlineData(null, 0.2, -0.1, Verdict.Pass)]
    [InlineData(null, 0.2, 0.5, Verdict.Fail)]
    public void A_limit_by_itself_is_looked_at_with_the_whole_of_either_alpha(double? min, double? max, double mean, Verdict verdict)
    {
        var values = Values(mean);

        var decided = Decide(values, min, max, Alphas);

        var limit = min ?? max!.Value;
        int With(double alpha) => Deciding(values, limit, above: mean > limit, alpha);
        decided.Should().Be((verdict, With(verdict == Verdict.Pass ? Alphas.Pass : Alphas.Fail)));
        With(Alphas.Fail).Should().BeLessThan(With(Alphas.Fail / 2)).And.BeLessThan(With(Alphas.Pass), "otherwise nothing tells them apart");
    }

    [Theory]
    [InlineData(0.6)]
    [InlineData(-0.6)]
    public void Two_limits_share_the_alpha_of_failing_since_either_can_fail(double mean)
    {
        var values = Values(mean);

        Decide(values, -0.2, 0.2, Alphas).Should().Be((Verdict.Fail, Deciding(values, mean > 0 ? 0.2 : -0.2, above: mean > 0, Alphas.Fail / 2)));
    }

    [Theory]
    [InlineData(-0.3, 0.6)]
    [InlineData(-0.6, 0.3)]
    public void Both_of_two_limits_have_the_whole_alpha_of_passing_since_one_of_them_would_be_wrong(double min, double max)
    {
        var values = Values(0);
        var (above, below) = (Deciding(values, min, above: true, Alphas.Pass), Deciding(values, max, above: false, Alphas.Pass));

        above.Should().NotBe(below);
        Decide(values, min, max, Alphas).Should().Be((Verdict.Pass, Math.Max(above, below)));
    }

    [Fact]
    public void Of_no_units_nothing_can_be_decided()
    {
        var claim = Claim([], null, 0.2, Alphas);

        claim.Verdict.Should().Be(Verdict.Inconclusive);
        claim.UnitsAsPlanned(0.05).Should().Be(0);
    }

    [Fact]
    public void A_plan_waits_for_the_slower_of_two_limits()
    {
        int Planned(double? min, double? max) => Claim(Values(0), min, max, Alphas).UnitsAsPlanned(0.05);

        Planned(null, 0.9).Should().BeInRange(1, Planned(-0.5, null) - 1);
        Planned(-0.5, 0.9).Should().Be(Planned(-0.5, null));
    }

    [Fact]
    public void A_unit_without_weight_stands_where_the_limit_does()
    {
        // As pronounced a ratio as a mean may be, with every other unit out of it.
        var parts = Values(0.5).SelectMany(part => new[] { part, new Part(0, 0, 0) }).Take(Units.Length).ToArray();
        var test = new SequentialMean(parts.Length, 0.6, Alphas.Fail, Alphas.Pass);
        var steps = parts.TakeWhile(part =>
        {
            var at = part.Weight == 0 ? 0.6 : (part.Low + 1) / 2;
            test.Add(at, at);
            return !test.IsAbove;
        }).Count() + 1;

        Decide(parts, 0.2, null, Alphas).Should().Be((Verdict.Pass, steps));
    }

    [Fact]
    public void What_is_certain_about_few_units_is_what_all_of_them_compare_as() => Prop.ForAll(Populations, population =>
    {
        var (parts, min, max) = population;
        var weight = parts.Sum(part => part.Weight);
        var expected = weight == 0 ? Verdict.Inconclusive : new Claim(new("bbq.bias", "all", null, Condition.Q), min, max)
            .Over(parts.Sum(part => part.Low) / weight, parts.Sum(part => part.High) / weight);
        return Decide(parts, min, max, Never).Verdict == expected;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(null, 0.25, 1e-10)]
    [InlineData(0.25, null, -1e-10)]
    [InlineData(-0.5, 0.25, 1e-10)]
    [InlineData(0.25, 0.5, -1e-10)]
    public void A_whole_beyond_its_limit_by_next_to_nothing_fails_as_it_does_in_the_full_run(double? min, double? max, double beyond) =>
        Decide([new(0.25 + beyond, 0.25 + beyond)], min, max, Never).Should().Be((Verdict.Fail, 1));

    [Theory]
    [InlineData(0.0, null, Verdict.Pass)]
    [InlineData(0.1, null, Verdict.Fail)]
    [InlineData(null, 0.0, Verdict.Pass)]
    [InlineData(null, -0.1, Verdict.Fail)]
    [InlineData(0.0, 0.0, Verdict.Pass)]
    [InlineData(0.1, 0.9, Verdict.Fail)]
    public void Of_all_orders_that_units_can_come_in_no_greater_share_than_alpha_is_decided_wrongly(double? min, double? max, Verdict whole)
    {
        // As many 1 as -1: the mean is 0, at the limit or just beyond it.
        const int N = 14;
        const double Alpha = 0.3;
        var orders = Enumerable.Range(0, 1 << N).Where(order => BitOperations.PopCount((uint)order) == N / 2).ToArray();

        var wrong = orders.Count(order => Decide(
            [.. Enumerable.Range(0, N).Select(place => (order >> place & 1) == 1 ? new Part(1, 1) : new Part(-1, -1))],
            min,
            max,
            (Alpha, Alpha)).Verdict != whole);

        wrong.Should().BeInRange(1, (int)(Alpha * orders.Length));
    }

    [Theory]
    [InlineData(null, 0.25, 0.25, 1, Verdict.Inconclusive)]
    [InlineData(0.25, null, -1, 0.25, Verdict.Inconclusive)]
    [InlineData(null, 0.25, -1, 0.25, Verdict.Pass)]
    [InlineData(0.25, null, 0.25, 1, Verdict.Pass)]
    [InlineData(null, 0.25, 0.2500001, 1, Verdict.Fail)]
    [InlineData(0.25, null, -1, 0.2499999, Verdict.Fail)]
    public void A_unit_in_doubt_decides_only_where_all_that_it_can_be_is_on_one_side(double? min, double? max, double low, double high, Verdict verdict) =>
        Decide([new(low, high)], min, max, Never).Should().Be((verdict, 1));

    /// <summary>As many 1 and -1 as give the mean, mixed, beside some 0.</summary>
    private static Part[] Values(double mean) =>
        [.. Enumerable.Range(0, Units.Length).Select(place => place * 7 % 20 is var roll && roll < 4 ? new Part(0, 0)
            : roll < 4 + 8 * (1 + mean / 0.8) ? new Part(1, 1) : new Part(-1, -1))];

    private static int Deciding(Part[] values, double limit, bool above, double alpha)
    {
        var test = new SequentialMean(values.Length, (limit + 1) / 2, alpha, alpha);
        return values.TakeWhile(value =>
        {
            test.Add((value.Low + 1) / 2, (value.High + 1) / 2);
            return !(above ? test.IsAbove : test.IsBelow);
        }).Count() + 1;
    }

    private static (Verdict Verdict, int Counted) Decide(Part[] parts, double? min, double? max, (double Pass, double Fail) alphas)
    {
        var claim = Claim(parts, min, max, alphas);
        while (claim.Verdict is null)
        {
            claim.Count(new());
        }

        return (claim.Verdict.Value, claim.Counted);
    }

    private static EarlyClaim Claim(Part[] parts, double? min, double? max, (double Pass, double Fail) alphas)
    {
        var next = 0;
        return new(Units[..parts.Length], [Condition.Q], (_, _) => parts[next++] is var part ? (part.Low, part.High, part.Weight) : default,
            (-1, 1), (min, max), alphas)
        {
            Assumed = [(-1, 0.5), (1, 0.5)],
        };
    }

    /// <summary>What a unit adds: between its low and its high.</summary>
    private sealed record Part(double Low, double High, double Weight = 1);
}
