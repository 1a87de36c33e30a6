using ModelConformance.Runs;

namespace ModelConformance.Planning;

/// <summary>A limit of the budget.</summary>
/// <param name="Setting">The setting: <c>Budget:Calls</c>.</param>
/// <param name="Most">What it allows.</param>
/// <param name="Needed">What the run may take.</param>
public sealed record BudgetLimit(string Setting, decimal Most, decimal Needed)
{
    /// <summary>Whether the run may take more than is allowed.</summary>
    public bool IsExceeded => Needed > Most;

    /// <summary>The limits that are set.</summary>
    internal static BudgetLimit[] Of(RunSettings settings, Effort effort)
    {
        var budget = settings.Budget;
        (string Name, decimal? Most, decimal? Needed)[] all =
        [
            (nameof(budget.Calls), budget.Calls, effort.Calls),
            (nameof(budget.Tokens), budget.Tokens, effort.Tokens),
            (nameof(budget.Cost), budget.Cost, settings.Prices.Cost(effort.PromptTokens, effort.CompletionTokens)),
        ];
        return
        [
            .. from limit in all
               where limit.Most is not null
               select new BudgetLimit($"Budget:{limit.Name}", limit.Most!.Value, limit.Needed!.Value),
        ];
    }
}
