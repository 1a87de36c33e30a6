using System.Globalization;
using System.Text.Json;
using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Gates;
using ModelConformance.Ledger;
using ModelConformance.ReferenceModel;
using ModelConformance.Runs;

namespace ModelConformance.Bench;

/// <summary>
/// Whether gates that stop early say what all items would have said: the reference model is asked everything once, and then, over HTTP, what the gates of
/// <c>thresholds/early.json</c> need, in 50 orders.
/// </summary>
internal static class EarlyRuns
{
    private const int Seeds = 50;

    private static readonly string[] Profiles = ["self-correcting", "biased"];

    public static async Task<int> RunAsync(bool json)
    {
        var given = RunSettings.Load(Directory.GetCurrentDirectory());
        if (given.Data.Root is not { } root)
        {
            Console.Error.WriteLine($"The items are the published ones: set {RunSettings.Prefix}Data__Root to their folder.");
            return 2;
        }

        var bbq = BbqBenchmark.Open(root);
        Gate[] gates = [.. ThresholdsFile.Shipped("early.json", Catalog.Open(new RunSettings())).Gates];
        var output = Directory.CreateTempSubdirectory("early-runs").FullName;
        try
        {
            foreach (var profile in Profiles)
            {
                var settings = given with { Output = output, Target = new() { Concurrency = 16 }, ReferenceModel = new() { Profile = profile } };
                await using var asked = await RunTarget.OpenAsync(settings, [bbq], _ => { });
                settings = asked.Settings with { Output = output };
                var whole = await Run.CollectAsync(
                    settings, asked.Target, asked.Ledger, [bbq], Selection.Cells(gates, [bbq]), [], null, CancellationToken.None);
                var verdicts = gates.ToDictionary(gate => gate.Id, gate => whole.Judge(gate).Verdict);
                var calls = new List<long>();
                var wrong = new Dictionary<string, int>();
                for (var seed = 1; seed <= Seeds; seed++)
                {
                    Gate[] ordered = [.. gates.Select(gate => gate with { Stopping = new(seed) })];
                    var run = await Run.CollectAsync(settings, asked.Target, new MemoryLedger(), [bbq], [], ordered, null, CancellationToken.None);
                    calls.Add(run.Manifest.Requests);
                    foreach (var gate in ordered.Where(gate => run.Judge(gate).Verdict != verdicts[gate.Id]))
                    {
                        wrong[gate.Id] = wrong.GetValueOrDefault(gate.Id) + 1;
                    }
                }

                Tell(json, profile, gates.Length, verdicts.Values, whole.Manifest.Requests, calls, wrong);
            }
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }

        return 0;
    }

    private static void Tell(
        bool json, string profile, int gates, IReadOnlyCollection<Verdict> verdicts, long whole, List<long> calls, Dictionary<string, int> wrong)
    {
        calls.Sort();
        var (passed, failed) = (verdicts.Count(verdict => verdict == Verdict.Pass), verdicts.Count(verdict => verdict == Verdict.Fail));
        var different = string.Join(", ", wrong.Select(pair => $"{pair.Key} in {pair.Value}"));
        Console.WriteLine(json
            ? JsonSerializer.Serialize(new { profile, gates, passed, failed, Seeds, whole, fewest = calls[0], median = calls[Seeds / 2], most = calls[^1], wrong })
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{profile}: {gates} gates over all items: {passed} pass, {failed} fail, {whole:N0} calls. Stopped early, {Seeds} orders: "
                + $"{calls[0]:N0} to {calls[^1]:N0} calls, median {calls[Seeds / 2]:N0} ({100.0 * calls[Seeds / 2] / whole:0.0} %); "
                + $"{wrong.Values.Sum()} of {Seeds * gates:N0} verdicts differ{(different.Length == 0 ? "" : $": {different}")}."));
    }
}
