using System.CommandLine;
using ModelConformance.Collection.Batches;
using ModelConformance.Protocol;
using ModelConformance.ReferenceModel;
using ModelConformance.Runs;
using static System.FormattableString;

namespace ModelConformance.Cli;

/// <summary><c>batch export</c> and <c>batch import</c>: asks by way of a provider's batches, at their price and their pace.</summary>
internal static class BatchVerbs
{
    public static Command Create(ToolContext context) => new Verb(
        "batch",
        "Asks by way of a provider's batches, or of vLLM's run_batch: writes the requests, reads the results. 'conformance run' on the same ledger "
        + "then judges.",
        "conformance batch export --to requests --base-url https://host/v1 --model my-model",
        "conformance batch import results.jsonl --base-url https://host/v1 --model my-model")
    {
        Export(context),
        Import(context),
    };

    private static Verb Export(ToolContext context)
    {
        var (options, json) = (new SettingsOptions(), RunOptions.Json());
        var to = new Option<string>("--to") { Description = "The folder of the requests: a new or an empty one.", HelpName = "DIR", Required = true };
        var verb = new Verb(
            "export",
            "Writes the requests that the ledger has no reply to, in the form of OpenAI's Batch API, a file for each benchmark, condition and step. "
            + "Nothing is sent. Where a condition reasons, export again after the import: the answers are asked for with the reasoning.",
            "conformance batch export --to requests --base-url https://host/v1 --model my-model --data data",
            "conformance batch export --to requests --benchmarks bbq --conditions Q,Q+IF --json")
        {
            to, options.BaseUrl, options.Model, options.Protocol, options.Mode, options.Samples, options.Prefill, options.Data, options.Thresholds,
            options.Benchmarks, options.Conditions, options.Slices, options.Ledger, json,
        };
        verb.SetAction(async (parsed, cancellation) =>
        {
            var settings = Known(options.Over(context.Settings, parsed));
            if (!string.IsNullOrWhiteSpace(settings.Shard))
            {
                throw new SettingsException(
                    $"Shard is set ({RunSettings.Prefix}Shard), and a batch holds what all shards ask. Unset it, and export on one machine.");
            }

            var benchmarks = Catalog.Open(settings);
            var questions = Selection.Questions(Selection.Read(settings, benchmarks).Gates, benchmarks, settings.Target);
            await using var asked = await RunTarget.OpenAsync(settings, benchmarks, context.Say).ConfigureAwait(false);
            var folder = parsed.GetRequiredValue(to);
            var export = await BatchExport.WriteAsync(asked.Target, asked.Ledger, settings.Target.Mode, questions, folder, cancellation)
                .ConfigureAwait(false);
            Write(context, export, folder, parsed.GetValue(json));
            return (int)ExitCode.Pass;
        });
        return verb;
    }

    private static Verb Import(ToolContext context)
    {
        var (options, json) = (new SettingsOptions(), RunOptions.Json());
        var files = new Argument<string[]>("FILE")
        {
            Description = "The results, files of errors too, in any order.",
            Arity = ArgumentArity.OneOrMore,
        };
        // What is no option would be taken for one more file.
        files.Validators.Add(result =>
        {
            foreach (var mistyped in result.Tokens.Where(token => token.Value.StartsWith("--", StringComparison.Ordinal)))
            {
                result.AddError($"{mistyped.Value} is no option of 'batch import'.");
            }
        });
        var verb = new Verb(
            "import",
            "Keeps the results of a batch in the ledger. The target's settings are those of the export. Exits 4 where a result says that the target "
            + "cannot be asked so.",
            "conformance batch import results.jsonl --base-url https://host/v1 --model my-model",
            "conformance batch import output-1.jsonl output-2.jsonl errors.jsonl --json")
        {
            files, options.BaseUrl, options.Model, options.Protocol, options.Mode, options.Prefill, options.Ledger, json,
        };
        verb.SetAction(async (parsed, cancellation) =>
        {
            var settings = Known(options.Over(context.Settings, parsed));
            await using var asked = await RunTarget.OpenAsync(settings, [], context.Say).ConfigureAwait(false);
            var import = await BatchImport.ReadAsync(asked.Target, asked.Ledger, parsed.GetRequiredValue(files), cancellation).ConfigureAwait(false);
            Write(context, import, parsed.GetValue(json));
            return (int)(import.Fault is null ? ExitCode.Pass : ExitCode.Unavailable);
        });
        return verb;
    }

    /// <summary>A batch's replies are kept under a target's name and settings, so there must be one.</summary>
    private static RunSettings Known(RunSettings settings) =>
        !settings.HasTarget ? throw new SettingsException(
            "A batch is of a target: the ledger keeps its replies under the address and the name of the model. "
            + $"Set {RunSettings.Prefix}Target__BaseUrl and {RunSettings.Prefix}Target__Model.")
        : settings.Target.Mode == Mode.Continuation ? throw new SettingsException(
            "Target:Mode is continuation, which takes several requests for a question; a batch has one. Expected is text, logprobs or sampling.")
        : settings;

    private static void Write(ToolContext context, BatchExport export, string folder, bool json)
    {
        var requests = export.Files.Sum(file => file.Requests);
        if (json)
        {
            JsonOutput.Write(context.Out, new
            {
                export.Questions,
                export.Answered,
                export.Reasoning,
                Requests = requests,
                Files = export.Files.Select(file => new { file.Path, file.Benchmark, Condition = file.Condition.Id, file.Step, file.Requests }),
            });
        }
        else
        {
            TextTable.Write(context.Out, [.. export.Files.Select(file => new[] { Invariant($"{file.Requests:N0}"), file.Path })]);
        }

        context.Say(Invariant($"{export.Questions:N0} questions, {export.Answered:N0} of them answered by the ledger: ")
            + (requests == 0
                ? "nothing is left to ask. 'conformance run' judges."
                : Invariant($"{requests:N0} requests in {export.Files.Count} files under ") + folder));
        if (export.Reasoning > 0)
        {
            context.Say(
                Invariant($"{export.Reasoning:N0} questions are asked for their reasoning first: ")
                + "import its results, and export again to a new folder.");
        }
    }

    private static void Write(ToolContext context, BatchImport import, bool json)
    {
        if (json)
        {
            JsonOutput.Write(context.Out, import);
        }

        context.Say(Invariant($"{import.Lines:N0} results: {import.Kept:N0} replies kept, {import.Withheld:N0} of them filtered or refused; ")
            + Invariant($"{import.Repeated:N0} to requests that had a reply; {import.Failed:N0} without a reply."));
        if (import.Failed > 0)
        {
            context.Say($"The next export has them again. The first: {import.FirstFailure}");
        }

        if (import.Fault is { } fault && fault != import.FirstFailure)
        {
            context.Say($"The target cannot be asked so: {fault}");
        }
    }
}
