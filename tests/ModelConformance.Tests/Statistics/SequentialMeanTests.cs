using ModelConformance.Statistics;

namespace ModelConformance.Tests.Statistics;

/// <summary>Decisions worked by hand or by the plain formula, and what is refused.</summary>
public sealed class SequentialMeanTests
{
    /// <summary>Standard deviations between mean and limit, a fifth of the fortune on each.</summary>
    private static readonly double[] Distances = [0.04, 0.08, 0.16, 0.32, 0.64];

    [Theory]
    [InlineData(100, 0.5, new[] { 1, 1, 0.5, 1, 0, 1, 1, 1, 0.5, 1 })]
    [InlineData(12, 0.525, new[] { 0.5, 1, 0.5, 1, 1 })]
    [InlineData(40, 0.97, new[] { 1.0, 1, 1, 1, 1, 1, 1, 1, 1, 1 })]
    [InlineData(1000, 0.02, new[] { 0.0, 0, 0, 0, 1, 0, 0, 1, 0.1 })]
    public void A_side_is_decided_when_its_fortune_is_one_over_alpha(int units, double limit, double[] values)
    {
        // The fortune after these values, the formula word for word; an alpha a little above its inverse is reached, one a little below is not.
        var fortune = Fortune(units, limit, values);
        fortune.Should().BeGreaterThan(1).And.BeGreaterThan(Enumerable.Range(0, values.Length).Max(t => Fortune(units, limit, values[..t])));

        Above(units, limit, (1 + 1e-5) / fortune, values).Should().BeTrue();
        Above(units, limit, (1 - 1e-5) / fortune, values).Should().BeFalse();

        // And the other side on the mirrored values.
        double[] mirrored = [.. values.Select(x => 1 - x)];
        Below(units, 1 - limit, (1 + 1e-5) / fortune, mirrored).Should().BeTrue();
        Below(units, 1 - limit, (1 - 1e-5) / fortune, mirrored).Should().BeFalse();

        static bool Above(int units, double limit, double alpha, double[] values) => Counted(values, units, limit, 1e-9, alpha).IsAbove;

        static bool Below(int units, double limit, double alpha, double[] values) => Counted(values, units, limit, alpha, 1e-9).IsBelow;
    }

    [Fact]
    public void What_no_remaining_value_can_change_is_decided_at_any_alpha()
    {
        // Of four values the limit leaves a sum of 1.6: 1 + 0.5 does not exceed it, another 0.5 does.
        Counted([1, 0.5], 4, 0.4, 1e-300, 1e-300).IsAbove.Should().BeFalse();
        Counted([1, 0.5, 0.5], 4, 0.4, 1e-300, 1e-300).IsAbove.Should().BeTrue();
        Counted([0, 0.5], 4, 0.6, 1e-300, 1e-300).IsBelow.Should().BeFalse();
        Counted([0, 0.5, 0.5], 4, 0.6, 1e-300, 1e-300).IsBelow.Should().BeTrue();
    }

    [Theory]
    [InlineData(0.7, 0.5, false, true)]
    [InlineData(0.5, 0.5, false, false)]
    [InlineData(0.3, 0.5, true, false)]
    [InlineData(0, 0, false, false)]
    [InlineData(1e-6, 0, false, true)]
    [InlineData(1, 0, false, true)]
    [InlineData(1, 1, false, false)]
    [InlineData(1 - 1e-6, 1, true, false)]
    [InlineData(0, 1, true, false)]
    public void A_single_unit_is_its_own_mean(double value, double limit, bool below, bool above)
    {
        var mean = Counted([value], 1, limit, 1e-12, 1e-12);

        (mean.IsBelow, mean.IsAbove).Should().Be((below, above));
    }

