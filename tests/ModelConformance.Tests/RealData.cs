namespace ModelConformance.Tests;

/// <summary>The data folder, where there is one; the tests that need it skip visibly without.</summary>
internal static class RealData
{
    private const string Variable = "MODELCONFORMANCE__Data__Root";

    public static string Root
    {
        get
        {
            var root = Environment.GetEnvironmentVariable(Variable);
            Skip.If(string.IsNullOrEmpty(root), $"This test needs the real data: set {Variable} to a data folder.");
            return root!;
        }
    }
}
