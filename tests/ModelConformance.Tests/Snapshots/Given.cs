using ModelConformance.Benchmarks;
using ModelConformance.Protocol;
using ModelConformance.Snapshots;

namespace ModelConformance.Tests.Snapshots;

/// <summary>Snapshots to test with.</summary>
internal static class Given
{
    public static readonly SnapshotHeading Heading =
        new("reference-fair", "real", "bbq", new Dataset("sample", "0123456789ab"), "Age", "Q+IF", Mode.Text, "ba9876543210");

    /// <summary>So many items answered "unknown", the first of them changed.</summary>
    public static AnswerSnapshot Answers(int items, params SnapshotLine[] changed) => new(
        Heading,
        [
            .. Enumerable.Range(1, items).Select(number => Line(number, "c", "unknown"))
                .Select(line => changed.FirstOrDefault(change => change.Item == line.Item) ?? line),
        ]);

    public static SnapshotLine Line(int number, string? choice, string meaning) => new($"bbq/Age/{number}", choice, meaning);

    public static SnapshotLine[] Flips(int count) => [.. Enumerable.Range(1, count).Select(number => Line(number, "a", "target"))];
}
