using ModelConformance.ReferenceModel;
using ModelConformance.Runs;

namespace ModelConformance.Cli;

/// <summary><c>run --shard</c>: one machine's share of the asking. Judges nothing, and leaves the output folder alone.</summary>
internal static class RunShard
{
    public static async Task<ExitCode> RunAsync(ToolContext context, RunSettings settings, bool json, CancellationToken cancellation)
    {
        var shard = Shard.Read(settings.Shard!, Environment.GetEnvironmentVariable);
        if (!settings.HasTarget || string.IsNullOrWhiteSpace(settings.Ledger))
        {
            throw new SettingsException(
                $"Shard is '{shard}' without {(settings.HasTarget ? "Ledger" : "Target:BaseUrl")}: what a slice asks is for the run that judges, which "
                + "reads the same ledger. Expected is a PostgreSQL connection string, or a file that the judge has too "
                + $"({RunSettings.Prefix}Ledger), and a target ({RunSettings.Prefix}Target__BaseUrl).");
        }

        var (benchmarks, selection) = await RunVerb.OpenAsync(context, settings, cancellation).ConfigureAwait(false);
        var gates = selection.Gates;
        // What a gate that stops early needs shows in its answers, and only whoever judges sees all of them.
        var cells = Selection.Cells(gates.Where(gate => gate.Stopping is null), benchmarks);
        await using var asked = await RunTarget.OpenAsync(settings, benchmarks, context.Say).ConfigureAwait(false);
        var run = await (context.IsTerminal ? ProgressBars.WatchAsync(context, AskAsync) : AskAsync(new ProgressLines(context.Say))).ConfigureAwait(false);
        if (json)
        {
            JsonOutput.Write(context.Out, new
            {
                Shard = shard.ToString(),
                run.Questions,
                Asked = run.Collected.Done,
                run.Collected.Replayed,
                run.Collected.Failed,
                run.Collected.Requests,
                run.EndedBy,
            });
        }

        context.Say(run.ToString());
        context.Say(run.EndedBy
            ?? (run.AnsweredTooLittle ? "The target answered too little: run this shard again."
            : Then(shard, mayStopEarly: gates.Any(gate => gate.Stopping is not null))));
        // The budget before all else: who starts a shard again for its missing replies would give it a new one.
        return run.EndedBy is not null ? ExitCode.Inconclusive
            : run.AnsweredTooLittle ? ExitCode.Unavailable
            : ExitCode.Pass;

        Task<ShardRun> AskAsync(IProgress<CollectionProgress> progress) =>
            ShardRun.AskAsync(asked.Settings, asked.Target, asked.Ledger, benchmarks, cells, shard, progress, cancellation);
    }

    private static string Then(Shard shard, bool mayStopEarly) =>
        (shard.Count == 1 ? "'conformance run'" : $"Once all {shard.Count} shards are asked, 'conformance run'")
        + " without --shard on the same ledger judges"
        + (mayStopEarly ? ", and asks for the gates that stop early." : ".");
}
