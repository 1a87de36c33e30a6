using FsCheck;
using FsCheck.Fluent;
using ModelConformance.Statistics;

namespace ModelConformance.Tests.Statistics;

public sealed class HolmTests
{
    private static readonly Arbitrary<double[]> Lists = Gen.ArrayOf(Gen.Choose(0, 20).Select(i => i / 20.0)).ToArbitrary();

    [Fact]
    public void The_smallest_p_counts_once_per_test_the_next_once_less_and_none_falls_below_a_smaller_ones() =>
        Holm.Adjusted([0.04, 0.01, 0.03, 0.015]).Should().Equal([0.06, 0.04, 0.06, 0.045], (a, b) => Math.Abs(a - b) < 1e-15);

    [Fact]
    public void An_adjusted_p_is_at_most_1() => Holm.Adjusted([0.4, 0.6, 0.5]).Should().Equal(1, 1, 1);

    [Fact]
    public void A_single_test_needs_no_adjustment_and_none_has_none()
    {
        Holm.Adjusted([0.037]).Should().Equal(0.037);
        Holm.Adjusted([]).Should().BeEmpty();
    }

    [Fact]
    public void A_certain_and_an_impossible_p_are_ps() => Holm.Adjusted([1, 0]).Should().Equal(1, 0);

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void What_is_no_p_is_refused(double p)
    {
        var adjusted = () => Holm.Adjusted([0.5, p]);

        adjusted.Should().Throw<ArgumentOutOfRangeException>().WithMessage("A p-value lies within 0 … 1.*");
    }

    [Fact]
    public void No_adjusted_p_is_below_its_p_or_above_that_of_Bonferroni() => Holds(list =>
        Holm.Adjusted(list).Zip(list).All(pair => pair.First >= pair.Second && pair.First <= Math.Min(1, list.Length * pair.Second)));

    [Fact]
    public void The_order_of_the_ps_is_kept_and_equal_ones_stay_equal() => Holds(list =>
    {
        var sorted = Holm.Adjusted(list).Zip(list).OrderBy(pair => pair.Second).ToArray();
        return sorted.Zip(sorted.Skip(1)).All(next => next.First.Second < next.Second.Second
            ? next.First.First <= next.Second.First
            : next.First.First == next.Second.First);
    });

    [Fact]
    public void The_place_of_a_test_in_the_list_does_not_matter() => Holds(list =>
        Holm.Adjusted([.. list.Reverse()]).Reverse().SequenceEqual(Holm.Adjusted(list)));

    /// <summary>Holm's own words: step through the ordered p-values, and stop at the first above α/(m − i + 1).</summary>
    [Fact]
    public void A_test_is_rejected_at_any_level_exactly_where_the_step_down_procedure_rejects_it() => Holds(list =>
        Enumerable.Range(1, 19).Select(i => i / 20.0 + 0.001).All(alpha =>
        {
            var rejected = list.Order().TakeWhile((p, i) => p <= alpha / (list.Length - i)).Count();
            return Holm.Adjusted(list).Count(p => p <= alpha) == rejected;
        }));

    private static void Holds(Func<double[], bool> property) => Prop.ForAll(Lists, property).QuickCheckThrowOnFailure();
}
