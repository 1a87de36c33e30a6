using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ModelConformance.Protocol;
using ModelConformance.Targets.Wire;

namespace ModelConformance.Tests.Targets.Wire;

public sealed class CompletionReaderTests
{
    private const string Reply = """
        {"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":"It is (b).","refusal":null},"finish_reason":"stop"}],
        "model":"m","system_fingerprint":"fp","usage":{"prompt_tokens":7,"completion_tokens":2,"prompt_tokens_details":{"cached_tokens":4}}}
        """;

    // What servers add, in every shape; among it a content, which is another's in all places but one and is said again there.
    private static readonly string[] Added =
    [
        "\"id\":1", "\"\":null", "\"created\":1e9", "\"content\":\"no\"", "\"a\":[[],{},[{\"choices\":[1]}],\"]\"]",
        "\"b\":{\"model\":{\"usage\":3}}",
        "\"choice\":true", "\"MODEL\":\"n\"", "\"c\":\"\\\\\\\"}\"", "\"prompt_filter_results\":[{\"index\":0}]",
    ];

    [Fact]
    public void What_servers_add_changes_nothing_wherever_it_stands() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(Gen.ArrayOf(Gen.Elements(Added)).Two().ToArbitrary(), added => IsAsWritten(added.Item1, added.Item2)));

    [Fact]
    public void What_is_cut_anywhere_is_no_completion()
    {
        var whole = Encoding.UTF8.GetBytes(Reply);
        for (var length = 0; length < whole.Length; length++)
        {
            Reading(whole[..length]).Should().Throw<JsonException>($"{length} bytes are not the whole");
        }
    }

    [Fact]
    public void A_value_of_any_shape_is_refused_or_leaves_what_follows_it_as_it_is()
    {
        const string Places = """
            {"error":$,"choices":[{"logprobs":$,"error":$,"message":{"refusal":$,"content":$},"text":$,"finish_reason":$,"index":$},$],
            "usage":{"prompt_tokens":$,"prompt_tokens_details":$,"completion_tokens":3},"system_fingerprint":$,"model":"m"}
            """;
        string[] values =
        [
            "null", "true", "0", "-1", "1e300", "1e99999999999", "\"\"", "\"12\"", "\"\\ud83d\"", "[]", "[[1],{\"a\":[]}]", "{}", "{\"content\":[]}",
            "{\"cached_tokens\":{\"a\":1},\"b\":2}", "[\"a\",{\"type\":\"text\",\"text\":\"b\"}]", "{\"tokens\":[\"a\"],\"token_logprobs\":[-1]}",
        ];
        var read = 0;
        var parts = Places.Split('$');
        for (var place = 1; place < parts.Length; place++)
        {
            foreach (var value in values)
            {
                var json = string.Concat(parts.Select((part, i) => (i == 0 ? "" : i == place ? value : "null") + part));
                if (Read(Encoding.UTF8.GetBytes(json)) is { } completion)
                {
                    read++;
                    completion.Model.Should().Be("m", json);
                    completion.Usage.Completion.Should().Be(3, json);
                    completion.Choice.Should().NotBeNull(json);
                }
            }
        }

        read.Should().Be(141, "of 192, all but half a character and what is no text in the place of an answer's");
    }

    [Fact]
    public void A_byte_in_the_place_of_another_is_read_or_refused()
    {
        for (var place = 0; place < Reply.Length; place++)
        {
            foreach (var other in "\0\"{}[],:\\\u00c3\u00ff"u8.ToArray())
            {
                var bytes = Encoding.UTF8.GetBytes(Reply);
                bytes[place] = other;
                Read(bytes);
            }
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("""{"choices":{}}""")]
    [InlineData("""{"choices":[3]}""")]
    [InlineData("""{"choices":[{"text":3}]}""")]
    [InlineData("""{"choices":[{"finish_reason":3}]}""")]
    [InlineData("""{"choices":[{"message":"It is (b)."}]}""")]
    [InlineData("""{"choices":[{"message":{"content":{"text":"(b)"}}}]}""")]
    [InlineData("""{"choices":[]} {"choices":[]}""")]
    public void An_answer_in_an_unknown_shape_is_not_guessed_at(string json) => Reading(Encoding.UTF8.GetBytes(json)).Should().Throw<JsonException>();

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"choices":null}""")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("""{"choices":[null,{"text":"second"}]}""")]
    public void Without_a_first_choice_there_is_none(string json) => CompletionReader.Read(Encoding.UTF8.GetBytes(json)).Choice.Should().BeNull();

    [Fact]
    public void Choices_after_the_first_may_be_anything() =>
        CompletionReader.Read("""{"choices":[{"text":"first"},{"text":3},null,[{"text":4}],{"message":"x"}]}"""u8).Choice!.Text.Should().Be("first");

    private static Action Reading(byte[] json) => () => CompletionReader.Read(json);

    private static bool IsAsWritten(string[] outside, string[] inside)
    {
        var more = string.Concat(outside.Select(member => member + ","));
        var inMessage = string.Concat(inside.Select(member => member + ","));
        var json = Reply.Replace("\"id\"", $"{more}\"id\"", StringComparison.Ordinal)
            .Replace("\"model\"", $"{more}\"model\"", StringComparison.Ordinal)
            .Replace("\"index\"", $"{more}\"index\"", StringComparison.Ordinal)
            .Replace("\"role\"", $"{inMessage}\"role\"", StringComparison.Ordinal)
            .Replace("\"completion_tokens\"", $"{more}\"completion_tokens\"", StringComparison.Ordinal);
        var read = CompletionReader.Read(Encoding.UTF8.GetBytes(json));
        return read is { Model: "m", Fingerprint: "fp", Error: null }
            && read.Choice is { Content: "It is (b).", Refusal: null, Text: null, FinishReason: "stop" }
            && read.Usage == new TokenUsage(7, 2, 4, 0);
    }

    private static Completion? Read(byte[] json)
    {
        try
        {
            return CompletionReader.Read(json);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
