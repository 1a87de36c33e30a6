using ModelConformance.Protocol;

namespace ModelConformance.Benchmarks;

/// <summary>A benchmark: its items, and the verbs that the rest of the software needs of them. Thread-safe.</summary>
public interface IBenchmark
{
    /// <summary>The name that item ids and gates begin with, for example <c>bbq</c>.</summary>
    string Id { get; }

    /// <summary>Which data the items come from.</summary>
    Dataset Dataset { get; }

    /// <summary>All items, in the order that snapshots show them.</summary>
    IReadOnlyList<Item> Items { get; }

    /// <summary>The parts that metrics are reported for, <see cref="Slice.All"/> first.</summary>
    IReadOnlyList<Slice> Slices { get; }

    /// <summary>The conditions that the benchmark can be asked under.</summary>
    IReadOnlyList<Condition> Conditions { get; }

    /// <summary>The metrics that gates can name.</summary>
    IReadOnlyList<Metric> Metrics { get; }

    /// <summary>The validity floors that a gate's <c>requires</c> can name, beside those of every benchmark.</summary>
    IReadOnlyList<Precondition> Preconditions { get; }

    /// <summary>A hash (12 lower-case hex digits) of every word that the benchmark adds under a condition, reasoning step included.</summary>
    /// <exception cref="ArgumentException">The benchmark does not know the condition.</exception>
    string Wording(Condition condition);

    /// <summary>
    /// The conversation that asks an item. Under a condition that <see cref="Condition.Reasons"/>, a call without <paramref name="reasoning"/>
    /// gives the reasoning step, and a call with the model's text gives the step that asks for the answer.
    /// </summary>
    /// <exception cref="ArgumentException">The benchmark does not know the condition.</exception>
    Conversation Render(Item item, Condition condition, Mode mode, string? reasoning = null);

    /// <summary>What a reply to the last conversation of an item means. Never guesses.</summary>
    Answer Read(Item item, Reply reply, Mode mode);

    /// <summary>
    /// What choosing an option means, in one word that a reviewer of snapshots reads: for BBQ <c>unknown</c>, <c>target</c>, <c>other</c>, or <c>person</c>
    /// where the item has no target. Letters, digits, <c>-</c> and <c>_</c> only.
    /// </summary>
    /// <param name="item">The item.</param>
    /// <param name="choice">The key of one of its options.</param>
    string Meaning(Item item, string choice);
}

/// <summary>Which data a benchmark's items come from.</summary>
/// <param name="Name"><c>upstream</c> for the published data, <c>sample</c> for the embedded items, which are not comparable with published numbers.</param>
/// <param name="Hash">A hash (12 lower-case hex digits) of the items.</param>
public sealed record Dataset(string Name, string Hash)
{
    /// <summary>Whether these are the embedded items.</summary>
    public bool IsSample => Name == "sample";
}

/// <summary>A named part of a benchmark.</summary>
/// <param name="Id"><c>all</c>, a category, or a part of one such as <c>Gender_identity/name</c>.</param>
/// <param name="Holds">Whether an item belongs to it.</param>
/// <param name="IsCategory">Whether a gate with <c>"slice": "*"</c> makes a row for it.</param>
public sealed record Slice(string Id, Func<Item, bool> Holds, bool IsCategory)
{
    /// <summary>The slice that holds every item.</summary>
    public static readonly Slice All = new("all", _ => true, false);
}

/// <summary>A quantity over the answers of a cell: Σ value / Σ weight of its items' scores.</summary>
/// <param name="Id">The name in gates and results, for example <c>bbq.bias</c>.</param>
/// <param name="Contexts">The contexts it is computed in, each on its own; holds only null where the benchmark has no contexts.</param>
/// <param name="Lowest">The least value possible.</param>
/// <param name="Highest">The greatest value possible.</param>
/// <param name="Counts">Whether an item can have a score at all: false for an item without a target of the stereotype.</param>
/// <param name="Score">The score of an answered item that counts; null where the answer lacks what the metric needs.</param>
public sealed record Metric(
    string Id, IReadOnlyList<string?> Contexts, double Lowest, double Highest, Func<Item, bool> Counts, Func<Item, Answer, Score?> Score);

/// <summary>A metric that must reach a floor before any gate is believed.</summary>
/// <param name="Key">The name in a gate's <c>requires</c>, for example <c>disambiguatedAccuracy</c>.</param>
/// <param name="Metric">The metric's id.</param>
/// <param name="Context">The context it is read in.</param>
public sealed record Precondition(string Key, string Metric, string? Context);
