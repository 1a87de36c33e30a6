using System.CommandLine;
using System.CommandLine.Parsing;
using ModelConformance.Benchmarks;
using ModelConformance.Gates;
using ModelConformance.Protocol;
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
        var baseUrl = Setting("--base-url", "The endpoint up to the version, https://host/v1.", "URL");
        var model = Setting("--model", "The model's name.", "NAME");
        var mode = new Option<Mode?>("--mode")
        {
            Description = $"How answers are measured: {ModeWord.All}.",
            HelpName = "KIND",
            CustomParser = ReadMode,
        };
        var prefill = Setting("--prefill", "How an answer's beginning reaches the model: real or emulated.", "KIND");
        prefill.AcceptOnlyFromAmong("real", "emulated");
        var concurrency = new Option<int?>("--concurrency") { HelpName = "N", Description = "The most requests in flight at once." };
        var protocol = Setting("--protocol", "The wire protocol: openai-chat or openai-completions.", "NAME");
        var samples = new Option<int?>("--samples") { HelpName = "N", Description = "The samples per item in sampling mode." };
        var select = Setting("--benchmarks", "Only gates of these benchmarks, separated by commas.", "LIST");
        var conditions = Setting("--conditions", "Only gates of these conditions, separated by commas.", "LIST");
        var slices = Setting("--slices", "Only gates of these slices, separated by commas.", "LIST");
        var profile = Setting("--profile", "The reference model's behaviour, where no target is configured.", "NAME");
        var output = Setting("--output", "The folder of answers and results.json; default: artifacts.", "DIR");
        var (data, thresholds, json) = (RunOptions.Data(), RunOptions.Thresholds(), RunOptions.Json());
        var verb = new Verb(
            "run",
            "Asks the target and judges its answers by the gates of the thresholds file. The key comes from the environment: "
            + "MODELCONFORMANCE__Target__ApiKey.",
            "conformance run",
            "conformance run --base-url http://localhost:8000/v1 --model my-model --data data",
            "conformance run --benchmarks winogender,admissions --mode logprobs --prefill real",
            "conformance run --profile biased --conditions Q,Q+IF --json")
        {
            baseUrl, model, protocol, mode, samples, prefill, concurrency, data, thresholds, select, conditions, slices, profile, output, json,
        };
        verb.SetAction(async (parsed, cancellation) =>
        {
            var given = context.Settings;
            var settings = given with
            {
                Target = given.Target with
                {
                    BaseUrl = parsed.GetValue(baseUrl) ?? given.Target.BaseUrl,
                    Model = parsed.GetValue(model) ?? given.Target.Model,
                    Protocol = parsed.GetValue(protocol) ?? given.Target.Protocol,
                    Samples = parsed.GetValue(samples) ?? given.Target.Samples,
                    Mode = parsed.GetValue(mode) ?? given.Target.Mode,
                    Prefill = parsed.GetValue(prefill) ?? given.Target.Prefill,
                    Concurrency = parsed.GetValue(concurrency) ?? given.Target.Concurrency,
                },
                Data = new() { Root = parsed.GetValue(data) ?? given.Data.Root },
                Thresholds = parsed.GetValue(thresholds) ?? given.Thresholds,
                Select = given.Select with
                {
                    Benchmarks = parsed.GetValue(select) ?? given.Select.Benchmarks,
                    Conditions = parsed.GetValue(conditions) ?? given.Select.Conditions,
                    Slices = parsed.GetValue(slices) ?? given.Select.Slices,
                },
                ReferenceModel = new() { Profile = parsed.GetValue(profile) ?? given.ReferenceModel.Profile },
                Output = parsed.GetValue(output) ?? given.Output,
            };
            return (int)await RunAsync(context, settings, parsed.GetValue(json), cancellation).ConfigureAwait(false);
        });
        return verb;
    }

    private static async Task<ExitCode> RunAsync(ToolContext context, RunSettings settings, bool json, CancellationToken cancellation)
    {
        ResultsFile.Clear(settings.Output);
        var benchmarks = Catalog.Open(settings);
        var selection = Selection.Read(settings, benchmarks);
        await using var asked = await RunTarget.OpenAsync(settings, benchmarks, context.Say).ConfigureAwait(false);
        var run = await CollectAsync(context, asked, benchmarks, Selection.Cells(selection.Gates, benchmarks), cancellation).ConfigureAwait(false);
        context.Say(run.ToString());
        context.Say("Scoring.");
        GateResult[] judged = [.. FamilyLevel.Among(selection.Gates.Select(run.Judge))];
        var results = run.Results(judged);
        ResultsFile.Write(ResultsFile.PathIn(settings.Output), results);
        ResultReport.Write(context, results, judged, gate => run.Of(gate.Benchmark).AnswersPath, json);
        if (run.AnsweredTooLittle)
        {
            context.Say($"{run.Manifest.Failed} of {run.Manifest.Items} questions got no reply: the target answered too little to be judged.");
        }

        return ExitCodes.Combine(
            [run.AnsweredTooLittle ? ExitCode.TargetUnavailable : ExitCode.Pass, ResultReport.Code(judged, selection.Inconclusive)]);
    }

    private static async Task<Run> CollectAsync(
        ToolContext context, RunTarget asked, IReadOnlyList<IBenchmark> benchmarks, IReadOnlyList<Cell> cells, CancellationToken cancellation)
    {
        try
        {
            return await RunProgress.WatchAsync(
                context, progress => Run.CollectAsync(asked.Settings, asked.Target, benchmarks, cells, progress, cancellation)).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is OperationCanceledException or TargetException)
        {
            foreach (var part in Directory.GetFiles(asked.Settings.Output, "answers.*.part"))
            {
                context.Say($"The answers so far are in {part}.");
            }

            throw;
        }
    }

    /// <summary>The library's own message would name the type.</summary>
    private static Mode? ReadMode(ArgumentResult result)
    {
        var given = result.Tokens[^1].Value;
        foreach (var mode in Enum.GetValues<Mode>().Where(mode => string.Equals(mode.Word(), given, StringComparison.OrdinalIgnoreCase)))
        {
            return mode;
        }

        result.AddError($"--mode {given}: expected {ModeWord.All}.");
        return null;
    }

    private static Option<string?> Setting(string name, string description, string help) => RunOptions.Setting(name, description, help);
}
