using System.Collections.Immutable;
using System.Text.Json;
using ModelConformance.Benchmarks.Reading;
using ModelConformance.Protocol;
using Xunit.Abstractions;

namespace ModelConformance.Tests.Benchmarks.Reading;

/// <summary>What free texts mean: the rows are data, in <c>extraction-cases.json</c>.</summary>
public sealed class OptionReaderTests
{
    public static TheoryData<ExtractionCase> Cases() => new(ExtractionCase.Load());

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_reply_means(ExtractionCase row)
    {
        ArgumentNullException.ThrowIfNull(row);

        var answer = OptionReader.Read(row.Options, row.Unknown, row.Reply, row.Question, row.Cut);

        (answer.Choice ?? answer.Outcome.ToString().ToLowerInvariant()).Should().Be(row.Expected, row.Why);
    }

    [Fact]
    public void Every_outcome_and_every_option_occurs_among_the_cases() =>
        ExtractionCase.Load().Select(row => row.Expected).Distinct().Should().BeEquivalentTo("a", "b", "c", "refused", "unparsed");

    [Fact]
    public void An_item_without_an_unknown_option_has_no_unknown_answer() =>
        OptionReader.Read([new("a", "The piper"), new("b", "The drummer")], null, "It cannot be determined.").Should().Be(Answer.Unparsed);

    [Theory]
    [InlineData("(b)")]
    [InlineData(" (b).")]
    [InlineData("**(B)**")]
    public void A_letter_alone_is_no_choice_where_another_option_is_that_letter(string reply)
    {
        OptionReader.Read([new("a", "Class A"), new("b", "Class C"), new("c", "Neither")], "c", reply).Should().Be(Answer.Of("b"));
        OptionReader.Read([new("a", "A"), new("b", "C"), new("c", "B")], null, reply).Should().Be(Answer.Unparsed);
    }
}

/// <summary>A row of <c>extraction-cases.json</c>.</summary>
public sealed class ExtractionCase : IXunitSerializable
{
    public ImmutableArray<Option> Options { get; private set; }

    public string Unknown { get; private set; } = "";

    public string Question { get; private set; } = "";

    public string Reply { get; private set; } = "";

    public string Expected { get; private set; } = "";

    public string Why { get; private set; } = "";

    public bool Cut { get; private set; }

    private int Index { get; set; }

    public static ExtractionCase[] Load()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Benchmarks", "Reading", "extraction-cases.json");
        using var file = JsonDocument.Parse(File.ReadAllText(path));
        return [.. Enumerable.Range(0, file.RootElement.GetProperty("cases").GetArrayLength()).Select(i => At(file, i))];
    }

    public void Serialize(IXunitSerializationInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        info.AddValue(nameof(Index), Index);
    }

    public void Deserialize(IXunitSerializationInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        var row = Load()[info.GetValue<int>(nameof(Index))];
        (Options, Unknown, Question, Reply, Expected, Why, Cut, Index) =
            (row.Options, row.Unknown, row.Question, row.Reply, row.Expected, row.Why, row.Cut, row.Index);
    }

    public override string ToString() => $"{Index}: '{Reply.ReplaceLineEndings("\\n")}' → {Expected} ({Why})";

    private static ExtractionCase At(JsonDocument file, int index)
    {
        var row = file.RootElement.GetProperty("cases")[index];
        var item = file.RootElement.GetProperty("options").GetProperty(row.GetProperty("options").GetString()!);
        return new()
        {
            Options = [.. item.GetProperty("texts").EnumerateArray().Select((text, i) => new Option("abc"[i].ToString(), text.GetString()!))],
            Unknown = item.GetProperty("unknown").GetString()!,
            Question = item.GetProperty("question").GetString()!,
            Reply = row.GetProperty("reply").GetString()!,
            Expected = row.GetProperty("expected").GetString()!,
            Why = row.GetProperty("why").GetString()!,
            Cut = row.TryGetProperty("cut", out var cut) && cut.GetBoolean(),
            Index = index,
        };
    }
}
