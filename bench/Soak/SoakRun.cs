using System.Globalization;
using System.Text.Json.Nodes;
using ModelConformance.ReferenceModel.Faults;

namespace ModelConformance.Bench.Soak;

/// <summary>
/// Whether a run whose server has every fault and whose process is killed again and again ends like one that nothing happened to. Both ask the same
/// questions, with the same odd answers, of a server on the same port.
/// </summary>
/// <param name="plan">How large.</param>
/// <param name="folder">An empty folder, for the data, the ledgers and the results.</param>
/// <param name="say">Told what goes on.</param>
internal sealed class SoakRun(SoakPlan plan, string folder, Action<string> say)
{
    /// <summary>
    /// What a killed process may have had and not kept, beside its requests in flight: the ledger's two batches, the one that gathers and the one
    /// that is being written.
    /// </summary>
    private const int Unwritten = 2 * 1000;

    private const string Model = "reference-self-correcting";

    // Those that come after kills until no question is left without a reply: a huge body fails one for the length of a run.
    private const int MostRuns = 20;

    private readonly int port = FaultyServer.FreePort();
    private readonly Random random = new(plan.Seed);
    private readonly Dictionary<string, int> endings = [];
    private string thresholds = "";

    /// <summary>Soaks.</summary>
    /// <returns>What must hold, with what was found.</returns>
    public async Task<IReadOnlyList<SoakCheck>> RunAsync()
    {
        thresholds = SoakData.Write(folder, plan.Items);
        var calm = await UndisturbedAsync();
        var (storm, tally, lost, repeated, replayed) = await DisturbedAsync(calm.Kept.Rows);
        string[] differing = [.. Differing(storm.Results, calm.Results, "")];
        var (kept, other) = (storm.Kept, calm.Kept);
        var (unlike, missing) = (Unlike(kept, other), tally.Answered - kept.Rows);
        var kinds = FaultPlan.TransportNames.Length + FaultPlan.ContentNames.Length;
        var restarts = tally.Faults.GetValueOrDefault("refused");
        var inFlight = (plan.Kills * (plan.Concurrency + Unwritten)) + (restarts * plan.Concurrency);
        return
        [
            new("requests of the undisturbed run", $"{calm.Tally.Requests:N0}", calm.Tally.Requests >= plan.Requests * 0.9),
            new("requests of the disturbed runs", $"{tally.Requests:N0}", tally.Requests >= calm.Tally.Requests),
            new("kinds of faults that were done", $"{tally.Faults.Count} of {kinds}", tally.Faults.Count == kinds || plan.Requests < 50_000),
            new("kills", $"{plan.Kills}; other ends of runs: {Endings}", true),
            new("the file is sound", kept.Integrity, kept.Integrity == "ok"),
            new("questions with a reply", $"{kept.Replies.Count:N0} of {other.Replies.Count:N0}", kept.Replies.Count == other.Replies.Count),
            new("replies kept beyond one per question", $"{kept.Rows - kept.Replies.Count}", kept.Rows == kept.Replies.Count),
            new("replies unlike the undisturbed run's", $"{unlike:N0}", unlike == 0),
            new("failed attempts kept", $"{kept.Attempts:N0}", true),
            new("good replies sent and not kept", $"{missing:N0}, at most {inFlight:N0}", missing <= inFlight),
            new("most of them at one kill", $"{lost:N0}", lost <= plan.Concurrency * (1 + restarts) + Unwritten),
            new("of them after the last kill", $"{repeated:N0}", repeated <= MostRuns + (plan.Concurrency * restarts)),
            new("requests of one more run", $"{replayed:N0}", replayed == 0),
            new("results.json, but for times and retries", differing is [] ? "equal" : string.Join(", ", differing.Take(5)), differing is []),
        ];
    }

    private string Endings => endings.Count == 0
        ? "none"
        : string.Join(", ", endings.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value} × {pair.Key}")));

    private async Task<(Kept Kept, FaultyServer.Tally Tally, JsonNode Results)> UndisturbedAsync()
    {
        using var server = await FaultyServer.StartAsync(plan, folder, port, "content");
        await FinishAsync(server, "calm");
        var tally = await server.TallyAsync();
        say($"Undisturbed: {tally.Requests:N0} requests.");
        return (Kept.Read(Ledger("calm")), tally, Results("calm"));
    }

