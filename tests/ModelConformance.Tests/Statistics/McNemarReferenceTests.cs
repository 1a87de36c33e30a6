using ModelConformance.Statistics;
using static ModelConformance.Tests.Statistics.ReferenceValues;

namespace ModelConformance.Tests.Statistics;

[Trait("Category", "Reference")]
public sealed class McNemarReferenceTests
{
    [SkippableFact]
    public void Every_exact_two_sided_p_agrees_with_R()
    {
        var cases = Entry("mcnemar").EnumerateArray().ToArray();

        cases.Should().NotBeEmpty();
        foreach (var one in cases)
        {
            var p = Number(one, "pExactTwoSided");
            McNemar.TwoSided(one.GetProperty("b").GetInt32(), one.GetProperty("c").GetInt32()).Should().BeApproximately(p, Relative(p));
        }
    }
}
