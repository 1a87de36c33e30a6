namespace ModelConformance.Tests;

/// <summary>The published benchmark files, for the tests that need them: those skip visibly without.</summary>
internal static class RealData
{
    private const string Variable = "MODELCONFORMANCE__Data__Root";

    /// <summary>The data folder. Tests that read it are <c>[SkippableFact]</c> or <c>[SkippableTheory]</c>.</summary>
    public static string Root
    {
        get
        {
            var root = Environment.GetEnvironmentVariable(Variable);
            Skip.If(string.IsNullOrEmpty(root), $"{Variable} is not set");
            return root!;
        }
    }
}
