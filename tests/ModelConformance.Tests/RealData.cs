namespace ModelConformance.Tests;

/// <summary>The published data sets, which are too large for the repository.</summary>
internal static class RealData
{
    /// <summary>The data folder; the test that asks is skipped, visibly, where none is set.</summary>
    public static string Root
    {
        get
        {
            var root = Environment.GetEnvironmentVariable("MODELCONFORMANCE__Data__Root");
            Skip.If(string.IsNullOrEmpty(root), "MODELCONFORMANCE__Data__Root names no data folder.");
            return root!;
        }
    }
}
