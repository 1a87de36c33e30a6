namespace ModelConformance.Targets;

/// <summary>A ceiling of <see cref="Spending"/> is reached: nothing is wrong with the target, and nothing more may be asked of it.</summary>
/// <param name="message">Which ceiling, what was spent, and which setting raises it.</param>
public sealed class BudgetReachedException(string message) : Exception(message);
