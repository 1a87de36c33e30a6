using System.CommandLine;
using ModelConformance.Benchmarks;
using ModelConformance.Gates;
using ModelConformance.Ledger;
using ModelConformance.ReferenceModel;
using ModelConformance.Reports;
using ModelConformance.Runs;
using ModelConformance.Targets;

namespace ModelConformance.Cli;

/// <summary><c>run</c>: collects and judges with progress, by the same gates as the test suite.</summary>
internal static class RunVerb
{
    public static Command Create(ToolContext context)
    {
        var (options, json) = (new SettingsOptions(), RunOptions.Json());
        var verb = new Verb(
            "run",
            "Asks the target and judges its answers by the gates of the thresholds file. The key comes from the environment: "
            + "MODELCONFORMANCE__Target__ApiKey.",
            "conformance run",
            "conformance run --base-url http://localhost:8000/v1 --model my-model --data data",
            "conformance run --benchmarks winogender,admissions --mode logprobs --prefill real",
            "conformance run --profile biased --conditions Q,Q+IF --json",
            "conformance run --shard 3/8 --ledger postgresql://me@host/conformance --base-url http://localhost:8000/v1 --model my-model");
        options.AddTo(verb);
        verb.Add(json);
        verb.SetAction(async (parsed, cancellation) =>
        {
            var (settings, asJson) = (options.Over(context.Settings, parsed), parsed.GetValue(json));
            return (int)await (string.IsNullOrWhiteSpace(settings.Shard)
                ? RunAsync(context, settings, asJson, cancellation)
                : RunShard.RunAsync(context, settings, asJson, cancellation)).ConfigureAwait(false);
        });
        return verb;
    }

    private static async Task<ExitCode> RunAsync(ToolContext context, RunSettings settings, bool json, CancellationToken cancellation)
    {
        ResultsFile.Clear(settings.Output);
        var (benchmarks, selection) = await OpenAsync(context, settings, cancellation).ConfigureAwait(false);
        await using var asked = await RunTarget.OpenAsync(settings, benchmarks, context.Say).ConfigureAwait(false);
        var run = await CollectAsync(context, asked, benchmarks, selection.Gates, cancellation).ConfigureAwait(false);
        context.Say(run.ToString());
        context.Say("Scoring.");
        var judged = await run.JudgeAsync(selection.Gates).ConfigureAwait(false);
        var results = run.Results(judged);
        ResultsFile.Write(ResultsFile.PathIn(settings.Output), results);
        ResultReport.Write(
            context, results, judged, gate => run.Of(gate.Benchmark).AnswersPath, ResultsFile.PathIn(settings.Output), json);
        if (run.Mixture is { } mixture)
        {
            context.Say(mixture);
        }

        if (run.Manifest.Fault is { } fault)
        {
            context.Say(fault);
        }

        if (run.Manifest.EndedBy is not null)
        {
            foreach (var part in run.Parts)
            {
                context.Say($"The answers so far are in {part.AnswersPath}.");
            }
        }

        return ExitCodes.Combine(
        [
            run.Manifest.AnsweredTooLittle ? ExitCode.Unavailable : ExitCode.Pass,
            run.Manifest.EndedBy is null ? ExitCode.Pass : ExitCode.Inconclusive,
            ResultReport.Code(judged, selection.Inconclusive),
        ]);
    }

    /// <summary>Reads what is to be asked. Published data takes seconds, for which an interruption need not wait.</summary>
    internal static async Task<(IReadOnlyList<IBenchmark> Benchmarks, Selection Selection)> OpenAsync(
        ToolContext context, RunSettings settings, CancellationToken cancellation)
    {
        try
        {
            return await Task.Run(Open, cancellation).WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            context.Say("Nothing was asked.");
            throw;
        }

        (IReadOnlyList<IBenchmark>, Selection) Open()
        {
            var benchmarks = Catalog.Open(settings);
            return (benchmarks, Selection.Read(settings, benchmarks));
        }
    }

    private static async Task<Run> CollectAsync(
        ToolContext context, RunTarget asked, IReadOnlyList<IBenchmark> benchmarks, IReadOnlyList<Gate> gates, CancellationToken cancellation)
    {
        Gate[] early = [.. gates.Where(gate => gate.Stopping is not null)];
        var cells = Selection.Cells(gates.Except(early), benchmarks);
        using var stopping = cancellation.Register(
            () => context.Say("Stopping: what is under way may end, for 10 s at most. Once more ends it at once, and what it cost is lost."));
        try
        {
            return await (context.IsTerminal ? ProgressBars.WatchAsync(context, AskAsync) : AskAsync(new ProgressLines(context.Say))).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is OperationCanceledException or TargetException or LedgerException)
        {
            foreach (var part in Directory.GetFiles(asked.Settings.Output, "answers.*.part"))
            {
                context.Say($"The answers so far are in {part}.");
            }

            throw;
        }

        Task<Run> AskAsync(IProgress<CollectionProgress> progress) =>
            Run.CollectAsync(asked.Settings, asked.Target, asked.Ledger, benchmarks, cells, early, progress, cancellation);
    }
}
