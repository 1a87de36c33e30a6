using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using ModelConformance.Answers;
using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Collection;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Answers;

/// <summary>What a run writes, <c>score</c> reads: the same outcomes, whatever the model said.</summary>
public sealed class AnswersWriterTests : IDisposable
{
    private static readonly BbqBenchmark Bbq = BbqBenchmark.Open(null);

    private static readonly string[] Pieces =
    [
        "(a)", "(b) ", "c.", "The answer is", "unknown", "I cannot answer that.", "\n", "\r\n", "\u2028", "\0", "\u001b[2J", "\u202e", "\"", "\\", "\ud83d", "\udc4d",
        "👍", "{\"item\":\"bbq/Age/0\"}", "</script>", "",
    ];

    private static readonly Gen<string> Texts = Gen.ArrayOf(Gen.Elements(Pieces)).Select(string.Concat);

    private static readonly Gen<double> Logs = Gen.Choose(-12_000, 0).Select(thousandths => thousandths / 1000.0);

    private static readonly Gen<TokenAlternatives> Tokens =
        Gen.ArrayOf(Gen.Elements("a", " b", "(c", "A", "The", "(", "x").Zip(Logs)).Select(top => new TokenAlternatives(
            [.. top.DistinctBy(token => token.Item1).OrderByDescending(token => token.Item2).Select(token => new TokenLogprob(token.Item1, token.Item2 - 2))]));

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(Mode.Text)]
    [InlineData(Mode.Logprobs)]
    public void Every_outcome_is_read_back_as_it_was(Mode mode)
    {
        var replies =
            from text in Texts
            from finish in Gen.Elements(Enum.GetValues<Finish>())
            from tokens in Gen.ArrayOf(Tokens)
            from reasoning in Gen.OneOf(Gen.Constant<string?>(null), Texts.Select(thought => (string?)thought))
            select (Reply: finish == Finish.Failed ? Reply.Failed(text) : new Reply(text, finish) { Tokens = [.. tokens] }, reasoning);

        Prop.ForAll(Gen.NonEmptyListOf(replies).ToArbitrary(), given =>
        {
            var answers = given.Zip(Bbq.Items, (reply, item) => new ItemAnswer(
                new(Bbq, item, Condition.QIf), Bbq.Read(item, reply.Reply, mode), reply.Reply)
            {
                Thought = reply.reasoning is null ? null : new(reply.reasoning, Finish.Stop),
            }).ToArray();
            var path = Write(answers, mode);

            File.ReadAllLines(path).Should().HaveCount(answers.Length, "a line end in a text is no line end of the file");
            var sheet = AnswersFile.Read(path, Bbq);
            foreach (var answer in answers)
            {
                var back = sheet[answer.Item, answer.Condition];
                (back.Outcome, back.Choice).Should().Be((answer.Answer.Outcome, answer.Answer.Choice), answer.ToString());
                (back.Probabilities?.Logs ?? Empty).Should().BeEquivalentTo(answer.Answer.Probabilities?.Logs ?? Empty);
                back.Probabilities?.Below.Should().Be(answer.Answer.Probabilities!.Below);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_file_bears_its_name_only_once_it_is_whole_and_an_older_one_is_gone_before()
    {
        var path = folder.Write("answers.bbq.jsonl", "older");
        using (var writer = new AnswersWriter(path, Bbq, "m", "real"))
        {
            writer.Write(Answered(Bbq.Items[0]), Mode.Text);
            folder.Files.Should().Equal("answers.bbq.jsonl.part");
            writer.Complete();
        }

        folder.Files.Should().Equal("answers.bbq.jsonl");
        AnswersFile.Read(path, Bbq)[Bbq.Items[0], Condition.Q].Choice.Should().Be("a");
    }

    [Fact]
    public void An_interrupted_file_stays_a_part_with_all_its_lines()
    {
        var path = Path.Combine(folder.Path, "answers.bbq.jsonl");
        using (var writer = new AnswersWriter(path, Bbq, "m", "real"))
        {
            foreach (var item in Bbq.Items)
            {
                writer.Write(Answered(item), Mode.Text);
            }
        }

        folder.Files.Should().Equal("answers.bbq.jsonl.part");
        AnswersFile.Read($"{path}.part", Bbq)[Bbq.Items[^1], Condition.Q].Choice.Should().Be("a");
    }

    [Fact]
    public void A_file_that_is_cut_stays_a_part_and_is_one_even_without_a_line()
    {
        var path = folder.Write("answers.bbq.jsonl", "older");
        using var writer = new AnswersWriter(path, Bbq, "m", "real");

        writer.Cut().Should().Be($"{path}.part");

        folder.Files.Should().Equal("answers.bbq.jsonl.part");
    }

    public void Dispose() => folder.Dispose();

    private static ImmutableDictionary<string, double> Empty => ImmutableDictionary<string, double>.Empty;

    private static ItemAnswer Answered(Item item)
    {
        var reply = new Reply("(a)", Finish.Stop);
        return new(new(Bbq, item, Condition.Q), Bbq.Read(item, reply, Mode.Text), reply);
    }

    private string Write(IEnumerable<ItemAnswer> answers, Mode mode)
    {
        var path = Path.Combine(folder.Path, "answers.jsonl");
        using var writer = new AnswersWriter(path, Bbq, "m", "real");
        foreach (var answer in answers)
        {
            writer.Write(answer, mode);
        }

        writer.Complete();
        return path;
    }
}
