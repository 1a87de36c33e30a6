using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ModelConformance.Bench.Soak;

namespace ModelConformance.Bench;

/// <summary><c>soak</c>: the soak at the size that is wanted, as a table.</summary>
internal static class SoakCommand
{
    public static async Task<int> RunAsync(string[] options)
    {
        var plan = new SoakPlan(Option("--requests", 100_000), Option("--kills", 20), Option("--seed", 1));
        var folder = Directory.CreateTempSubdirectory("soak").FullName;
        var watch = Stopwatch.StartNew();
        try
        {
            var checks = await new SoakRun(plan, folder, Say).RunAsync();
            Console.WriteLine(options.Contains("--json")
                ? JsonSerializer.Serialize(new { plan, seconds = watch.Elapsed.TotalSeconds, checks })
                : string.Join('\n', checks.Select(check => $"{(check.Holds ? "ok " : "NOT")} {check.What,-46} {check.Found}")));
            return checks.All(check => check.Holds) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        void Say(string message) =>
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds,6:0} s  {message}"));

        int Option(string name, int otherwise) =>
            Array.IndexOf(options, name) is var at and >= 0 ? int.Parse(options[at + 1], CultureInfo.InvariantCulture) : otherwise;
    }
}
