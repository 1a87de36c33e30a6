using System.CommandLine;
using ModelConformance.Planning;
using ModelConformance.Runs;

namespace ModelConformance.Cli;

/// <summary><c>plan</c>: what a run takes and what it can decide. Sends nothing and needs no target.</summary>
internal static class PlanVerb
{
    public static Command Create(ToolContext context)
    {
        var (options, json) = (new SettingsOptions(), RunOptions.Json());
        var verb = new Verb(
            "plan",
            "Says what a run with these options would take (calls, tokens, cost) and what each gate could decide by it. Nothing is sent, and no ledger "
            + "is looked at. Exits 3 where the budget is exceeded.",
            "conformance plan",
            "conformance plan --base-url http://localhost:8000/v1 --model my-model --data data",
            "conformance plan --data data --conditions Q,Q+IF --mode sampling --samples 8",
            "conformance plan --data data --price-input 0.5 --price-output 1.5 --budget-cost 200",
            "conformance plan --thresholds thresholds/smoke.json --budget-calls 3000 --json");
        options.AddTo(verb);
        verb.Add(json);
        verb.SetAction(parsed =>
        {
            var settings = options.Over(context.Settings, parsed);
            var benchmarks = Catalog.Open(settings);
            var plan = Plan.Of(settings, benchmarks, Selection.Read(settings, benchmarks).Gates);
            PlanReport.Write(context, plan, settings.Prices, parsed.GetValue(json));
            if (!string.IsNullOrWhiteSpace(settings.Shard))
            {
                context.Say($"This is what all shards take together, not {settings.Shard} alone.");
            }

            return (int)(plan.Limits.Any(limit => limit.IsExceeded) ? ExitCode.Inconclusive : ExitCode.Pass);
        });
        return verb;
    }
}
