using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ModelConformance.ReferenceModel;
using ModelConformance.Reports;
using ModelConformance.Runs;
using static ModelConformance.Bench.Turns;

namespace ModelConformance.Bench;

/// <summary>
/// All of BBQ under three conditions from a ledger file to verdicts and results.json, without a single call; against a bare read of the same rows. They
/// take turns.
/// </summary>
internal static class ReplayedRun
{
    private const int Rounds = 5;

    public static async Task<int> RunAsync(bool json)
    {
        var given = RunSettings.Load(Directory.GetCurrentDirectory());
        if (given.Data.Root is null)
        {
            Console.Error.WriteLine($"The items are the published ones: set {RunSettings.Prefix}Data__Root to their folder.");
            return 2;
        }

        var folder = Directory.CreateTempSubdirectory("model-conformance-bench-");
        try
        {
            var settings = given with
            {
                Output = folder.FullName,
                Ledger = Path.Combine(folder.FullName, "ledger.db"),
                Select = new() { Benchmarks = "bbq", Conditions = "Q,Q+IF,Q+IF+CoT" },
                Target = new() { Concurrency = 64 },
            };
            var benchmarks = Catalog.Open(settings);
            var selection = Selection.Read(settings, benchmarks);
            var cells = Selection.Cells(selection.Gates, benchmarks);
            await using var asked = await RunTarget.OpenAsync(settings, benchmarks, _ => { });
            var first = await CollectAsync();
            var sent = asked.Target.Observations.Requests;
            double[] bare = new double[Rounds], collected = new double[Rounds], whole = new double[Rounds];
            var rows = 0;
            for (var round = -1; round < Rounds; round++)
            {
                // One round of warm-up, kept nowhere.
                var watch = Stopwatch.StartNew();
                rows = BareSqlite.Read(settings.Ledger);
                var read = watch.Elapsed.TotalSeconds;
                watch.Restart();
                var run = await CollectAsync();
                var collecting = watch.Elapsed.TotalSeconds;
                ResultsFile.Write(ResultsFile.PathIn(settings.Output), run.Results(await run.JudgeAsync(selection.Gates)));
                if (round >= 0)
                {
                    (bare[round], collected[round], whole[round]) = (read, collecting, watch.Elapsed.TotalSeconds);
                }
            }

            if (asked.Target.Observations.Requests != sent)
            {
                throw new InvalidOperationException($"{asked.Target.Observations.Requests - sent} requests were sent.");
            }

            var ratio = Median([.. whole.Zip(bare, (x, y) => x / y)]);
            var peak = Process.GetCurrentProcess().PeakWorkingSet64;
            var questions = first.Manifest.Items;
            Console.WriteLine(json
                ? JsonSerializer.Serialize(new
                {
                    questions,
                    rows,
                    gates = selection.Gates.Count,
                    rounds = Rounds,
                    bare = Median(bare),
                    collected = Median(collected),
                    whole = Median(whole),
                    ratio,
                    peak,
                })
                : string.Create(CultureInfo.InvariantCulture, $"""
                    {questions:N0} answers of {rows:N0} replies, {selection.Gates.Count} gates, median of {Rounds} turns after 1 of warm-up
                    bare SQLite  {Median(bare),8:0.00} s
                    answers      {Median(collected),8:0.00} s
                    results.json {Median(whole),8:0.00} s
                    ratio        {ratio,8:0.00}
                    memory       {peak / 1e6,8:0} MB at most, the server's and the first run's with it
                    """));
            return 0;

            Task<Run> CollectAsync() => Run.CollectAsync(asked.Settings, asked.Target, asked.Ledger, benchmarks, cells, [], null, default);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
