using ModelConformance.Datasets;

namespace ModelConformance.Tests.Benchmarks.Bbq;

public class BbqRecordTests
{
    [Fact]
    public void A_line_becomes_a_record()
    {
        var record = BbqLines.Read("Age", BbqLines.Line(id: 7, polarity: "nonneg", context: "disambig"))[0];

        record.ExampleId.Should().Be(7);
        record.Negative.Should().BeFalse();
        record.Ambiguous.Should().BeFalse();
        record.Label.Should().Be(1);
        record.Unknown.Should().Be(2);
        record.People.Should().Equal(0, 1);
    }

    [Fact]
    public void A_cut_line_is_reported_with_file_and_line()
    {
        var whole = BbqLines.Line().ToJsonString();

        var reading = () => BbqLines.ReadText("Age", whole + "\n" + whole[..100]);

        reading.Should().Throw<DataException>().WithMessage("Age.jsonl:2: expected one whole JSON object*cut*");
    }

    [Theory]
    [InlineData("example_id")]
    [InlineData("question_index")]
    [InlineData("question_polarity")]
    [InlineData("context_condition")]
    [InlineData("category")]
    [InlineData("answer_info")]
    [InlineData("additional_metadata")]
    [InlineData("context")]
    [InlineData("question")]
    [InlineData("ans1")]
    [InlineData("label")]
    public void A_missing_field_is_named(string field)
    {
        var line = BbqLines.Line();
        line.Remove(field);

        var reading = () => BbqLines.Read("Age", line);

        reading.Should().Throw<DataException>().WithMessage($"Age.jsonl:1: field '{field}*' is missing.");
    }

    [Theory]
    [InlineData("label", "3", "expected 0, 1 or 2, found 3")]
    [InlineData("label", "\"2\"", "expected a whole number, found \"2\"")]
    [InlineData("question_polarity", "\"negative\"", "expected \"neg\" or \"nonneg\", found \"negative\"")]
    [InlineData("category", "\"Religion\"", "expected \"Age\", found \"Religion\"")]
    [InlineData("context", "null", "expected a text, found null")]
    public void A_wrong_value_is_shown_beside_what_was_expected(string field, string value, string fault)
    {
        var line = BbqLines.Line();
        line[field] = System.Text.Json.Nodes.JsonNode.Parse(value);

        var reading = () => BbqLines.Read("Age", line);

        reading.Should().Throw<DataException>().WithMessage($"Age.jsonl:1: field '{field}': {fault}*");
    }

    [Fact]
    public void Two_unknown_options_are_a_fault()
    {
        var reading = () => BbqLines.Read("Age", BbqLines.Line(first: ("Unknown", "Unknown", "unknown")));

        reading.Should().Throw<DataException>().WithMessage("*'unknown' on exactly one answer*");
    }
}
