using System.CommandLine;
using ModelConformance.Snapshots;

namespace ModelConformance.Cli;

/// <summary><c>snapshot diff</c> and <c>snapshot accept</c>: the review of answers that changed.</summary>
internal static class SnapshotVerbs
{
    public static Command Create(ToolContext context) => new Verb(
        "snapshot", "The review of received snapshots: what changed against the approved answers, and accepting it.",
        "conformance snapshot diff", "conformance snapshot accept --target my-model")
    {
        Diff(context),
        Accept(context),
    };

    private static Verb Diff(ToolContext context)
    {
        var (root, target, name, json) = (Root(), Target(), Name(), RunOptions.Json());
        var verb = new Verb(
            "diff", "Shows what changed in each received snapshot. Exits 1 where one is beyond its drift budget or new.",
            "conformance snapshot diff", "conformance snapshot diff --target my-model --name \"bbq.Age.*\" --json")
        {
            root, target, name, json,
        };
        verb.SetAction(parsed =>
        {
            var folder = parsed.GetValue(root) ?? context.Settings.Snapshots.Root;
            var budget = new DriftBudget(context.Settings.Snapshots.Budget);
            var pending = SnapshotReview.Pending(folder, parsed.GetValue(target), parsed.GetValue(name));
            SnapshotDiff[] diffs = [.. pending.Select(file => SnapshotReview.Diff(file, budget))];
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(context.Out, diffs.Select(diff => new { path = diff.File.Received, diff.IsNew, diff.IsWithinBudget, diff.Message }));
            }
            else
            {
                foreach (var diff in diffs)
                {
                    context.Out.WriteLine(Terminal.Escape(diff.File.Received));
                    foreach (var line in diff.Message.Split('\n'))
                    {
                        context.Out.WriteLine($"  {Terminal.Escape(line)}");
                    }
                }
            }

            context.Say(diffs.Length switch
            {
                0 => NothingPending(folder, parsed.GetValue(target), parsed.GetValue(name)),
                1 => $"1 snapshot awaits a reviewer under {folder}.",
                var count => $"{count} snapshots await a reviewer under {folder}.",
            });
            return (int)(diffs.All(diff => diff.IsWithinBudget) ? ExitCode.Pass : ExitCode.GateFailed);
        });
        return verb;
    }

    private static Verb Accept(ToolContext context)
    {
        var (root, target, name, json) = (Root(), Target(), Name(), RunOptions.Json());
        var verb = new Verb(
            "accept", "Makes received snapshots the approved ones. Look at them first: 'conformance snapshot diff'.",
            "conformance snapshot accept", "conformance snapshot accept --target my-model", "conformance snapshot accept --name \"bbq.*.Q+IF\"")
        {
            root, target, name, json,
        };
        verb.SetAction(parsed =>
        {
            var folder = parsed.GetValue(root) ?? context.Settings.Snapshots.Root;
            var pending = SnapshotReview.Pending(folder, parsed.GetValue(target), parsed.GetValue(name));
            SnapshotFile[] cut = [.. pending.Where(file => SnapshotReview.Unasked(file).Missing > 0)];
            AcceptedSnapshot[] accepted = [.. pending.Except(cut).Select(file => SnapshotReview.Accept(file))];
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(context.Out, accepted.Select(one => new { path = one.File.Verified, one.IsNew }));
            }
            else
            {
                TextTable.Write(context.Out, [.. accepted.Select(one => new[] { one.IsNew ? "new" : "changed", one.File.Verified })]);
            }

            if (cut.Length > 0)
            {
                var (missing, of) = SnapshotReview.Unasked(cut[0]);
                context.Say(
                    $"{cut.Length} {(cut.Length == 1 ? "snapshot was" : "snapshots were")} not accepted, since the run was ended before all was asked: "
                    + $"{missing} of {of} answers are missing from {cut[0].Received}. Run 'dotnet test tests/Conformance' again, which asks the rest.");
            }

            context.Say(accepted.Length switch
            {
                0 when cut.Length > 0 => "No snapshot accepted.",
                0 => NothingPending(folder, parsed.GetValue(target), parsed.GetValue(name)),
                1 => "1 snapshot accepted. Commit it.",
                var count => $"{count} snapshots accepted. Commit them.",
            });
            return (int)(cut.Length > 0 ? ExitCode.BadInput : ExitCode.Pass);
        });
        return verb;
    }

    private static string NothingPending(string folder, string? target, string? name) =>
        !Directory.Exists(folder) ? $"{folder}: there is no such folder, so no snapshot awaits a reviewer."
        : target is null && name is null ? $"No received snapshot awaits a reviewer under {folder}."
        : $"No received snapshot of that target or name awaits a reviewer under {folder}.";

    private static Option<string?> Root() =>
        new("--root") { Description = "The folder of snapshots; default: the setting Snapshots:Root.", HelpName = "DIR" };

    private static Option<string?> Target() => new("--target") { Description = "Only this model's.", HelpName = "NAME" };

    private static Option<string?> Name() =>
        new("--name") { Description = "Only those of this name; * stands for any letters.", HelpName = "PATTERN" };
}
