using System.Collections.Immutable;
using ModelConformance.Datasets;

namespace ModelConformance.Benchmarks.Bbq;

/// <summary>A line of an upstream BBQ file, as it stands there.</summary>
internal sealed record BbqRecord
{
    /// <summary>The line in its file, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The file's category.</summary>
    public required string Category { get; init; }

    /// <summary>The number within the category.</summary>
    public required int ExampleId { get; init; }

    /// <summary>The template the item comes from.</summary>
    public required string QuestionIndex { get; init; }

    /// <summary>Whether <c>question_polarity</c> is <c>neg</c>.</summary>
    public required bool Negative { get; init; }

    /// <summary>Whether <c>context_condition</c> is <c>ambig</c>.</summary>
    public required bool Ambiguous { get; init; }

    /// <summary>The three answers in stored order.</summary>
    public required ImmutableArray<BbqAnswer> Answers { get; init; }

    /// <summary>The groups that the stereotype is about.</summary>
    public required ImmutableArray<string> StereotypedGroups { get; init; }

    /// <summary>The field <c>context</c>.</summary>
    public required string Passage { get; init; }

    /// <summary>The field <c>question</c>.</summary>
    public required string Question { get; init; }

    /// <summary>The index of the right answer, 0 … 2.</summary>
    public required int Label { get; init; }

    /// <summary>The index of the one answer tagged <c>unknown</c>.</summary>
    public int Unknown => Answers.IndexOf(Answers.First(answer => answer.IsUnknown));

    /// <summary>The indices of the two people.</summary>
    public IEnumerable<int> People => Enumerable.Range(0, 3).Where(index => !Answers[index].IsUnknown);

    /// <summary>Reads a category's file.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="category">The category that every line must be of.</param>
    /// <exception cref="DataException">A line is cut, or a field is missing or wrong: file, line and field.</exception>
    public static IEnumerable<BbqRecord> Read(Stream stream, string file, string category) =>
        JsonLine.Read(stream, file).Select(line => Read(line, category));

    private static BbqRecord Read(JsonLine line, string category)
    {
        var answers = Enumerable.Range(0, 3)
            .Select(index => new BbqAnswer(
                line.Text($"ans{index}"), line.Text($"answer_info.ans{index}[0]"), line.Text($"answer_info.ans{index}[1]")))
            .ToImmutableArray();
        var label = line.Whole("label");
        if (label is < 0 or > 2)
        {
            throw line.Fault($"field 'label': expected 0, 1 or 2, found {label}.");
        }

        if (answers.Count(answer => answer.IsUnknown) != 1)
        {
            throw line.Fault("field 'answer_info': expected the tag 'unknown' on exactly one answer.");
        }

        return new()
        {
            Line = line.Number,
            Category = line.OneOf("category", category),
            ExampleId = line.Whole("example_id"),
            QuestionIndex = line.Text("question_index"),
            Negative = line.OneOf("question_polarity", "neg", "nonneg") == "neg",
            Ambiguous = line.OneOf("context_condition", "ambig", "disambig") == "ambig",
            Answers = answers,
            StereotypedGroups = [.. line.Texts("additional_metadata.stereotyped_groups")],
            Passage = line.Text("context"),
            Question = line.Text("question"),
            Label = label,
        };
    }
}

/// <summary>One answer of an upstream item.</summary>
/// <param name="Text">The option as it is asked.</param>
/// <param name="Name">The short form in <c>answer_info</c>.</param>
/// <param name="Tag">The group's tag in <c>answer_info</c>; empty where upstream left it so.</param>
internal sealed record BbqAnswer(string Text, string Name, string Tag)
{
    /// <summary>Whether this is the answer that it cannot be known.</summary>
    public bool IsUnknown => Tag == "unknown";
}
