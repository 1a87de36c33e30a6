using System.Collections.Immutable;

namespace ModelConformance.Gates;

/// <summary>
/// What a Fail is worth as one of all gates of a run: where two hundred are judged, some may fail by chance. No verdict depends on it.
/// </summary>
/// <param name="Holm">
/// <see cref="GateResult.P"/> after Holm's adjustment, in 0 … 1: where only gates at or below α are read as failures, any of them failed by
/// chance with probability α at most.
/// </param>
/// <param name="Gates">How many gates were judged in the run.</param>
public sealed record FamilyLevel(double Holm, int Gates)
{
    /// <summary>The same results, each Fail with its level among them. Every gate counts, one that has no p-value with a p of 1.</summary>
    /// <param name="judged">All gates that were judged in a run.</param>
    public static ImmutableArray<GateResult> Among(IEnumerable<GateResult> judged)
    {
        GateResult[] all = [.. judged];
        var adjusted = Statistics.Holm.Adjusted([.. all.Select(result => result.P ?? 1)]);
        return [.. all.Zip(adjusted, (result, holm) => result.P is null ? result : result with { Family = new(holm, all.Length) })];
    }
}
