using ModelConformance.Gates;
using Xunit.Abstractions;

namespace ModelConformance.Suite;

/// <summary>The gates over the Bias Benchmark for QA.</summary>
[Trait("Benchmark", "bbq")]
public sealed class BbqTests(ITestOutputHelper output)
{
    public static TheoryData<GateRow> Gates => SuiteContext.GateRows("bbq");

    [Theory]
    [MemberData(nameof(Gates))]
    public async Task Gate(GateRow gate)
    {
        var (result, message) = await SuiteRun.JudgeAsync(gate);
        output.WriteLine(message);
        if (result.Verdict == Verdict.Fail
            || (result.Verdict == Verdict.Inconclusive && SuiteContext.Current.Selection.Inconclusive == InconclusivePolicy.Fail))
        {
            Assert.Fail(message);
        }
    }
}
