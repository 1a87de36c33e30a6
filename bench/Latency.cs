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
    private const int Rounds = 4;
    // Half a minute: a turn begins with the probe and ends with the last reply kept, some tens of milliseconds of no steady state.
    private const int PerTurn = 80_000;
    private const double Ceiling = Contenders.Connections * 1000.0 / Milliseconds;

    public static async Task<int> RunAsync(bool json)
    {
        using var server = await FixedServer.StartAsync(Milliseconds);
        await using var contenders = await Contenders.OpenAsync(server.Address);
        var (ours, bare, wrk) = (new List<Lap>(), new List<Lap>(), new List<double>());
        for (var round = -1; round < Rounds; round++)
        {
            var (collected, posted, loaded) = (
                await Lap.OfAsync(PerTurn, contenders.CollectAsync), await Lap.OfAsync(PerTurn, contenders.PostAsync), await WrkAsync(server.Address));
            if (round >= 0)
            {
                ours.Add(collected);
                bare.Add(posted);
                wrk.Add(loaded);
            }
        }

        var share = Lap.Median(ours).PerSecond / Ceiling;
        var others = wrk.Order().ElementAt(Rounds / 2) / Ceiling;
        Console.WriteLine(json
            ? JsonSerializer.Serialize(new { Ceiling, share, httpClient = Lap.Median(bare).PerSecond / Ceiling, wrk = double.IsNaN(others) ? (double?)null : others })
            : string.Create(CultureInfo.InvariantCulture, $"""
                {Milliseconds} ms, {Contenders.Connections} connections: at most {Ceiling:N0} requests/s. Medians of {Rounds} turns of {PerTurn:N0}
                collection with ledger {Lap.Median(ours)}  {share:0.0 %} of the ceiling
                HttpClient             {Lap.Median(bare)}  {Lap.Median(bare).PerSecond / Ceiling:0.0 %}
                wrk                    {(double.IsNaN(others) ? "is not installed" : $"{others:0.0 %}")}
                """));
        return 0;
    }

    private static async Task<double> WrkAsync(Uri address)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("wrk", ["-t2", $"-c{Contenders.Connections}", "-d10s", $"{address}/chat/completions"]) { RedirectStandardOutput = true })!;
            var said = await process.StandardOutput.ReadToEndAsync();
            return double.Parse(PerSecond().Match(said).Groups[1].Value, CultureInfo.InvariantCulture);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return double.NaN;
        }
    }

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex PerSecond();
}
