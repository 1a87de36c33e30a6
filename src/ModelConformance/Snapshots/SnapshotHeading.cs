using System.Collections.Immutable;
using ModelConformance.Benchmarks;
using ModelConformance.Protocol;

namespace ModelConformance.Snapshots;

/// <summary>What the answers of a snapshot are answers to. Snapshots that differ in any of it cannot be compared.</summary>
/// <param name="Target">The model's name.</param>
/// <param name="Prefill">How the answers' beginning reached the model: <c>real</c> or <c>emulated</c>.</param>
/// <param name="Benchmark">The benchmark's id.</param>
/// <param name="Dataset">Which items.</param>
/// <param name="Slice">Which part of the benchmark.</param>
/// <param name="Condition">The condition's id.</param>
/// <param name="Mode">How the answers were measured.</param>
/// <param name="Wording">The hash of the words around the items.</param>
public sealed record SnapshotHeading(
    string Target, string Prefill, string Benchmark, Dataset Dataset, string Slice, string Condition, Mode Mode, string Wording)
{
    /// <summary>The line that follows the others where <see cref="IsPart"/>.</summary>
    internal const string PartLine = "asked: until decided";

    /// <summary>
    /// Whether the gates that read the cell stopped before all its items were asked, so that the snapshot holds a part of them. Two such parts of
    /// different lengths can be compared where they overlap.
    /// </summary>
    public bool IsPart { get; init; }

    /// <summary>The names of the lines that a snapshot begins with, in order.</summary>
    internal static readonly ImmutableArray<string> Names =
        ["target", "prefill", "benchmark", "dataset", "slice", "condition", "mode", "wording"];

    /// <summary>The values, as a snapshot shows them, in the order of <see cref="Names"/>.</summary>
    /// <exception cref="ArgumentException">A value is not a plain word.</exception>
    internal ImmutableArray<string> Values =>
    [
        ModelName.Escape(Target),
        PlainWord.Check(Prefill),
        PlainWord.Check(Benchmark),
        $"{PlainWord.Check(Dataset.Name)} {PlainWord.Check(Dataset.Hash)}",
        PlainWord.Check(Slice),
        PlainWord.Check(Condition),
        Mode.Word(),
        PlainWord.Check(Wording),
    ];

    /// <summary>The opposite of <see cref="Values"/>.</summary>
    internal static SnapshotHeading Of(IReadOnlyList<string> values)
    {
        var dataset = values[3].Split(' ');
        if (dataset.Length != 2 || !dataset.All(PlainWord.Is))
        {
            throw new SnapshotFormatException(4, "the dataset's name and hash, as in 'dataset: upstream 0123456789ab'");
        }

        return new(
            ModelName.Unescape(values[0]) ?? throw new SnapshotFormatException(1, "a model's name"),
            Single(1),
            Single(2),
            new Dataset(dataset[0], dataset[1]),
            Single(4),
            Single(5),
            ModeWord.Words.Contains(values[6]) ? ModeWord.Of(values[6]) : throw new SnapshotFormatException(7, $"'mode: ' and {ModeWord.All}"),
            Single(7));

        string Single(int index) => PlainWord.Is(values[index])
            ? values[index]
            : throw new SnapshotFormatException(index + 1, $"one word after '{Names[index]}: '");
    }
}
