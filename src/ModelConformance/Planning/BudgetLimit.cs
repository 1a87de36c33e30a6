using ModelConformance.Runs;

namespace ModelConformance.Planning;

/// <summary>A limit of the budget.</summary>
/// <param name="Setting">The setting: <c>Budget:Calls</c>.</param>
/// <param name="Most">What it allows.</param>
/// <param name="Needed">What the run takes; about, where gates stop early.</param>
/// <param name="AtMost">What it takes where none of them does.</param>
public sealed record BudgetLimit(string Setting, decimal Most, decimal Needed, decimal AtMost)
{
    /// <summary>Whether the run takes more than is allowed.</summary>
    public bool IsExceeded => Needed > Most;

    /// <summary>The limits that are set.</summary>
    internal static BudgetLimit[] Of(RunSettings settings, Plan plan)
    {
        var budget = settings.Budget;
        (string Name, decimal? Most, Func<Effort, decimal?> Needed)[] all =
        [
            (nameof(budget.Calls), budget.Calls, effort => effort.Calls),
            (nameof(budget.Tokens), budget.Tokens, effort => effort.Tokens),
            (nameof(budget.Cost), budget.Cost, effort => settings.Prices.Cost(effort.PromptTokens, effort.CompletionTokens)),
        ];
        return
        [
            .. from limit in all
               where limit.Most is not null
               select new BudgetLimit(
                   $"Budget:{limit.Name}", limit.Most!.Value, limit.Needed(plan.Expected)!.Value, limit.Needed(plan.Total)!.Value),
        ];
    }
}
