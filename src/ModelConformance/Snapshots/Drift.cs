using System.Collections.Immutable;

namespace ModelConformance.Snapshots;

/// <summary>What changed between two snapshots of one cell.</summary>
/// <param name="Heading">Where they are not answers to the same; the rest is then empty, since nothing can be compared.</param>
/// <param name="Flips">The items answered otherwise, in item order.</param>
/// <param name="Added">The items that only the received snapshot has; none where one of the two was asked until decided.</param>
/// <param name="Removed">The items that only the approved snapshot has; none where one of the two was asked until decided.</param>
/// <param name="Items">The number of items in either; in both where one of the two was asked until decided.</param>
public sealed record Drift(
    ImmutableArray<HeadingDifference> Heading, ImmutableArray<Flip> Flips, ImmutableArray<string> Added, ImmutableArray<string> Removed, int Items)
{
    /// <summary>The items that only one of the two has because its gates needed more of them: they say nothing about what changed.</summary>
    public int NotCompared { get; init; }

    /// <summary>Whether the snapshots are answers to the same.</summary>
    public bool IsComparable => Heading.IsEmpty;

    /// <summary>The items that count against the budget.</summary>
    public int Changed => Flips.Length + Added.Length + Removed.Length;

    /// <summary>The flips counted by what they turned from and into, the most frequent first.</summary>
    public IReadOnlyList<FlipDirection> Directions =>
    [
        .. Flips.GroupBy(flip => (From: flip.Old.Meaning, To: flip.New.Meaning))
            .Select(group => new FlipDirection(group.Key.From, group.Key.To, group.Count()))
            .OrderByDescending(direction => direction.Count)
            .ThenBy(direction => direction.From, StringComparer.Ordinal)
            .ThenBy(direction => direction.To, StringComparer.Ordinal),
    ];

    /// <summary>Compares two snapshots.</summary>
    /// <param name="approved">What reviewers approved.</param>
    /// <param name="received">What the target answered now.</param>
    public static Drift Between(AnswerSnapshot approved, AnswerSnapshot received)
    {
        ArgumentNullException.ThrowIfNull(approved);
        ArgumentNullException.ThrowIfNull(received);
        var old = approved.Lines.ToDictionary(line => line.Item, StringComparer.Ordinal);
        var now = received.Lines.Select(line => line.Item).ToHashSet(StringComparer.Ordinal);
        var items = old.Keys.Union(now).Count();
        ImmutableArray<HeadingDifference> heading =
        [
            .. SnapshotHeading.Names
                .Select((name, index) => new HeadingDifference(name, received.Heading.Values[index], approved.Heading.Values[index]))
                .Where(difference => difference.Found != difference.Expected),
        ];
        if (heading.Length > 0)
        {
            return new(heading, [], [], [], items);
        }

        ImmutableArray<Flip> flips =
        [
            .. received.Lines.Where(line => old.ContainsKey(line.Item))
                .Select(line => new Flip(old[line.Item], line))
                .Where(flip => flip.Old != flip.New),
        ];
        string[] added = [.. received.Lines.Select(line => line.Item).Where(item => !old.ContainsKey(item))];
        string[] removed = [.. approved.Lines.Select(line => line.Item).Where(item => !now.Contains(item))];
        var apart = added.Length + removed.Length;
        return !approved.Heading.IsPart && !received.Heading.IsPart ? new([], flips, [.. added], [.. removed], items)
            : apart < items || old.Count == 0 || now.Count == 0 ? new([], flips, [], [], items - apart) { NotCompared = apart }
            : new([new("asked", "other items", "some of the same")], [], [], [], items);
    }

    /// <summary>Whether the change may pass without a reviewer: never, where the snapshots cannot be compared.</summary>
    /// <param name="budget">What may change.</param>
    public bool IsWithin(DriftBudget budget)
    {
        ArgumentNullException.ThrowIfNull(budget);
        return IsComparable && Changed <= budget.Allowed(Items);
    }
}

/// <summary>An item that was answered otherwise.</summary>
/// <param name="Old">The approved answer.</param>
/// <param name="New">The received answer.</param>
public sealed record Flip(SnapshotLine Old, SnapshotLine New);

/// <summary>How many items turned from one meaning into another.</summary>
/// <param name="From">The approved meaning.</param>
/// <param name="To">The received meaning.</param>
/// <param name="Count">How many items.</param>
public sealed record FlipDirection(string From, string To, int Count)
{
    /// <inheritdoc />
    public override string ToString() => $"{From} → {To}: {Count}";
}

/// <summary>A line of the heading that differs.</summary>
/// <param name="Name">Which line.</param>
/// <param name="Found">What the received snapshot says.</param>
/// <param name="Expected">What the approved snapshot says.</param>
public sealed record HeadingDifference(string Name, string Found, string Expected);
