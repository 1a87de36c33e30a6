using System.Collections.Immutable;
using ModelConformance.Metrics;
using ModelConformance.Protocol;
using ModelConformance.Statistics;

namespace ModelConformance.Gates;

/// <summary>What the answers say about a gate, and why.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">One sentence with the figures that decided, or what is lacking.</param>
/// <param name="Finding">About the gate's claim.</param>
/// <param name="Alternatives">About its alternatives, in their order; empty where it has none.</param>
public sealed record GateResult(Gate Gate, Verdict Verdict, string Reason, Finding Finding, ImmutableArray<Finding> Alternatives)
{
    /// <summary>
    /// The smallest alpha at which it would still fail, at least 1e-9: the probability that a quantity on its limit fails so clearly by the
    /// sample alone. With alternatives the greatest of the claims', all of which must fail. Null for any other verdict, and under
    /// <see cref="Evidence.Score"/>, which samples nothing.
    /// </summary>
    public double? P { get; init; }

    /// <summary><see cref="P"/> among all gates of its run; null where it has none, and before the run's other gates are judged.</summary>
    public FamilyLevel? Family { get; init; }

    /// <summary>About the claim and its alternatives.</summary>
    public IEnumerable<Finding> Findings => [Finding, .. Alternatives];

    /// <summary>The estimate of the claim's quantity.</summary>
    public Estimate Estimate => Finding.Measured.Estimate;

    /// <summary>
    /// Where the gate stopped early, how many of the claim's items (or pairs) were counted until it was decided, and how many there are; null where
    /// all were asked.
    /// </summary>
    public (int Units, int Of)? Counted { get; init; }

    /// <summary>
    /// The items asked, under both conditions where the claim is a contrast; where the gate stopped early, those that were counted.
    /// </summary>
    public int Asked => Counted?.Units ?? Finding.Measured.Asked;

    /// <summary>The items of the cell; where the gate stopped early, those that could be counted.</summary>
    public int Of => Counted?.Of ?? Finding.Measured.Items;
}

/// <summary>What the answers say about one claim, before the gate's requirements are looked at.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Verdict">Its verdict.</param>
/// <param name="Reason">Why.</param>
/// <param name="Measured">Its quantity: estimate, counts of each side.</param>
/// <param name="Baseline">The same metric under Q, where the claim is about another condition that Q can stand beside; otherwise null.</param>
/// <param name="Worst">The clusters furthest beyond the limits, worst first: 3 at most, none where all are within.</param>
public sealed record Finding(
    Claim Claim, Verdict Verdict, string Reason, Measured Measured, Measurement? Baseline, ImmutableArray<ClusterScore> Worst)
{
    /// <summary>The sides that are of the run.</summary>
    internal IEnumerable<Measurement> Own => Claim.Quantity.IsAgainstApproved ? [Measured.Sides[0]] : Measured.Sides;

    /// <summary>The side that is approved, where anything is; null for other claims.</summary>
    internal Measurement? Approved => Claim.Quantity.IsAgainstApproved && Measured.Sides[1] is { Asked: > 0 } side ? side : null;

    /// <summary>What a side of the quantity is called: its condition, or that it is approved.</summary>
    internal string NameOf(Measurement side) =>
        Claim.Quantity.IsAgainstApproved && ReferenceEquals(side, Measured.Sides[1]) ? Condition.Approved.Id : side.Condition.Id;
}
