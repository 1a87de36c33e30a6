using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Net.Sockets;
using ModelConformance.Datasets;
using ModelConformance.Gates;
using ModelConformance.Ledger;
using ModelConformance.Runs;
using ModelConformance.Targets;

namespace ModelConformance.Cli;

/// <summary>The <c>conformance</c> tool: its verbs, and how what goes wrong in them reaches whoever called.</summary>
public static class ConformanceTool
{
    private const string Debug = "MODELCONFORMANCE_DEBUG";

    private static readonly string[] Examples =
    [
        "conformance run --profile biased",
        "conformance data fetch --to data",
        "conformance plan --data data",
        "conformance run --base-url http://localhost:8000/v1 --model my-model --data data",
        "conformance snapshot accept --target my-model",
        "conformance score --answers artifacts/answers.bbq.jsonl --data data",
    ];

    /// <summary>The tool's grammar. A verb is one file and one line here.</summary>
    public static RootCommand Create(ToolContext context)
    {
        var root = new RootCommand(
            "Measures fairness benchmarks on a language model and says whether it may be released. Results go to standard output, messages to "
            + "standard error. Exit codes: 0 pass, 1 a gate failed, 2 bad input or configuration, 3 inconclusive, 4 the target could not be reached "
            + "or answered too little, or the ledger's database could not be reached, 70 a defect of the tool, 130 interrupted.")
        {
            // In the order in which a user meets them.
            RunVerb.Create(context),
            PlanVerb.Create(context),
            WatchVerb.Create(context),
            SnapshotVerbs.Create(context),
            ScoreVerb.Create(context),
            DataVerbs.Create(context),
            ServeVerb.Create(context),
            BatchVerbs.Create(context),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new VerbHelp((HelpAction)help.Action!, Examples);
        return root;
    }

    /// <summary>Runs the tool once.</summary>
    /// <param name="args">The command line without the tool's name.</param>
    /// <param name="context">Streams, settings and data.</param>
    /// <param name="cancellation">Interrupts: what was collected so far stays.</param>
    /// <returns>The exit code, a value of <see cref="ExitCode"/>.</returns>
    public static async Task<int> InvokeAsync(IReadOnlyList<string> args, ToolContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            // Response files are off: an argument that begins with @ is just that.
            var parsed = Create(context).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Action is ParseErrorAction mistake)
            {
                return (int)Explain(parsed, mistake, context);
            }

            var configuration = new InvocationConfiguration
            {
                Output = context.Out,
                Error = context.Error,
                EnableDefaultExceptionHandler = false,
                // Whoever calls decides what interrupts.
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            context.Say("interrupted");
            return (int)ExitCode.Interrupted;
        }
        catch (Exception fault)
        {
            return (int)Explain(fault, context);
        }
    }

    /// <summary>A command line that cannot be parsed: every mistake, perhaps what was meant, and where the help is.</summary>
    private static ExitCode Explain(ParseResult parsed, ParseErrorAction mistake, ToolContext context)
    {
        // The library's own text repeats what the user typed, so it is escaped on its way out; an address may hold a password.
        using var text = new StringWriter();
        mistake.ShowHelp = false;
        parsed.Invoke(new InvocationConfiguration { Output = text, Error = text, ProcessTerminationTimeout = null });
        foreach (var line in text.ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct())
        {
            context.Say(parsed.Tokens.Select(token => token.Value).Where(value => !Ledgers.IsFile(value)).Aggregate(
                line, (shown, value) => shown.Replace(value, "(an address, not shown)", StringComparison.Ordinal)));
        }

        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0)
        {
            context.Say($"Commands of '{CommandLine(command)}': {string.Join(", ", command.Subcommands.Select(verb => verb.Name))}.");
        }

        context.Say($"See '{CommandLine(command)} --help'.");
        return ExitCode.BadInput;
    }

    /// <summary>What went wrong, in as few lines as say it, and the code that goes with it.</summary>
    public static ExitCode Explain(Exception fault, ToolContext context)
    {
        var code = fault switch
        {
            ToolException known => known.Code,
            TargetException or LedgerException { IsPassing: true } => ExitCode.Unavailable,
            DataException or SettingsException or ThresholdsException or LedgerException => ExitCode.BadInput,
            IOException or UnauthorizedAccessException or InvalidDataException => ExitCode.BadInput,
            // A port that may not be taken.
            SocketException => ExitCode.BadInput,
            _ => ExitCode.Fault,
        };
        foreach (var line in code == ExitCode.Fault ? [$"unexpected {fault.GetType().Name}: {fault.Message}"] : Lines(fault))
        {
            context.Say(line);
        }

        if (Environment.GetEnvironmentVariable(Debug) == "1")
        {
            var lines = fault.ToString().Split('\n').Select(line => Terminal.Escape(line.TrimEnd('\r')));
            context.Error.WriteLine(string.Join(Environment.NewLine, lines));
        }
        else if (code == ExitCode.Fault)
        {
            context.Say($"This is a defect of the tool. {Debug}=1 shows the details to report.");
        }

        return code;
    }

    /// <summary>
    /// The message as the lines that were meant. In others a line end is a file's or a server's, and is escaped: it must not look like a message
    /// of its own.
    /// </summary>
    private static IEnumerable<string> Lines(Exception fault) => fault switch
    {
        ThresholdsException thresholds => thresholds.Faults,
        SettingsException or TargetException => fault.Message.Split('\n'),
        _ => [fault.Message],
    };

    private static string CommandLine(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{CommandLine(parent)} {command.Name}" : "conformance";
}
