using System.Collections.Immutable;
using System.CommandLine;
using ModelConformance.Datasets;

namespace ModelConformance.Cli;

/// <summary><c>data list</c>, <c>data verify</c> and <c>data fetch</c>: the published benchmarks on this machine.</summary>
internal static class DataVerbs
{
    public static Command Create(ToolContext context) => new Verb(
        "data",
        "The published benchmark files: which they are, whether a folder has them, and how to get them.",
        "conformance data fetch --to data",
        "conformance data verify --root data")
    {
        List(context),
        Verify(context),
        Fetch(context),
    };

    private static Verb List(ToolContext context)
    {
        var root = RootOption("The data folder to look in; default: the setting Data:Root. Without either, only the pins are listed.");
        var benchmark = BenchmarkOption(context);
        var json = RunOptions.Json();
        var verb = new Verb(
            "list", "Lists the pinned files with licence and origin, and their state in a data folder.",
            "conformance data list", "conformance data list --root data --benchmark bbq", "conformance data list --json")
        {
            root, benchmark, json,
        };
        verb.SetAction(async (parsed, cancellation) =>
        {
            var files = context.Manifest.Of(parsed.GetValue(benchmark));
            var folder = parsed.GetValue(root) ?? context.DataRoot;
            ImmutableArray<FileCheck>? checks =
                folder is null ? null : await new DataFolder(folder).VerifyAsync(files, cancellation).ConfigureAwait(false);
            DataListing.Write(context.Out, folder, files, checks, parsed.GetValue(json));
            return (int)ExitCode.Pass;
        });
        return verb;
    }

    private static Verb Verify(ToolContext context)
    {
        var root = RootOption("The data folder; default: the setting Data:Root.");
        var benchmark = BenchmarkOption(context);
        var json = RunOptions.Json();
        var verb = new Verb(
            "verify", "Compares each file of a data folder with the published one, byte for byte. Exits 2 where one differs or is absent.",
            "conformance data verify --root data", "conformance data verify --root data --benchmark bbq --json",
            "MODELCONFORMANCE__Data__Root=data conformance data verify")
        {
            root, benchmark, json,
        };
        verb.SetAction(async (parsed, cancellation) =>
        {
            var folder = parsed.GetValue(root) ?? context.DataRoot
                ?? throw new ToolException(
                    ExitCode.BadInput, "Which folder? Give --root DIR, or set Data:Root (environment MODELCONFORMANCE__Data__Root).");
            if (!Directory.Exists(folder))
            {
                throw new ToolException(ExitCode.BadInput, $"There is no folder {folder}. 'conformance data fetch --to {folder}' makes it.");
            }

            var files = context.Manifest.Of(parsed.GetValue(benchmark));
            var checks = await new DataFolder(folder).VerifyAsync(files, cancellation).ConfigureAwait(false);
            DataVerification.Write(context, folder, checks, parsed.GetValue(json));
            return (int)(checks.All(check => check.Holds) ? ExitCode.Pass : ExitCode.BadInput);
        });
        return verb;
    }

    private static Verb Fetch(ToolContext context)
    {
        var to = new Option<string>("--to") { Description = "The data folder; made where it does not exist.", HelpName = "DIR", Required = true };
        var from = new Option<string?>("--from")
        {
            Description = "A mirror instead of GitHub: a URL with the layout {URL}/{repository}/{commit}/{path}, or another data folder.",
            HelpName = "URL|DIR",
        };
        var benchmark = BenchmarkOption(context);
        var json = RunOptions.Json();
        var verb = new Verb(
            "fetch",
            "Brings the published files into a folder. What is there already is not fetched again; bytes other than the pinned ones are refused.",
            "conformance data fetch --to data", "conformance data fetch --to data --benchmark bbq",
            "conformance data fetch --to data --from https://mirror.example/raw", "conformance data fetch --to data --from /mnt/share/fairness-data")
        {
            to, from, benchmark, json,
        };
        verb.SetAction(async (parsed, cancellation) =>
        {
            var folder = parsed.GetRequiredValue(to);
            using var source = Source(parsed.GetValue(from));
            var files = context.Manifest.Of(parsed.GetValue(benchmark));
            var fetch = new DataFetch(source, new DataFolder(folder), context.Fetch);
            var outcomes = await FetchProgress.WatchAsync(
                context, observer => fetch.RunAsync(files, observer, cancellation)).ConfigureAwait(false);
            DataFetchReport.Write(context, folder, outcomes, parsed.GetValue(json));
            return (int)(outcomes.All(outcome => outcome.Holds) ? ExitCode.Pass : ExitCode.BadInput);
        });
        return verb;
    }

    private static IDataSource Source(string? from)
    {
        if (from is null)
        {
            return new HttpDataSource(HttpDataSource.GitHub);
        }

        if (!from.Contains("://", StringComparison.Ordinal))
        {
            return Directory.Exists(from)
                ? new FolderDataSource(from)
                : throw new ToolException(ExitCode.BadInput, $"--from {from}: there is no such folder, and it is no URL.");
        }

        try
        {
            return new HttpDataSource(new Uri(from));
        }
        catch (Exception fault) when (fault is UriFormatException or ArgumentException)
        {
            // The URL is not repeated: it may hold a password.
            throw new ToolException(ExitCode.BadInput, $"--from: {fault.Message}");
        }
    }

    private static Option<string?> RootOption(string description) => new("--root") { Description = description, HelpName = "DIR" };

    private static Option<string?> BenchmarkOption(ToolContext context)
    {
        var option = new Option<string?>("--benchmark") { Description = "Only the files of this benchmark." };
        return option.AcceptOnlyFromAmong([.. context.Manifest.Benchmarks]);
    }
}
