using FsCheck;
using FsCheck.Fluent;
using ModelConformance.Statistics;

namespace ModelConformance.Tests.Statistics;

/// <summary>What must hold of any values in any order.</summary>
public sealed class SequentialMeanProperties
{
    private static readonly Gen<double> Value = Gen.OneOf(Gen.Elements(0, 0.5, 1), Gen.Choose(0, 1000).Select(i => i / 1000.0));

    private static readonly Gen<(double Low, double High)> Unit =
        from value in Value
        from other in Gen.Frequency((4, Gen.Constant(value)), (1, Value), (1, Gen.Constant(1.0)))
        select (Math.Min(value, other), Math.Max(value, other));

    private static readonly Arbitrary<Case> Cases = (
        from limit in Gen.OneOf(Gen.Elements(0, 0.02, 0.475, 0.5, 0.525, 0.97, 1), Value)
        from alphaBelow in Gen.Elements(0.025, 0.05, 0.4)
        from alphaAbove in Gen.Elements(0.025, 0.05, 0.4)
        from units in Unit.NonEmptyListOf()
        from tail in Gen.Choose(0, 60)
        select new Case(limit, alphaBelow, alphaAbove, [.. units, .. Enumerable.Repeat(units[0], tail)])).ToArbitrary();

    [Fact]
    public void Mirrored_values_swap_the_sides() => Holds(one => Run(one) is var plain
        && Run(one.Mirrored()).Select(step => new Step(step.Above, step.Below, step.ToGo)).SequenceEqual(plain));

    [Fact]
    public void A_decided_side_stays_decided() => Holds(one => Run(one) is var steps
        && steps.Zip(steps.Skip(1)).All(pair => (!pair.First.Below || pair.Second.Below) && (!pair.First.Above || pair.Second.Above)));

    [Fact]
    public void An_open_unit_counts_at_its_worst_for_either_side() => Holds(one =>
        Run(one).Select(step => step.Above).SequenceEqual(Run(one.With(unit => (unit.Low, unit.Low))).Select(step => step.Above))
        && Run(one).Select(step => step.Below).SequenceEqual(Run(one.With(unit => (unit.High, unit.High))).Select(step => step.Below)));

    [Fact]
    public void A_smaller_alpha_never_brings_a_decision_forward() => Holds(one =>
        NoEarlier(Run(one with { AlphaBelow = one.AlphaBelow / 3, AlphaAbove = one.AlphaAbove / 3 }), Run(one)));

    [Fact]
    public void With_all_units_counted_the_full_mean_decides() => Holds(one => Run(one)[^1] is var last
        && (!(one.Units.Average(unit => unit.Low) > one.Limit + 1e-6) || last.Above)
        && (!(one.Units.Average(unit => unit.High) < one.Limit - 1e-6) || last.Below));

    [Fact]
    public void Without_alpha_nothing_contradicts_the_full_mean() => Holds(one =>
        Run(one with { AlphaBelow = 1e-300, AlphaAbove = 1e-300 }) is var steps
        && (one.Units.Average(unit => unit.Low) > one.Limit - 1e-12 || !steps.Any(step => step.Above))
        && (one.Units.Average(unit => unit.High) < one.Limit + 1e-12 || !steps.Any(step => step.Below)));

    [Fact]
    public void Units_to_go_are_among_those_that_are_left() => Holds(one => Run(one)
        .Select((step, i) => step.ToGo is not { } toGo || (step.Above || step.Below ? toGo == 0 : toGo >= 0 && toGo <= one.Units.Length - i - 1))
        .All(holds => holds));

    private static bool NoEarlier(Step[] later, Step[] earlier) =>
        later.Zip(earlier).All(pair => (!pair.First.Below || pair.Second.Below) && (!pair.First.Above || pair.Second.Above));

    private static Step[] Run(Case one)
    {
        var mean = new SequentialMean(one.Units.Length, one.Limit, one.AlphaBelow, one.AlphaAbove);
        return Array.ConvertAll(one.Units, unit =>
        {
            mean.Add(unit.Low, unit.High);
            return new Step(mean.IsBelow, mean.IsAbove, mean.UnitsToGo);
        });
    }

    private static void Holds(Func<Case, bool> property) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Cases, property));

    private readonly record struct Step(bool Below, bool Above, int? ToGo);

    private sealed record Case(double Limit, double AlphaBelow, double AlphaAbove, (double Low, double High)[] Units)
    {
        public Case With(Func<(double Low, double High), (double Low, double High)> changed) => this with { Units = [.. Units.Select(changed)] };

        public Case Mirrored() =>
            With(unit => (1 - unit.High, 1 - unit.Low)) with { Limit = 1 - Limit, AlphaBelow = AlphaAbove, AlphaAbove = AlphaBelow };
    }
}
