using System.Diagnostics;
using ModelConformance.Tests.Cli;
using ModelConformance.Tests.Deploy;

namespace ModelConformance.Tests.Suite;

/// <summary>The suite as what its users run: <c>dotnet test</c>.</summary>
internal static class SuiteProcess
{
    /// <summary>Runs the rows that a filter selects.</summary>
    /// <param name="filter">As <c>dotnet test --filter</c> has it.</param>
    /// <param name="settings">The settings by their names without the prefix, as in <c>Target__BaseUrl</c>; no others are taken from the environment.</param>
    public static Task<Shell.Finished> RunAsync(string filter, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var tests = Path.Combine(Repository.Root, "tests");
        var built = Path.GetRelativePath(Path.Combine(tests, "ModelConformance.Tests"), AppContext.BaseDirectory);
        return ToolProcess.RunAsync(
            new ProcessStartInfo("dotnet", ["test", Path.Combine(tests, "Conformance", built, "Conformance.dll"), "--filter", filter]),
            settings.Select(setting => KeyValuePair.Create($"MODELCONFORMANCE__{setting.Key}", setting.Value)));
    }
}