    [Theory]
    [InlineData(0.525, 0.5, 1)]
    [InlineData(0.3, 0.1, 0.2)]
    [InlineData(0.1 + 0.2, 0, 1)]
    [InlineData(2.0 / 3, 0, 1)]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 1)]
    public void A_mean_at_the_limit_is_on_neither_side_however_it_rounds(double limit, double low, double high)
    {
        // Values on both sides of the limit whose mean is the limit; 30,000 of them so that rounding adds up.
        var share = high > low ? (limit - low) / (high - low) : 0;
        double[] values = share is >= 0 and <= 1
            ? [.. Enumerable.Range(0, 30_000).Select(i => i < Math.Round(share * 30_000) ? high : low)]
            : [.. Enumerable.Range(0, 30_000).Select(i => i % 3 == 0 ? limit : i % 3 == 1 ? limit - low : limit + low)];
        new Random(7).Shuffle(values);

        // So small an alpha leaves certainty only.
        var mean = Counted(values, values.Length, limit, 1e-300, 1e-300);

        mean.Counted.Should().Be(mean.Units);
        (mean.IsBelow, mean.IsAbove).Should().Be((false, false));
    }

    [Fact]
    public void A_mean_within_a_billionth_of_the_limit_is_at_it()
    {
        Counted([1e-9], 1, 0, 0.05, 0.05).IsAbove.Should().BeFalse();
        Counted([1.001e-9], 1, 0, 0.05, 0.05).IsAbove.Should().BeTrue();
    }

    [Fact]
    public void The_two_alphas_are_the_two_sides_own()
    {
        double[] ones = [.. Enumerable.Repeat(1.0, 10)];

        Counted(ones, 1000, 0.5, 1e-9, 0.2).IsAbove.Should().BeTrue();
        Counted(ones, 1000, 0.5, 0.2, 1e-9).IsAbove.Should().BeFalse();
    }

    [Fact]
    public void The_low_speaks_for_above_and_the_high_for_below()
    {
        var (above, below, open) = (New(), New(), New());
        for (var i = 0; i < 30; i++)
        {
            above.Add(0.9, 1);
            below.Add(0, 0.1);
            open.Add(0, 1);
        }

        (above.IsBelow, above.IsAbove).Should().Be((false, true));
        (below.IsBelow, below.IsAbove).Should().Be((true, false));
        (open.IsBelow, open.IsAbove, open.UnitsToGo).Should().Be((false, false, null));

        static SequentialMean New() => new(1000, 0.5, 0.05, 0.05);
    }

    [Fact]
    public void A_decided_side_stays_decided()
    {
        var mean = Counted([.. Enumerable.Repeat(1.0, 30)], 1000, 0.5, 0.05, 0.05);
        mean.IsAbove.Should().BeTrue();

        for (var i = 0; i < 970; i++)
        {
            mean.Add(0, 0);
            mean.IsAbove.Should().BeTrue();
        }
    }

    [Fact]
    public void Units_to_go_are_those_that_the_side_ahead_needs_at_its_growth_so_far()
    {
        var mean = new SequentialMean(100_000, 0.5, 1e-6, 1e-6);
        mean.UnitsToGo.Should().BeNull("nothing has been counted");

        double[] values = [1, 1, 1, 0, 1, 1, 0.5, 1, 1, 1];
        Array.ForEach(values, value => mean.Add(value, value));

        var growth = Math.Log(Distances.Max(distance => Fortune(100_000, 0.5, values, distance))) / values.Length;
        var needed = Math.Log(1e6 / Fortune(100_000, 0.5, values)) / growth;
        mean.UnitsToGo.Should().Be((int)Math.Ceiling(needed));

        while (!mean.IsAbove)
        {
            mean.UnitsToGo.Should().BeInRange(1, 100_000 - mean.Counted);
            mean.Add(1, 1);
        }

        mean.UnitsToGo.Should().Be(0);
    }

    [Fact]
    public void Units_to_go_are_never_more_than_are_left()
    {
        var mean = Counted([0.9, 0.2, 0.9], 4, 0.5, 1e-9, 1e-9);

        mean.UnitsToGo.Should().Be(1);
        (mean.Units, mean.Counted).Should().Be((4, 3));
    }

    [Fact]
    public void A_side_that_cannot_win_has_no_units_to_go()
    {
        // No mean is above 1, and none of values of 1 is below.
        Counted([1, 1], 9, 1, 0.05, 0.05).UnitsToGo.Should().BeNull();
        Counted([0, 0], 9, 0, 0.05, 0.05).UnitsToGo.Should().BeNull();
    }

    [Fact]
    public void Units_to_go_of_the_side_ahead_are_the_same_mirrored()
    {
        var (mean, mirrored) = (Counted([1, 0.5, 1], 500, 0.525, 0.05, 0.01), Counted([0, 0.5, 0], 500, 0.475, 0.01, 0.05));

        mean.UnitsToGo.Should().BePositive().And.Be(mirrored.UnitsToGo);
    }

    [Fact]
    public void What_is_no_value_no_limit_or_one_unit_too_many_is_refused()
    {
        Refused(() => _ = new SequentialMean(0, 0.5, 0.05, 0.05)).ParamName.Should().Be("units");
        foreach (var limit in new[] { -0.01, 1.01, double.NaN })
        {
            Refused(() => _ = new SequentialMean(9, limit, 0.05, 0.05), "A limit lies between 0 and 1*").ParamName.Should().Be("limit");
        }

        Refused(() => _ = new SequentialMean(9, 0.5, 0, 0.05), "An alpha lies between 0 and 1*").ParamName.Should().Be("alphaBelow");
        Refused(() => _ = new SequentialMean(9, 0.5, 0.05, 1), "An alpha lies between 0 and 1*").ParamName.Should().Be("alphaAbove");
        var mean = new SequentialMean(1, 0.5, 0.05, 0.05);
        foreach (var (low, high) in new[] { (-0.1, 0.5), (0.5, 1.1), (0.6, 0.5), (double.NaN, 0.5), (0.5, double.NaN) })
        {
            Refused(() => mean.Add(low, high), "A unit's value lies between 0 and 1*");
        }

        mean.Counted.Should().Be(0);
        mean.Add(0, 1);
        mean.Invoking(one => one.Add(0.5, 0.5)).Should().Throw<InvalidOperationException>().WithMessage("All units have been counted.");

        static ArgumentOutOfRangeException Refused(Action action, string message = "*") =>
            action.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message).Which;
    }

    private static SequentialMean Counted(double[] values, int units, double limit, double alphaBelow, double alphaAbove)
    {
        var mean = new SequentialMean(units, limit, alphaBelow, alphaAbove);
        Array.ForEach(values, value => mean.Add(value, value));
        return mean;
    }

    private static double Fortune(int units, double limit, double[] values) => Distances.Average(distance => Fortune(units, limit, values, distance));

    /// <summary>
    /// Π (1 + λ (x − m)) with m the mean that the limit leaves to the values that remain and λ = f/m, where f/(1 − f) = distance·m/deviation. The
    /// deviation is that of the values before and of four more that vary by limit·(1 − limit).
    /// </summary>
    private static double Fortune(int units, double limit, double[] values, double distance)
    {
        double[] means = [.. values.Select((_, t) => (units * limit - values[..t].Sum()) / (units - t))];
        return values.Select((x, t) =>
        {
            var variance = (4 * limit * (1 - limit) + values[..t].Zip(means, (one, m) => (one - m) * (one - m)).Sum()) / (4 + t);
            var odds = distance * means[t] / Math.Sqrt(variance);
            return 1 + odds / (1 + odds) / means[t] * (x - means[t]);
        }).Aggregate(1.0, (fortune, factor) => fortune * factor);
    }
}
