using System.Collections.Immutable;
using ModelConformance.Statistics;

namespace ModelConformance.Metrics;

/// <summary>A quantity that was measured: a <see cref="Measurement"/> or a <see cref="Contrast"/>.</summary>
public abstract record Measured
{
    private protected Measured()
    {
    }

    /// <summary>The quantity over the answered items, with an interval where there can be one; undefined where nothing was answered.</summary>
    public required Estimate Estimate { get; init; }

    /// <summary>
    /// The estimate if every unanswered item had the score that lowers it most, and every bounded one the least it can be. The same object as
    /// <see cref="Estimate"/> where every item has a score without doubt. Items never asked are unanswered too.
    /// </summary>
    public required Estimate AtLeast { get; init; }

    /// <summary>The estimate if every unanswered item had the score that raises it most; see <see cref="AtLeast"/>.</summary>
    public required Estimate AtMost { get; init; }

    /// <summary>The quantity in each cluster where it is defined, in the order of the items; none for a correlation or a slope.</summary>
    public required ImmutableArray<ClusterScore> Clusters { get; init; }

    /// <summary>The items of the cell: those without a target are among them, and those that the metric compares with.</summary>
    public required int Items { get; init; }

    /// <summary>
    /// The items behind <see cref="Estimate"/>: answered, with a target, and with what the metric needs. Pairs of items where the metric compares.
    /// </summary>
    public required int Scored { get; init; }

    /// <summary>The items without a target of the stereotype: no answer to them can have a score.</summary>
    public required int NoTarget { get; init; }

    /// <summary>The items, or pairs, that could have a score and have none: what <see cref="AtLeast"/> and <see cref="AtMost"/> are about.</summary>
    public required int Unscored { get; init; }

    /// <summary>The items that were asked, under every condition concerned; at most <see cref="Items"/>.</summary>
    public required int Asked { get; init; }

    /// <summary>The range of the quantity; may be infinite.</summary>
    internal abstract (double Lowest, double Highest) Range { get; }

    /// <summary>The measurements that the quantity is made of, each with its own counts: one, or the two sides of a contrast.</summary>
    public abstract ImmutableArray<Measurement> Sides { get; }
}
