using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ModelConformance.Bench.Soak;
using ModelConformance.ReferenceModel;
using ModelConformance.Runs;

namespace ModelConformance.Bench;

/// <summary>
/// Ten times the items: <c>conformance run</c> as a process of its own asks one category of BBQ, a tenth of its items, and then all of them, of a server in
/// another process, with an SQLite ledger. Either run reads all of the data.
/// </summary>
internal static class Growth
{
    private const string Tenth = "Gender_identity";

    public static async Task<int> RunAsync(bool json)
    {
        var given = RunSettings.Load(Directory.GetCurrentDirectory());
        if (given.Data.Root is not { } root)
        {
            Console.Error.WriteLine($"The items are the published ones: set {RunSettings.Prefix}Data__Root to their folder.");
            return 2;
        }

        var folder = Directory.CreateTempSubdirectory("model-conformance-bench-");
        try
        {
            using var server = Tool.Start(folder.FullName, "serve", "--data", root, "--port", "0");
            var url = await server.Out.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.");
            var part = await AskAsync(folder.FullName, root, url, "part", ["--slices", Tenth]);
            var whole = await AskAsync(folder.FullName, root, url, "whole", []);
            var (items, time, memory) = (
                (double)whole.Items / part.Items, whole.Asking / part.Asking, (double)whole.Peak / part.Peak);
            Console.WriteLine(json
                ? JsonSerializer.Serialize(new { part, whole, items, time, memory })
                : string.Create(CultureInfo.InvariantCulture, $"""
                    a part   {part}
                    all      {whole}
                    ratio    {items:0.0} times the questions, {time:0.0} times the time of asking, {memory:0.00} times the memory
                    """));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Measured> AskAsync(string folder, string data, string url, string name, string[] selection)
    {
        var output = Path.Combine(folder, name);
        var watch = Stopwatch.StartNew();
        using var tool = Tool.Start(
            folder,
            ["run", "--base-url", url, "--model", Profile.Named("self-correcting").Model, "--prefill", "real", "--data", data, "--conditions", "Q,Q+IF",
                "--concurrency", "64", "--output", output, "--json", .. selection]);
        var ending = tool.EndAsync();
        long peak = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!ending.IsCompleted && await timer.WaitForNextTickAsync())
        {
            peak = Math.Max(peak, tool.PeakBytes);
        }

        await ending;
        var progress = ProgressFile.Read(output)!.Progress;
        return new(progress.Done, watch.Elapsed.TotalSeconds, progress.Elapsed.TotalSeconds, peak);
    }

    /// <summary>What a run took.</summary>
    /// <param name="Items">The questions asked.</param>
    /// <param name="Seconds">From its start to its end.</param>
    /// <param name="Asking">From the first question to the last answer.</param>
    /// <param name="Peak">The most memory, in bytes.</param>
    private sealed record Measured(int Items, double Seconds, double Asking, long Peak)
    {
        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"{Items,8:N0} questions in {Asking:0.0} s ({Seconds:0.0} s with reading and judging), {Peak / 1e6:0} MB at most");
    }
}
