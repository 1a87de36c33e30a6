using System.Globalization;
using ModelConformance.Planning;
using ModelConformance.Runs;
using ModelConformance.Statistics;

namespace ModelConformance.Cli;

/// <summary>What <c>plan</c> writes.</summary>
internal static class PlanReport
{
    private static readonly string Power = string.Create(CultureInfo.InvariantCulture, $"{100 * DecidableEffect.Power:0} %");

    public static void Write(ToolContext context, Plan plan, PriceSettings prices, bool json)
    {
        if (json)
        {
            JsonOutput.Write(context.Out, Document(plan, prices));
        }
        else
        {
            TextTable.Write(context.Out, [.. Efforts(plan, prices)]);
            context.Out.WriteLine();
            TextTable.Write(
                context.Out,
                [["gate", "calls", "units", "clusters", $"passes with {Power}", "if stopped early"],
                    .. plan.Gates.SelectMany(gate => gate.Claims.Select((claim, place) => Row(gate, claim, place == 0)))]);
            context.Out.WriteLine();
            TextTable.Write(context.Out, [["metric", "context", "assumed of its scores"], .. Assumptions(plan)]);
        }

        context.Say("Prompt tokens are an estimate, 4 bytes of UTF-8 each and every reasoning at its longest; completion tokens are the most "
            + "that can come back. Retries come on top, and what a ledger already answers is not subtracted.");
        if (prices.Input is null)
        {
            context.Say($"No cost: set Prices:Input and Prices:Output, per million tokens ({RunSettings.Prefix}Prices__Input, …__Output).");
        }

        if (plan.Gates.Count(gate => gate.Gate.Stopping is not null) is > 0 and var early)
        {
            context.Say($"{early} of {plan.Gates.Count} gates stop early. Their own calls, and 'stopped early', are about what is left where scores fall as "
                + "assumed; all other figures are what asking to the end would take.");
        }

        if (plan.Gates.Count(gate => gate.IsDecidable == false) is > 0 and var undecidable)
        {
            context.Say($"{undecidable} of {plan.Gates.Count} gates cannot be decided with {Power} probability by these items.");
        }

        foreach (var limit in plan.Limits)
        {
            context.Say($"{limit.Setting} allows {Number(limit.Most)}; this run may take "
                + (limit.AtMost == limit.Needed ? Number(limit.Needed) : $"about {Number(limit.Needed)}, and {Number(limit.AtMost)} at most")
                + (limit.IsExceeded ? ": EXCEEDED. What cannot be afforded cannot be shown." : "."));
        }
    }

    private static IEnumerable<string[]> Efforts(Plan plan, PriceSettings prices)
    {
        var stops = plan.Gates.Any(gate => gate.Gate.Stopping is not null);
        yield return
        [
            "benchmark", "condition", "questions", "calls", .. stops ? ["stopped early"] : Array.Empty<string>(), "prompt tokens", "completion tokens",
            .. prices.Input is null ? Array.Empty<string>() : ["cost"],
        ];
        foreach (var part in plan.Conditions)
        {
            yield return Row(part.Benchmark, part.Condition.Id, Number(part.Questions), part.Effort, part.Expected);
        }

        yield return Row("probe", "-", "-", plan.Probe, plan.Probe);
        yield return Row("total", "-", Number(plan.Questions), plan.Total, plan.Expected);

        string[] Row(string benchmark, string condition, string questions, Effort effort, Effort expected) =>
        [
            benchmark, condition, questions, Number(effort.Calls), .. stops ? [$"about {Number(expected.Calls)}"] : Array.Empty<string>(),
            $"about {Number(effort.PromptTokens)}", $"at most {Number(effort.CompletionTokens)}",
            .. Cost(prices, effort) is { } cost ? ["at most " + Number(cost)] : Array.Empty<string>(),
        ];
    }

    private static string[] Row(PlannedGate gate, PlannedClaim claim, bool first)
    {
        var quantity = claim.Claim.Quantity;
        var minus = quantity.Minus is null ? "" : $" minus {quantity.Minus}";
        return
        [
            first ? gate.Gate.ToString() : $"  or {quantity.Metric} of {quantity.Condition}{minus} {claim.Claim.Limits}",
            first ? Number(gate.Effort.Calls) : "",
            Number(claim.Units),
            Number(claim.Clusters),
            claim.IsDecidable == false ? $"{claim.Outlook}: cannot be decided with {Power} probability" : claim.Outlook,
            claim.UnitsIfStoppedEarly switch
            {
                null => "-",
                { } units when units < claim.Units => $"about {Number(units)} units",
                _ => "no sooner",
            },
        ];
    }

    private static IEnumerable<string[]> Assumptions(Plan plan) => plan.Gates
        .SelectMany(gate => gate.Claims)
        .Where(claim => claim.Assumed is not null)
        .Select(claim => (claim.Claim.Quantity.Metric, Context: claim.Claim.Quantity.Context ?? "-", Assumed: claim.Assumed!.ToString()))
        .Distinct()
        .Select(row => new[] { row.Metric, row.Context, row.Assumed });

    private static object Document(Plan plan, PriceSettings prices)
    {
        return new
        {
            conditions = plan.Conditions.Select(
                part => new { part.Benchmark, Condition = part.Condition.Id, part.Questions, Effort = Of(part.Effort), Expected = Of(part.Expected) }),
            probe = Of(plan.Probe),
            total = Of(plan.Total),
            expected = Of(plan.Expected),
            budget = plan.Limits.Select(limit => new { limit.Setting, limit.Most, limit.Needed, limit.AtMost, Exceeded = limit.IsExceeded }),
            power = DecidableEffect.Power,
            gates = plan.Gates.Select(gate => new
            {
                gate.Gate.Id,
                Name = gate.Gate.ToString(),
                Effort = Of(gate.Effort),
                Decidable = gate.IsDecidable,
                Claims = gate.Claims.Select(claim => new
                {
                    claim.Claim.Quantity.Metric,
                    claim.Claim.Limits,
                    claim.Units,
                    claim.Clusters,
                    claim.Outlook,
                    Decidable = claim.IsDecidable,
                    Assumed = claim.Assumed?.ToString(),
                    claim.UnitsIfStoppedEarly,
                }),
            }),
        };

        object Of(Effort effort) => new { effort.Calls, effort.PromptTokens, effort.CompletionTokens, Cost = Cost(prices, effort) };
    }

    private static decimal? Cost(PriceSettings prices, Effort effort) => prices.Cost(effort.PromptTokens, effort.CompletionTokens);

    private static string Number(decimal value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}
