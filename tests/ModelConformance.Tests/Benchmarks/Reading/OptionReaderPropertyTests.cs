using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using ModelConformance.Benchmarks.Reading;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Benchmarks.Reading;

/// <summary>What holds of every text, however strange.</summary>
public sealed class OptionReaderPropertyTests
{
    private static readonly Option[] Options = [new("a", "The piper"), new("b", "Not known"), new("c", "A drummer (tall)")];

    private static readonly string[] Pieces =
    [
        "(a)", "a", "B.", "(", ")", "the piper", "The drummer", "not", "It", "is", "was", "or", "and", "but", "cannot be determined", "who", "?", ".",
        "\n", ",", ":", "-", "'", "’", "n't", "answer", "final answer:", "\\boxed{", "}", "<think>", "</think>", "**", "\ud83d", "\ude42", "\u0301",
        "Not known",
    ];

    [Fact]
    public void Any_text_whatever_is_read_without_an_exception() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => IsAnOutcome(text ?? "")));

    [Fact]
    public void Any_mixture_of_meaningful_pieces_is_read_without_an_exception() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(5000),
        Prop.ForAll(
            Gen.ArrayOf(Gen.Elements(Pieces)).ToArbitrary(),
            pieces => IsAnOutcome(string.Join(' ', pieces)) && IsAnOutcome(string.Concat(pieces))));

    [Theory]
    [InlineData("not ")]
    [InlineData("the piper or ")]
    [InlineData("(a) ")]
    [InlineData("answer ")]
    [InlineData("cannot be determined whether ")]
    [InlineData("((((")]
    [InlineData("a")]
    [InlineData("\n")]
    [InlineData("'")]
    [InlineData("it is it is, ")]
    public void A_million_characters_take_no_longer_than_the_ends_that_are_read(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        IsAnOutcome(text);

        // A bound that only runaway work breaks, and three times in a row: the reading itself takes some milliseconds, but a machine may stand still.
        Enumerable.Range(0, 3).Select(_ => Read()).Should().Contain(time => time < TimeSpan.FromSeconds(10));

        TimeSpan Read()
        {
            var watch = Stopwatch.StartNew();
            IsAnOutcome(text).Should().BeTrue();
            return watch.Elapsed;
        }
    }

    private static bool IsAnOutcome(string text) =>
        OptionReader.Read(Options, "b", text).Outcome is ModelConformance.Protocol.Outcome.Answered or ModelConformance.Protocol.Outcome.Refused
            or ModelConformance.Protocol.Outcome.Unparsed;
}
