namespace ModelConformance.Gates;

/// <summary>
/// That a gate is asked until its verdict is known: item by item in a fixed order, with the promise that the verdict is the full run's but for a
/// probability of alpha. <c>"stop": "early"</c> in a thresholds file.
/// </summary>
/// <param name="Seed">
/// Fixes the order. It belongs to the thresholds, as the limits do: whoever may choose it after a run may choose the verdict.
/// </param>
public sealed record EarlyStopping(int Seed)
{
    /// <summary>The seed of a thresholds file that gives none.</summary>
    public const int DefaultSeed = 1;
}
