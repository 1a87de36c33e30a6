using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ModelConformance.Ledger;
using ModelConformance.Protocol;
using static ModelConformance.Bench.Turns;

namespace ModelConformance.Bench;

/// <summary>
/// As many stored replies as BBQ has items under three conditions, from a ledger file, in the order in which a run asks for them; against a bare
/// read of the same columns of the same rows. They take turns. What it takes to keep them is measured on the way.
/// </summary>
internal static class Replay
{
    private const int Rows = 175_476;
    private const int Batch = 256;
    private const int Rounds = 5;
    private const string Columns =
        "at, latency, requests, retries, prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens, request_id, model, fingerprint, "
        + "finish, tokens, continuations, text";

    public static async Task<int> RunAsync(bool json)
    {
        var folder = Directory.CreateTempSubdirectory("model-conformance-bench-");
        try
        {
            var file = Path.Combine(folder.FullName, "ledger.db");
            var (kept, cpu) = await WriteAsync(file);
            double[] bare = new double[Rounds], found = new double[Rounds];
            // The writing ends on this very stack, which holds what it held.
            await Task.Yield();
            var before = Memory();
            double directory;
            await using (var ledger = await Ledgers.OpenAsync(file, default))
            {
                await ledger.FindAsync([Key(0)], default);
                directory = (double)(Memory() - before) / Rows;
                for (var round = -1; round < Rounds; round++)
                {
                    // One round of warm-up, kept nowhere.
                    var (a, b) = (Timed(() => Check(BareSqlite.Read(file, Columns))), await TimedAsync(() => FindAsync(ledger)));
                    if (round >= 0)
                    {
                        (bare[round], found[round]) = (a, b);
                    }
                }
            }

            var ratio = Median([.. found.Zip(bare, (x, y) => x / y)]);
            var size = new FileInfo(file).Length;
            var peak = Process.GetCurrentProcess().PeakWorkingSet64;
            Console.WriteLine(json
                ? JsonSerializer.Serialize(
                    new { rows = Rows, rounds = Rounds, size, kept, cpu, directory, bare = Median(bare), found = Median(found), ratio, peak })
                : string.Create(CultureInfo.InvariantCulture, $"""
                    {Rows:N0} replies of 1.7 KB, {size / 1e6:0} MB, median of {Rounds} turns after 1 of warm-up
                    kept         {kept / Rows * 1e6,8:0.0} µs a reply, {cpu / Rows * 1e6:0.0} µs of processor time
                    directory    {directory,8:0.0} bytes of memory a reply
                    bare SQLite  {Median(bare),8:0.000} s  {Rows / Median(bare),9:N0} rows/s
                    ledger       {Median(found),8:0.000} s  {Rows / Median(found),9:N0} rows/s
                    ratio        {ratio,8:0.00}
                    memory       {peak / 1e6,8:0} MB at most
                    """));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(double Seconds, double Processor)> WriteAsync(string file)
    {
        var (watch, before) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        await using (var ledger = await Ledgers.OpenAsync(file, default))
        {
            for (var i = 0; i < Rows; i++)
            {
                await ledger.KeepAsync(Key(i), Stored(i), default);
            }
        }

        return (watch.Elapsed.TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
    }

    private static async Task FindAsync(ILedger ledger)
    {
        var rows = 0;
        foreach (var batch in Enumerable.Range(0, Rows).Chunk(Batch))
        {
            var found = await ledger.FindAsync([.. batch.Select(Key)], default);
            rows += found.Count(reply => reply is { Text.Length: > 0, Call: not null });
        }

        Check(rows);
    }

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static void Check(int rows)
    {
        if (rows != Rows)
        {
            throw new InvalidOperationException($"{rows} rows of {Rows}.");
        }
    }

    // Hashes come in no order.
    private static ReplyKey Key(int i) => new("target", ((UInt128)Hash(i) << 64) | Hash(i + Rows), 0);

    private static ulong Hash(int i) => new Statistics.SplitMix64((ulong)i).Next();

    private static Reply Stored(int i) => new($"Answer {i}: {Words}", Finish.Stop)
    {
        Call = new()
        {
            At = DateTimeOffset.UnixEpoch.AddSeconds(i),
            Latency = TimeSpan.FromMilliseconds(20),
            Usage = new(150, 300, 0, 0),
            RequestId = $"chatcmpl-{i}",
            Model = "model-2026-01-01",
            Fingerprint = "fp_0123456789",
        },
    };

    private static string Words { get; } = string.Concat(Enumerable.Repeat("It is not said who of the two did it. ", 43));

    private static double Timed(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> TimedAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }
}
