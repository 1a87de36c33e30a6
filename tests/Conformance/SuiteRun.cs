using System.Collections.Concurrent;
using ModelConformance.Datasets;
using ModelConformance.Gates;
using ModelConformance.Ledger;
using ModelConformance.Protocol;
using ModelConformance.ReferenceModel;
using ModelConformance.Reports;
using ModelConformance.Runs;
using ModelConformance.Snapshots;
using ModelConformance.Targets;
using Xunit.Sdk;

namespace ModelConformance.Suite;

/// <summary>The one run that all rows share: its cells are collected once, all together, however many rows read them.</summary>
public static class SuiteRun
{
    private static readonly ConcurrentDictionary<string, GateResult> Judged = new();
    private static Task<Run>? collecting;
    private static bool reasonTold;
    private static Action<string> told = _ => { };

    /// <summary>Begins to collect what the selected rows need.</summary>
    /// <param name="gates">The gates' rows.</param>
    /// <param name="cells">The snapshots' rows.</param>
    /// <param name="say">Told of the progress.</param>
    public static void Begin(IEnumerable<GateRow> gates, IEnumerable<CellRow> cells, Action<string> say)
    {
        told = say;
        var (asked, shown) = (gates.ToArray(), cells.Select(row => row.Cell).ToArray());
        collecting = Task.Run(() => CollectAsync(() => [.. asked.Select(row => row.Gate)], shown, say));
    }

    /// <summary>The answers where all of them are there: a part must neither pass for the whole, nor be offered for approval.</summary>
    public static async Task<Run> WholeAsync()
    {
        var run = await CollectedAsync();
        return run.Manifest.Fault is { } fault ? throw new RowFailure($"Nothing was compared: {fault}") : run;
    }

    /// <summary>A gate's verdict, and what to tell of it: before the other rows are judged, and so without its level among them.</summary>
    public static async Task<(GateResult Result, string Message)> JudgeAsync(GateRow row)
    {
        var run = await CollectedAsync();
        var gate = row.Gate;
        var result = Judged.GetOrAdd(gate.Id, _ => run.Judge(gate));
        var message = GateReport.Message(result, run.Of(gate.Benchmark).AnswersPath);

        // Whatever the verdict and the policy say: they are about the model, and this is about the target, and what it may cost.
        return run.Manifest.Fault is { } fault ? throw new RowFailure($"{fault}\n{message}") : (result, message);
    }

    /// <summary>After the last row: writes results.json, unless the collection failed.</summary>
    public static async Task EndAsync()
    {
        if (collecting is { IsCompletedSuccessfully: true })
        {
            var run = await collecting;
            var order = SuiteContext.Current.Selection.Gates.Select(gate => gate.Id).ToList();
            var judged = FamilyLevel.Among(Judged.Values.OrderBy(result => order.IndexOf(result.Gate.Id)));
            ResultsFile.Write(ResultsFile.PathIn(SuiteContext.Current.Settings.Output), run.Results(judged));
            TellOfFails(judged);
            TellOfPending(run.Manifest.Model!);
        }
    }

    /// <summary>The answers, once no more will come. Where they could not be had, the row fails with the reason alone.</summary>
    private static async Task<Run> CollectedAsync()
    {
        try
        {
            return await (collecting ?? throw new InvalidOperationException("The rows run under ConformanceFramework only."));
        }
        catch (Exception fault) when (fault is SettingsException or ThresholdsException or TargetException or LedgerException or DataException or IOException)
        {
            // Told by one row, or dozens would repeat it.
            throw new RowFailure(Interlocked.Exchange(ref reasonTold, true)
                ? "Nothing was judged; another row has the reason."
                : $"Nothing was judged: {fault.Message}");
        }
    }

    /// <summary>Only now is it known how many gates were judged.</summary>
    private static void TellOfFails(IReadOnlyCollection<GateResult> judged)
    {
        var fails = judged.Where(result => result.Family is not null).ToArray();
        if (fails.Length > 0)
        {
            told($"{judged.Count} gates were judged, and {fails.Length} of them failed by their intervals; with their Holm-adjusted levels among all: "
                + string.Join(", ", fails.Select(result => $"{result.Gate.Id} {GateReport.Level(result.Family!.Holm)}")));
        }
    }

    /// <summary>Once for all rows, since every category has a row of its own under every condition.</summary>
    private static void TellOfPending(string model)
    {
        var root = SuiteContext.Current.Settings.Snapshots.Root;
        if (SnapshotReview.Pending(root, model).Count is > 0 and var pending)
        {
            told(
                $"{pending} of {model}'s snapshots await a reviewer under {root}. Read them with 'dotnet run --project src/ModelConformance.Cli -- snapshot diff', "
                + "accept all of them with '… snapshot accept', and commit them.");
        }
    }

    private static async Task<Run> CollectAsync(Func<Gate[]> gates, Cell[] shown, Action<string> say)
    {
        ResultsFile.Clear(SuiteContext.Output);
        var context = SuiteContext.Current;
        if (!string.IsNullOrWhiteSpace(context.Settings.Shard))
        {
            throw new SettingsException(
                $"Shard is '{context.Settings.Shard}': a slice of the items decides no gate. 'conformance run --shard' asks one; leave {RunSettings.Prefix}Shard out to judge.");
        }

        // A snapshot's row shows what its gates asked, whether they are selected with it or not.
        var selected = gates();
        var showing = context.Selection.Gates.Where(gate => gate.Stopping is not null && context.Cells([gate]).Intersect(shown).Any());
        Gate[] early = [.. selected.Where(gate => gate.Stopping is not null).Union(showing)];
        var whole = context.Cells(selected.Except(early))
            .Union(context.Cells(context.Selection.Gates.Where(gate => gate.Stopping is null)).Intersect(shown));
        await using var asked = await RunTarget.OpenAsync(context.Settings, context.Benchmarks, say);
        var run = await Run.CollectAsync(
            asked.Settings, asked.Target, asked.Ledger, context.Benchmarks, [.. whole], early, new ProgressLines(say), CancellationToken.None);
        say(run.ToString());
        if (run.Mixture is { } mixture)
        {
            say(mixture);
        }

        return run;
    }
}
