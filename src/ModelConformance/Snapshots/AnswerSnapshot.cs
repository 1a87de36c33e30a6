using System.Collections.Immutable;
using ModelConformance.Benchmarks;
using ModelConformance.Protocol;

namespace ModelConformance.Snapshots;

/// <summary>The normalised answers of one collected cell, as reviewers approve them.</summary>
/// <param name="Heading">What they are answers to.</param>
/// <param name="Lines">One per item that was asked, in the benchmark's order of items.</param>
public sealed record AnswerSnapshot(SnapshotHeading Heading, ImmutableArray<SnapshotLine> Lines)
{
    /// <summary>The snapshot of a benchmark's slice under a condition.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="slice">The slice.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="mode">How the answers were measured.</param>
    /// <param name="target">The model's name.</param>
    /// <param name="prefill">How the answers' beginning reached the model.</param>
    /// <param name="answers">What each item was answered.</param>
    /// <param name="untilDecided">Whether only what gates needed was asked: items without an answer are then left out.</param>
    public static AnswerSnapshot Of(
        IBenchmark benchmark, Slice slice, Condition condition, Mode mode, string target, string prefill, Func<Item, Answer> answers,
        bool untilDecided = false)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        ArgumentNullException.ThrowIfNull(slice);
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(answers);
        var items = benchmark.Items.Where(slice.Holds).ToArray();
        Item[] shown = untilDecided ? [.. items.Where(item => answers(item).Outcome != Outcome.Missing)] : items;
        return new(
            new(target, prefill, benchmark.Id, benchmark.Dataset, slice.Id, condition.Id, mode, benchmark.Wording(condition))
            {
                IsPart = shown.Length < items.Length,
            },
            [.. shown.Select(item => SnapshotLine.Of(item, answers(item), benchmark.Meaning))]);
    }

    /// <summary>
    /// The text: the heading, an empty line, the items; lines end in LF, and none follows the last, which is how Verify writes what it is given.
    /// </summary>
    /// <exception cref="ArgumentException">Some part is not a plain word.</exception>
    public string Render() => string.Join(
        '\n',
        SnapshotHeading.Names.Zip(Heading.Values, (name, value) => $"{name}: {value}")
            .Concat(Heading.IsPart ? [SnapshotHeading.PartLine, ""] : [""]).Concat(Lines.Select(line => line.Render())));

    /// <summary>The opposite of <see cref="Render"/>. A final line break, which editors like to add, is let pass.</summary>
    /// <param name="text">The text of a snapshot.</param>
    /// <exception cref="SnapshotFormatException">The text is not a snapshot.</exception>
    public static AnswerSnapshot Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = (text.EndsWith('\n') ? text[..^1] : text).Split('\n');
        var names = SnapshotHeading.Names;
        var values = names.Select((name, index) => index < lines.Length && lines[index].StartsWith($"{name}: ", StringComparison.Ordinal)
            ? lines[index][(name.Length + 2)..]
            : throw new SnapshotFormatException(index + 1, $"'{name}: …'")).ToArray();
        var isPart = lines.Length > names.Length && lines[names.Length] == SnapshotHeading.PartLine;
        var end = names.Length + (isPart ? 1 : 0);
        if (lines.Length > end && lines[end].Length > 0)
        {
            throw new SnapshotFormatException(end + 1, "an empty line after the heading");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        return new(
            SnapshotHeading.Of(values) with { IsPart = isPart },
            [.. lines.Skip(end + 1).Select((line, index) => Item(line, end + 2 + index))]);

        SnapshotLine Item(string line, int number)
        {
            var item = SnapshotLine.Parse(line) ?? throw new SnapshotFormatException(
                number, "an item, its choice and what that means, as in 'bbq/Age/17  c  unknown' or 'bbq/Age/17  -  refused'");
            return seen.Add(item.Item) ? item : throw new SnapshotFormatException(number, $"each item once, and '{item.Item}' stands above already");
        }
    }
}
