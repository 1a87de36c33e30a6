namespace ModelConformance.Tests;

/// <summary>The folder of published data. Tests that need it skip where it is not set.</summary>
internal static class RealData
{
    public static string Root
    {
        get
        {
            var root = Environment.GetEnvironmentVariable("MODELCONFORMANCE__Data__Root");
            Skip.If(string.IsNullOrEmpty(root), "The published data is not here: set MODELCONFORMANCE__Data__Root to its folder.");
            return root!;
        }
    }
}
