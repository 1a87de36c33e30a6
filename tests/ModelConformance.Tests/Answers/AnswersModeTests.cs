using ModelConformance.Answers;
using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Datasets;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Answers;

/// <summary>A file of answers keeps to one mode, and to what that mode measured.</summary>
public sealed class AnswersModeTests
{
    private static readonly BbqBenchmark Bbq = BbqBenchmark.Open(null);
    private static readonly BbqItem First = Bbq.Questions[0];
    private static readonly BbqItem Second = Bbq.Questions[1];

    [Fact]
    public void An_answer_that_the_log_probabilities_left_open_is_not_read_from_the_text()
    {
        // A tie: the run said unparsed, and the text alone would say a.
        TokenAlternatives tie = new([new("a", Math.Log(.4)), new("b", Math.Log(.4))]);
        var reply = new Reply("a", Finish.Stop) { Tokens = [tie] };

        var answer = WrittenAndRead(reply, Mode.Logprobs, out var before);

        before.Outcome.Should().Be(Outcome.Unparsed);
        answer.Outcome.Should().Be(Outcome.Unparsed);
    }

    [Fact]
    public void A_probability_too_small_for_a_double_can_be_written()
    {
        var reply = new Reply("a", Finish.Stop) { Tokens = [new([new("a", -0.1), new("b", -800)])] };

        WrittenAndRead(reply, Mode.Logprobs, out _).Probabilities!.Logs["b"].Should().Be(-800);
    }

    [Fact]
    public void Texts_and_probabilities_are_two_modes_also_where_no_line_names_one()
    {
        var mixed = () => Read(Line(First, "\"text\":\"(a)\", \"options\":{\"a\":-0.1}"), Line(Second, "\"text\":\"(a)\""));

        mixed.Should().Throw<DataException>().WithMessage("*:2*one comparison uses one mode*");
    }

    [Fact]
    public void Answers_to_other_items_of_the_same_ids_are_refused()
    {
        var foreign = () => Read(Line(First, "\"text\":\"(a)\", \"dataset\":\"0123456789ab\""));

        foreign.Should().Throw<DataException>().WithMessage($"*:1*answers to other items, 0123456789ab; the present ones are {Bbq.Dataset.Hash} (sample)*");
    }

    private static Answer WrittenAndRead(Reply reply, Mode mode, out Answer before)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "answers.jsonl");
        before = BbqReader.Read(First, reply, mode);
        using (var writer = new AnswersWriter(path, Bbq, "model", "real"))
        {
            writer.Write(new(new(Bbq, First, Condition.Q), before, reply), mode);
            writer.Complete();
        }

        return AnswersFile.Read(path, Bbq)[First, Condition.Q];
    }

    private static AnswerSheet Read(params string[] lines)
    {
        using var folder = new TemporaryFolder();
        return AnswersFile.Read(folder.Write("answers.jsonl", string.Join('\n', lines)), Bbq);
    }

    private static string Line(Item item, string rest) => $$"""{"item":"{{item.Id}}", "condition":"Q", {{rest}}}""";
}
