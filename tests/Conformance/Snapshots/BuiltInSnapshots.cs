using ModelConformance.Snapshots;
using Xunit.Sdk;

namespace ModelConformance.Suite;

/// <summary>
/// The seam between the suite and a snapshot engine: this file with <c>SnapshotEngine=BuiltIn</c>, VerifySnapshots.cs with <c>Verify</c>.
/// </summary>
internal static class Snapshots
{
    /// <summary>Passes where the text is as approved, or equal enough under the drift budget; otherwise fails the running test.</summary>
    /// <returns>What changed within the budget; null where nothing did.</returns>
    public static Task<string?> Check(string received, SnapshotFile file, DriftBudget budget)
    {
        var check = SnapshotEngine.Check(received, file, (now, approved) => SnapshotComparison.OfAnswers(now, approved, budget));
        return check.Passed
            ? Task.FromResult(check.Outcome == SnapshotOutcome.EqualEnough ? check.Message : null)
            : throw new RowFailure(check.Message);
    }
}
