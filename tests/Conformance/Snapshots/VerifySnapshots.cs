using System.Runtime.CompilerServices;
using ModelConformance.Snapshots;

namespace ModelConformance.Suite;

/// <summary>The seam between the suite and a snapshot engine: this file with <c>SnapshotEngine=Verify</c>, BuiltInSnapshots.cs with <c>BuiltIn</c>.</summary>
/// <remarks>
/// Verify replaces absolute paths in texts by placeholders; a snapshot has none (ModelName escapes what could begin one), so both engines write the same.
/// Whether a diff tool opens is DiffEngine's to decide: <c>DiffEngine_Disabled=true</c> turns it off. No usings: the package brings them along.
/// </remarks>
internal static class Snapshots
{
    // Settings for all of Verify are refused once it has run. Without this one it writes a byte order mark.
    [ModuleInitializer]
    internal static void Initialize() => VerifyTests.VerifierSettings.UseUtf8NoBom();

    /// <summary>Passes where the text is as approved, or equal enough under the drift budget; otherwise fails the running test.</summary>
    /// <returns>What changed within the budget; null where nothing did.</returns>
    public static async Task<string?> Check(string received, SnapshotFile file, DriftBudget budget)
    {
        string? note = null;
        var settings = new VerifyTests.VerifySettings();
        settings.UseDirectory(file.Directory);
        settings.UseFileName(file.Name);
        settings.UseStringComparer((now, approved, _) =>
        {
            var drift = SnapshotComparison.OfAnswers(now, approved, budget);
            note = drift.Message;
            return Task.FromResult(drift.IsEqual
                ? VerifyTests.CompareResult.Equal
                : VerifyTests.CompareResult.NotEqual($"{drift.Message}\n{SnapshotEngine.HowToAccept(file)}"));
        });
        await VerifyXunit.Verifier.Verify(received, settings);
        return note;
    }
}
