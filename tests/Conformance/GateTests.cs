using ModelConformance.Gates;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace ModelConformance.Suite;

/// <summary>What the gates of every benchmark share. Each benchmark derives a class, which gives its rows their trait and their name.</summary>
public abstract class GateTests(ITestOutputHelper output)
{
    /// <summary>Judges a gate; fails where it fails, or where it is undecided and the thresholds file does not let that pass.</summary>
    protected async Task AssertAsync(GateRow row)
    {
        var (result, message) = await SuiteRun.JudgeAsync(row);
        if (result.Verdict == Verdict.Fail
            || (result.Verdict == Verdict.Inconclusive && SuiteContext.Current.Selection.Inconclusive == InconclusivePolicy.Fail))
        {
            throw new RowFailure(message);
        }

        output.WriteLine(message);
    }
}
