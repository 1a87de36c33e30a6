using System.Runtime.CompilerServices;
using ModelConformance.Snapshots;

namespace ModelConformance.Suite;

/// <summary>
/// The seam between the suite and a snapshot engine: this file with <c>SnapshotEngine=Verify</c>, BuiltInSnapshots.cs with <c>BuiltIn</c>.
/// </summary>
/// <remarks>
/// Verify replaces absolute paths in texts by placeholders; a snapshot has none (ModelName escapes what could begin one), so both engines write the
/// same. Whether a diff tool opens is DiffEngine's to decide: <c>DiffEngine_Disabled=true</c> turns it off. Names are written out, since whether the
/// package brings its usings along depends on its version.
/// </remarks>
internal static class Snapshots
{
    // Verify refuses settings for all of it once it has run. Without these it writes a byte order mark, and a new snapshot as a whole into its
    // message.
    [ModuleInitializer]
    internal static void Initialize()
    {
        VerifyTests.VerifierSettings.UseUtf8NoBom();
        VerifyTests.VerifierSettings.OmitContentFromException();
    }

    /// <summary>Passes where the text is as approved, or equal enough under the drift budget; otherwise fails the running test.</summary>
    /// <returns>What changed within the budget; null where nothing did.</returns>
    public static async Task<string?> Check(string received, SnapshotFile file, DriftBudget budget)
    {
        SnapshotComparison? drift = null;
        var settings = new VerifyTests.VerifySettings();
        settings.UseDirectory(file.Directory);
        settings.UseFileName(file.Name);
        settings.UseStringComparer((now, approved, _) =>
        {
            drift = SnapshotComparison.OfAnswers(now, approved, budget);
            return Task.FromResult(drift.IsEqual ? VerifyTests.CompareResult.Equal : VerifyTests.CompareResult.NotEqual(drift.Message));
        });
        try
        {
            await VerifyXunit.Verifier.Verify(received, settings);
            return drift?.Message;
        }
        catch (Exception) when (File.Exists(file.Received))
        {
            throw new Xunit.Sdk.RowFailure(SnapshotEngine.Refusal(file, drift));
        }
    }
}
