using ModelConformance.Benchmarks.Reading;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Benchmarks.Reading;

public sealed class OptionLettersTests
{
    private static readonly Option[] Options = [new("a", "The piper"), new("b", "Not known"), new("c", "The drummer")];

    [Fact]
    public void The_surface_variants_of_a_letter_are_summed()
    {
        var read = Read([("b", .3), (" B", .2), ("(b", .1), ("b)", .1), ("a", .2), ("The", .05)]);

        Math.Exp(read.Logs["b"]).Should().BeApproximately(.7, 1e-12);
        Math.Exp(read.Logs["a"]).Should().BeApproximately(.2, 1e-12);
        read.MostProbable(Options).Should().Be("b");
    }

    [Fact]
    public void A_letter_outside_the_list_is_bounded_by_the_lowest_probability_returned()
    {
        var read = Read([("a", .6), ("b", .3), ("x", .01)]);

        read.Logs.Should().NotContainKey("c");
        Math.Exp(read.Below!.Value).Should().BeApproximately(.01, 1e-12);
    }

    [Theory]
    [InlineData(-9999.0)]
    [InlineData(-3.4028234663852886e38)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.NaN)]
    public void A_sentinel_is_no_probability(double sentinel)
    {
        var read = OptionLetters.Read(Options, [new([new("a", Math.Log(.6)), new("b", Math.Log(.2)), new("c", sentinel)])]);

        read.Logs.Keys.Should().BeEquivalentTo("a", "b");
        read.Below.Should().BeApproximately(Math.Log(.2), 1e-12);
    }

    [Fact]
    public void A_probability_too_small_for_a_double_keeps_its_logarithm()
    {
        var read = OptionLetters.Read(Options, [new([new("a", -0.1), new("b", -800), new(" b", -800)])]);

        read.Logs["b"].Should().BeApproximately(-800 + Math.Log(2), 1e-12);
        read.Logs["a"].Should().Be(-0.1);
    }

    [Fact]
    public void The_first_position_whose_most_probable_token_is_a_letter_is_read() =>
        Read([("The", .9), ("b", .1)], [(" answer", 1)], [(" (", 1)], [("c", .8), ("a", .1)]).MostProbable(Options).Should().Be("c");

    [Fact]
    public void The_fifth_position_is_not_read() =>
        Read([("The", 1)], [(" answer", 1)], [(" is", 1)], [(" (", 1)], [("c", 1)]).Logs.Should().BeEmpty();

    [Fact]
    public void An_article_is_not_the_letter_a() => Read([("A", .9), ("B", .1)], [(" drummer", 1)]).Logs.Should().BeEmpty();

    [Fact]
    public void An_article_at_a_later_position_is_not_the_letter_a() =>
        Read([("It", .9)], [(" was", 1)], [(" a", .9)], [(" tall", 1)]).Logs.Should().BeEmpty();

    [Theory]
    [InlineData(")")]
    [InlineData(".")]
    [InlineData("\n")]
    public void A_lone_a_before_a_mark_is_the_letter(string next) => Read([("A", .9), ("B", .1)], [(next, 1)]).MostProbable(Options).Should().Be("a");

    [Fact]
    public void A_lone_a_after_a_parenthesis_is_the_letter() => Read([(" (", 1)], [("a", .9)], [(" The", 1)]).MostProbable(Options).Should().Be("a");

    [Fact]
    public void A_lone_a_that_is_all_there_is_is_the_letter() => Read([("a", .9)]).MostProbable(Options).Should().Be("a");

    [Fact]
    public void Nothing_returned_gives_nothing()
    {
        OptionLetters.Read(Options, []).Logs.Should().BeEmpty();
        OptionLetters.Read(Options, default).Logs.Should().BeEmpty();
        OptionLetters.Read(Options, [new([])]).Logs.Should().BeEmpty();
        OptionLetters.Read(Options, [new(default)]).Logs.Should().BeEmpty();
    }

    private static OptionProbabilities Read(params (string Token, double Probability)[][] positions) =>
        OptionLetters.Read(
            Options,
            [.. positions.Select(position => new TokenAlternatives([.. position.Select(t => new TokenLogprob(t.Token, Math.Log(t.Probability)))]))]);
}
