using System.Text.Json;
using ModelConformance.Statistics;

namespace ModelConformance.Tests.Statistics;

/// <summary>
/// Inputs and results computed with R (base stats and the sandwich formula) and printed to 13 digits: <c>reference/statistics.json</c> in the data
/// folder, or another file of the same form that MODELCONFORMANCE_REFERENCE names. Nothing is expected but what the file says.
/// </summary>
internal static class ReferenceValues
{
    public static JsonElement Entry(string name)
    {
        var path = Environment.GetEnvironmentVariable("MODELCONFORMANCE_REFERENCE");
        if (string.IsNullOrEmpty(path))
        {
            var root = Environment.GetEnvironmentVariable("MODELCONFORMANCE__Data__Root");
            path = Path.Combine(root ?? "", "reference", "statistics.json");
            Skip.If(
                string.IsNullOrEmpty(root) || !File.Exists(path),
                "Neither is MODELCONFORMANCE_REFERENCE set nor does MODELCONFORMANCE__Data__Root name a folder with reference/statistics.json.");
        }

        return JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty(name);
    }

    public static double Number(JsonElement entry, string name) => entry.GetProperty(name).GetDouble();

    public static double[] Numbers(JsonElement entry, string name) => [.. entry.GetProperty(name).EnumerateArray().Select(e => e.GetDouble())];

    /// <summary>One observation per value, in the entry's clusters.</summary>
    public static Observation[] Observations(JsonElement entry, string values)
    {
        var cluster = Numbers(entry, "cluster");
        return [.. Numbers(entry, values).Select((value, i) => new Observation(value, 1, (int)cluster[i]))];
    }

    /// <summary>How far a computed value may be from one of R's: 1e-9 of it, and where it is 0 a rounding of the scores.</summary>
    public static double Relative(double value) => value == 0 ? 1e-15 : 1e-9 * Math.Abs(value);
}
