using Xunit.Abstractions;

namespace ModelConformance.Suite;

/// <summary>The gates over the Bias Benchmark for QA.</summary>
[Trait("Benchmark", "bbq")]
public sealed class BbqTests(ITestOutputHelper output) : GateTests(output)
{
    public static TheoryData<GateRow> Gates => SuiteContext.GateRows("bbq");

    [Theory]
    [MemberData(nameof(Gates))]
    public Task Gate(GateRow gate) => AssertAsync(gate);
}
