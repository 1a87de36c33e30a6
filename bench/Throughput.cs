using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using static ModelConformance.Bench.Turns;

namespace ModelConformance.Bench;

/// <summary>
/// Requests per second against a server that answers at once, and what one costs: the whole collection beside bare loops, in turns of one process
/// after its warm-up, and the first requests of fresh processes under several settings of the just-in-time compiler.
/// </summary>
internal static class Throughput
{
    private const int Rounds = 11;
    // So many that a turn's beginning and end, where not all connections are at work and the last replies are written, are no part of it to speak of.
    private const int PerTurn = 60_000;
    private const int WarmUp = 2;
    private const int Fresh = 40_000;

    private static readonly (string Name, (string, string)[] Variables)[] Settings =
    [
        ("as shipped", []),
        ("DOTNET_TieredPGO=0", [("DOTNET_TieredPGO", "0")]),
        ("DOTNET_TC_CallCountingDelayMs=0", [("DOTNET_TC_CallCountingDelayMs", "0")]),
        ("DOTNET_TieredCompilation=0", [("DOTNET_TieredCompilation", "0")]),
        ("DOTNET_ReadyToRun=0", [("DOTNET_ReadyToRun", "0")]),
    ];

    public static async Task<int> RunAsync(bool json)
    {
        using var server = await FixedServer.StartAsync(milliseconds: 0);
        using var contenders = new Contenders(server.Address);
        (string Name, Func<int, Task> Work)[] sides =
        [
            ("collection with ledger", contenders.CollectAsync),
            ("HttpClient with ledger", contenders.PostAndKeepAsync),
            ("HttpClient", contenders.PostAsync),
            ("HttpClient again", contenders.PostAsync),
            ("RestSharp", contenders.RestAsync),
        ];
        var settled = await TakeAsync([.. sides.Select(side => (Func<Task<Lap>>)(() => contenders.TurnAsync(PerTurn, side.Work)))], WarmUp, Rounds);
        double Ratio(int one, int over) => Median(settled[one].Zip(settled[over], (x, y) => x.PerSecond / y.PerSecond));
        (string Of, double Ratio)[] ratios =
        [
            ("collection over HttpClient with ledger", Ratio(0, 1)),
            ("collection over HttpClient", Ratio(0, 2)),
            ("collection over RestSharp", Ratio(0, 4)),
            ("control: HttpClient over HttpClient", Ratio(3, 2)),
        ];
        var fresh = new List<(string Name, Lap Lap)>();
        foreach (var (name, variables) in Settings)
        {
            fresh.Add((name, await FreshAsync(server.Address, variables)));
        }

        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                Contenders.Connections,
                Rounds,
                PerTurn,
                contenders.RequestSize,
                sides = sides.Select((side, i) => new { side.Name, median = Lap.Median(settled[i]) }),
                ratios = ratios.Select(ratio => new { ratio.Of, ratio.Ratio }),
                fresh = fresh.Select(one => new { one.Name, one.Lap }),
            }));
            return 0;
        }

        Say($"{Contenders.Connections} connections, requests of {contenders.RequestSize:N0} bytes, medians of {Rounds} turns of {PerTurn:N0} requests after {WarmUp}");
        for (var side = 0; side < sides.Length; side++)
        {
            Say($"{sides[side].Name,-26}{Lap.Median(settled[side])}");
        }

        foreach (var (of, ratio) in ratios)
        {
            Say($"{of,-42}{ratio,6:0.00}");
        }

        Say($"The first {Fresh:N0} requests of a fresh process, collection with ledger");
        foreach (var (name, turn) in fresh)
        {
            Say($"{name,-34}{turn}");
        }

        return 0;
    }

    /// <summary>In a fresh process: the first requests, and nothing before them.</summary>
    public static async Task<int> RunFreshAsync(Uri address)
    {
        using var contenders = new Contenders(address);
        Console.WriteLine(JsonSerializer.Serialize(await contenders.TurnAsync(Fresh, contenders.CollectAsync)));
        return 0;
    }

    private static async Task<Lap> FreshAsync(Uri address, (string, string)[] variables)
    {
        using var process = Self.Start(["throughput-fresh", address.ToString()], variables);
        var turn = JsonSerializer.Deserialize<Lap>(await process.StandardOutput.ReadToEndAsync());
        await process.WaitForExitAsync();
        return turn!;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}

/// <summary>What a turn took.</summary>
/// <param name="PerSecond">Requests per second.</param>
/// <param name="Cpu">This process's processor time of a request, in microseconds.</param>
/// <param name="Allocated">Bytes allocated for a request.</param>
internal sealed record Lap(double PerSecond, double Cpu, double Allocated)
{
    public static async Task<Lap> OfAsync(int requests, Func<int, Task> work)
    {
        using var process = Process.GetCurrentProcess();
        var (cpu, allocated, watch) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes(), Stopwatch.StartNew());
        await work(requests);
        watch.Stop();
        process.Refresh();
        return new(
            requests / watch.Elapsed.TotalSeconds,
            (process.TotalProcessorTime - cpu).TotalMicroseconds / requests,
            (double)(GC.GetTotalAllocatedBytes() - allocated) / requests);
    }

    /// <summary>The medians, each of its own.</summary>
    public static Lap Median(IReadOnlyList<Lap> turns)
    {
        return new(Of(turn => turn.PerSecond), Of(turn => turn.Cpu), Of(turn => turn.Allocated));

        double Of(Func<Lap, double> value) => turns.Select(value).Order().ElementAt(turns.Count / 2);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{PerSecond,8:N0} requests/s {Cpu,8:N1} µs {Allocated / 1024,8:N1} KB");
}