    private async Task<((Kept Kept, JsonNode Results) End, FaultyServer.Tally Tally, long Lost, long Repeated, long Replayed)> DisturbedAsync(
        int questions)
    {
        using var server = await FaultyServer.StartAsync(plan, folder, port, "all");
        var moments = Enumerable.Range(0, plan.Kills).Select(_ => (long)(random.NextDouble() * questions)).Order().ToArray();
        var (lost, before) = (0L, 0L);
        foreach (var (kill, moment) in moments.Index())
        {
            var tally = await KillAsync(server, moment);
            var kept = Kept.Count(Ledger("storm"));
            var missing = tally.Answered - kept;
            say($"Kill {kill + 1}: {tally.Requests:N0} requests, {kept:N0} replies kept, {missing - before:N0} good ones lost.");
            (lost, before) = (Math.Max(lost, missing - before), missing);
        }

        await FinishAsync(server, "storm");
        var end = await server.TallyAsync();
        var found = Kept.Read(Ledger("storm"));
        var results = Results("storm");
        say($"Disturbed: {end.Requests:N0} requests; {string.Join(", ", end.Faults.Select(fault => $"{fault.Key} {fault.Value:N0}"))}.");
        await FinishAsync(server, "storm");
        var replayed = (await server.TallyAsync()).Requests - end.Requests;
        return ((found, results), end, lost, end.Answered - found.Rows - before, replayed);
    }

    /// <summary>Asks until the server has had so many requests, and some more, and kills.</summary>
    private async Task<FaultyServer.Tally> KillAsync(FaultyServer server, long moment)
    {
        while (true)
        {
            // Some more: a kill while .NET itself starts would try nothing.
            var due = Math.Max(moment, (await server.TallyAsync()).Requests + random.Next(1, 4 * plan.Concurrency));
            using var run = Run(server, "storm");
            while (!run.HasEnded && (await server.TallyAsync()).Requests < due)
            {
                await Task.Delay(5);
            }

            if (!run.HasEnded)
            {
                run.Kill();
                return await server.TallyAsync();
            }

            await EndedAsync(run);
        }
    }

    /// <summary>Asks until every question has its reply.</summary>
    private async Task FinishAsync(FaultyServer server, string name)
    {
        for (var i = 0; i < MostRuns; i++)
        {
            using var run = Run(server, name);
            var code = await EndedAsync(run);
            if (code is 0 or 1 or 3 && (int)JsonNode.Parse(File.ReadAllText(ResultsPath(name)))!["manifest"]!["failed"]! == 0)
            {
                return;
            }
        }

        throw new InvalidOperationException($"Questions are still without a reply after {MostRuns} runs: {Endings}.");
    }

    private async Task<int> EndedAsync(Tool run)
    {
        var (code, last) = await run.EndAsync();
        endings[$"exit code {code}"] = endings.GetValueOrDefault($"exit code {code}") + 1;
        if (code is not (0 or 1 or 3))
        {
            say($"A run ended with exit code {code}: {last}");
        }

        return code;
    }

    private Tool Run(FaultyServer server, string name) => Tool.Start(
        folder, "run", "--base-url", $"{server.Url}", "--model", Model, "--data", folder, "--thresholds", thresholds, "--mode", "logprobs",
        "--prefill", "real", "--concurrency", plan.Concurrency.ToString(CultureInfo.InvariantCulture), "--ledger", Ledger(name),
        "--output", Path.Combine(folder, name));

    private string Ledger(string name) => Path.Combine(folder, $"{name}.db");

    private string ResultsPath(string name) => Path.Combine(folder, name, "results.json");

    /// <summary>A results.json without what differs from run to run.</summary>
    private JsonNode Results(string name)
    {
        var results = JsonNode.Parse(File.ReadAllText(ResultsPath(name)))!;
        foreach (var differs in new[] { "started", "ended", "requests", "retries" })
        {
            results["manifest"]!.AsObject().Remove(differs);
        }

        return results;
    }

    /// <summary>The paths at which two documents differ.</summary>
    private static IEnumerable<string> Differing(JsonNode? one, JsonNode? other, string path) => (one, other) switch
    {
        (JsonObject a, JsonObject b) =>
            a.Select(pair => pair.Key).Union(b.Select(pair => pair.Key)).SelectMany(key => Differing(a[key], b[key], $"{path}/{key}")),
        (JsonArray a, JsonArray b) when a.Count == b.Count =>
            a.Zip(b).SelectMany((pair, place) => Differing(pair.First, pair.Second, $"{path}/{place}")),
        _ => JsonNode.DeepEquals(one, other) ? [] : [path],
    };

    private static int Unlike(Kept one, Kept other) =>
        one.Replies.Count(pair => other.Replies.GetValueOrDefault(pair.Key) != pair.Value) + other.Replies.Keys.Except(one.Replies.Keys).Count();
}

/// <summary>Something that must hold after a soak.</summary>
/// <param name="What">What was looked at.</param>
/// <param name="Found">What was found.</param>
/// <param name="Holds">Whether it is as it must be.</param>
internal sealed record SoakCheck(string What, string Found, bool Holds);
