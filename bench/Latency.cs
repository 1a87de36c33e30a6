using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ModelConformance.Bench;

/// <summary>
/// Requests per second against a server that takes 20 ms, beside the ceiling that 64 connections have there, and beside wrk in the same turns where
/// it is installed: what a server on the same machine really gives.
/// </summary>
internal static partial class Latency
{
    private const int Milliseconds = 20;
    private const int Rounds = 6;
    // A quarter of a minute: a turn begins with the probe and ends with the last reply kept, some tens of milliseconds of no steady state.
    private const int PerTurn = 40_000;
    private const double Ceiling = Contenders.Connections * 1000.0 / Milliseconds;

    public static async Task<int> RunAsync(bool json)
    {
        using var server = await FixedServer.StartAsync(Milliseconds);
        using var contenders = new Contenders(server.Address);
        var laps = await Turns.TakeAsync(
            [
                () => contenders.TurnAsync(PerTurn, contenders.CollectAsync),
                () => contenders.TurnAsync(PerTurn, contenders.PostAsync),
                () => WrkAsync(contenders, server.Address),
            ],
            warmUp: 1,
            Rounds);
        var (ours, bare, wrk) = (Lap.Median(laps[0]), Lap.Median(laps[1]), Lap.Median(laps[2]));
        double Share(Lap of) => of.PerSecond / Ceiling;
        Console.WriteLine(json
            ? JsonSerializer.Serialize(
                new { Ceiling, share = Share(ours), httpClient = Share(bare), wrk = double.IsNaN(wrk.PerSecond) ? (double?)null : Share(wrk) })
            : string.Create(CultureInfo.InvariantCulture, $"""
                {Milliseconds} ms, {Contenders.Connections} connections: at most {Ceiling:N0} requests/s. Medians of {Rounds} turns of {PerTurn:N0}
                collection with ledger {ours}  {Share(ours):0.0 %} of the ceiling
                HttpClient             {bare}  {Share(bare):0.0 %}
                wrk                    {(double.IsNaN(wrk.PerSecond) ? "is not installed" : $"{Share(wrk):0.0 %}")}
                """));
        return 0;
    }

    private static async Task<Lap> WrkAsync(Contenders contenders, Uri address)
    {
        // The same request as the others', which wrk takes from a script.
        var script = Path.Combine(contenders.Folder, "post.lua");
        await File.WriteAllTextAsync(script, $$"""
            wrk.method = "POST"
            wrk.headers["Content-Type"] = "application/json"
            wrk.body = [[{{contenders.Request}}]]
            """);
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("wrk", ["-t2", $"-c{Contenders.Connections}", "-d14s", "-s", script, $"{address}/chat/completions"])
                {
                    RedirectStandardOutput = true,
                })!;
            var said = await process.StandardOutput.ReadToEndAsync();
            return new(double.Parse(PerSecond().Match(said).Groups[1].Value, CultureInfo.InvariantCulture), 0, 0);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return new(double.NaN, 0, 0);
        }
    }

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex PerSecond();
}
