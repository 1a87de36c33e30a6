using System.CommandLine;
using ModelConformance.Answers;
using ModelConformance.Gates;
using ModelConformance.Reports;
using ModelConformance.Runs;

namespace ModelConformance.Cli;

/// <summary><c>score</c>: figures and verdicts from recorded answers.</summary>
internal static class ScoreVerb
{
    public static Command Create(ToolContext context)
    {
        var answers = new Option<string>("--answers") { Description = "The recorded answers: JSON lines.", HelpName = "FILE", Required = true };
        var benchmark = RunOptions.Setting("--benchmark", "The benchmark answered; default: that of the file's first item.", "NAME");
        var (data, thresholds, json) = (RunOptions.Data(), RunOptions.Thresholds(), RunOptions.Json());
        var verb = new Verb(
            "score", "Scores recorded answers and, with --thresholds, judges gates on them. Without, it measures and exits 0.",
            "conformance score --answers artifacts/answers.bbq.jsonl",
            "conformance score --answers artifacts/answers.winogender.jsonl --json",
            "conformance score --answers answers.jsonl --data data --thresholds thresholds/release.json --json")
        {
            answers, benchmark, data, thresholds, json,
        };
        verb.SetAction(parsed =>
        {
            var given = parsed.GetRequiredValue(answers);
            var id = parsed.GetValue(benchmark) ?? AnswersFile.BenchmarkOf(given);
            var settings = context.Over(parsed.GetValue(data));
            var benchmarks = Catalog.Open(settings with { Select = new() { Benchmarks = id } });
            var asked = benchmarks.FirstOrDefault(known => known.Id == id)
                ?? throw new ToolException(ExitCode.BadInput, $"--benchmark {id}: known are {string.Join(", ", benchmarks.Select(b => b.Id))}.");
            var file = parsed.GetValue(thresholds) is { } path ? ThresholdsFile.Read(path, benchmarks) : null;
            var sheet = AnswersFile.Read(given, asked);
            if (sheet.SamplesPerItem is var (fewest, most) && fewest < most)
            {
                context.Say($"Items have from {fewest} to {most} samples; each is pooled over its own.");
            }

            // Whose answers they are, a file that was not written by a run need not say.
            var approved = AnswersFile.OriginOf(given) is ({ } target, { } prefill, { } mode)
                ? ApprovedAnswers.Read(settings.Snapshots.Root, target, prefill, mode, asked)
                : null;
            var gates = (file?.Gates ?? []).Where(gate => gate.Benchmark == asked.Id);
            GateResult[] judged = [.. FamilyLevel.Among(gates.Select(gate => GateJudge.Judge(gate, asked, sheet, approved)))];
            var untilDecided = gates.Any(gate => gate.Stopping is not null);
            var results = Results.Of(RunManifest.Of([(asked, sheet.Conditions)]), [(asked, sheet, untilDecided)], judged);
            ResultReport.Write(context, results, judged, _ => given, "--json", parsed.GetValue(json));
            return (int)(file is null ? ExitCode.Pass : ResultReport.Code(judged, file.Inconclusive));
        });
        return verb;
    }
}
