using System.Globalization;
using ModelConformance.Statistics;
using static ModelConformance.Tests.Statistics.ReferenceValues;

namespace ModelConformance.Tests.Statistics;

/// <summary>Agreement with R's <c>binom.test</c>.</summary>
[Trait("Category", "Reference")]
public sealed class ProportionReferenceTests
{
    [SkippableFact]
    public void The_interval_of_a_proportion_agrees_with_R()
    {
        var entry = Entry("proportion");
        var (successes, trials) = (entry.GetProperty("successes").GetInt32(), entry.GetProperty("trials").GetInt32());

        Agrees(Proportion.Of(successes, trials, 0.95).Interval!, Numbers(entry, "clopperPearson95"));
    }

    [SkippableFact]
    public void The_interval_of_no_success_agrees_with_R()
    {
        foreach (var (trials, expected) in Constant())
        {
            Agrees(Proportion.Of(0, trials, 0.95).Interval!, expected);
        }
    }

    /// <summary>The entries such as <c>zeroOf50</c>.</summary>
    internal static IEnumerable<(int Trials, double[] ClopperPearson95)> Constant()
    {
        const string Name = "zeroOf";
        var entries = Entry("proportion").EnumerateObject().Where(entry => entry.Name.StartsWith(Name, StringComparison.Ordinal)).ToArray();
        entries.Should().NotBeEmpty();
        return entries.Select(entry => (int.Parse(entry.Name[Name.Length..], CultureInfo.InvariantCulture), Numbers(entry.Value, "clopperPearson95")));
    }

    private static void Agrees(Interval interval, double[] ends)
    {
        interval.Low.Should().BeApproximately(ends[0], Relative(ends[0]));
        interval.High.Should().BeApproximately(ends[1], Relative(ends[1]));
    }
}
