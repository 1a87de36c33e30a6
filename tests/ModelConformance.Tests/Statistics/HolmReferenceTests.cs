using ModelConformance.Statistics;
using static ModelConformance.Tests.Statistics.ReferenceValues;

namespace ModelConformance.Tests.Statistics;

[Trait("Category", "Reference")]
public sealed class HolmReferenceTests
{
    [SkippableFact]
    public void Every_adjusted_p_agrees_with_R()
    {
        var entry = Entry("multiplicity");

        Holm.Adjusted(Numbers(entry, "p")).Should().Equal(Numbers(entry, "holm"), (p, expected) => Math.Abs(p - expected) <= Relative(expected));
    }
}
