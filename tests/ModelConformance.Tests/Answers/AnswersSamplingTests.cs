using System.Collections.Immutable;
using ModelConformance.Answers;
using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Datasets;
using ModelConformance.Protocol;
using ModelConformance.Tests.Cli;

namespace ModelConformance.Tests.Answers;

/// <summary>Files with samples: a line each, pooled where they are read.</summary>
public sealed class AnswersSamplingTests : IDisposable
{
    private static readonly BbqBenchmark Bbq = BbqBenchmark.Open(null);
    private static readonly Item First = Bbq.Items[0];
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Samples_are_written_as_they_came_and_read_back_as_one_answer()
    {
        Reply[] replies =
        [
            new("(b)", Finish.Stop), new("", Finish.Refusal), new("(c)", Finish.Stop),
            Reply.Failed("gone"), new("(c)", Finish.Length), new("?", Finish.Stop),
        ];
        var path = Path.Combine(folder.Path, "answers.jsonl");
        var sheet = new AnswerSheet();
        using (var writer = new AnswersWriter(path, Bbq, "m", "emulated"))
        {
            foreach (var (sample, reply) in replies.Index().Reverse())
            {
                var answer = Bbq.Read(First, reply, Mode.Sampling);
                sheet.TryAddSample(First, Condition.Q, sample, answer);
                writer.Write(new(new(Bbq, First, Condition.Q, sample), answer, reply), Mode.Sampling);
            }

            writer.Complete();
        }

        var read = AnswersFile.Read(path, Bbq)[First, Condition.Q];

        File.ReadLines(path).Should().HaveCount(6)
            .And.OnlyContain(line => line.Contains("\"mode\":\"sampling\"") && line.Contains("\"prefill\":\"emulated\""));
        File.ReadLines(path).First().Should().Contain("\"sample\":5,\"text\":\"?\"");
        read.Choice.Should().Be("c").And.Be(sheet[First, Condition.Q].Choice);
        read.Probabilities!.Logs.Should().BeEquivalentTo(sheet[First, Condition.Q].Probabilities!.Logs);
        read.Probabilities.Coverage.Should().BeApproximately(3.0 / 5, 1e-12);
    }

    [Fact]
    public void A_sample_given_twice_is_an_error_and_the_same_index_elsewhere_is_none()
    {
        Read(Line(0, 1), Line(1, 1), Line(0, 2)).SamplesPerItem.Should().Be((1, 2));
        var twice = () => Read(Line(0, 1), Line(0, 2), Line(0, 1));

        twice.Should().Throw<DataException>().WithMessage($"answers.jsonl:3: sample 1 of '{First.Id}' under Q was given before.");
    }

    [Fact]
    public void A_line_that_could_be_of_any_mode_is_a_sample_in_a_file_of_samples()
    {
        var sheet = Read($$"""{"item":"{{First.Id}}","condition":"Q","finish":"refusal"}""", Line(0, 1), Line(0, 2));

        (sheet[First, Condition.Q].Choice, sheet.SamplesPerItem).Should().Be(("a", (3, 3)));
    }

    [Fact]
    public void A_sample_beside_an_answer_without_a_mode_is_another_mode()
    {
        var mixed = () => Read(Line(0, 1), $$"""{"item":"{{Bbq.Items[1].Id}}","condition":"Q","text":"(a)"}""");

        mixed.Should().Throw<DataException>().WithMessage("*:2*found 'text' after 'sampling'; one comparison uses one mode*");
    }

    [Fact]
    public async Task Items_with_fewer_samples_are_pooled_over_their_own_and_it_is_said()
    {
        var even = await ScoreAsync(Line(0, 0), Line(0, 1), Line(1, 0), Line(1, 1));
        var uneven = await ScoreAsync(Line(0, 0), Line(0, 1), Line(1, 0));

        const string said = "Items have from 1 to 2 samples; each is pooled over its own.";
        (even.Code, uneven.Code).Should().Be((0, 0));
        even.Error.Should().NotContain(" samples");
        uneven.Error.Should().Contain(said);
    }

    [Fact]
    public void Probabilities_of_continuations_are_read_as_measured_though_one_begins_another()
    {
        var line = $$"""{"item":"{{First.Id}}","condition":"Q","options":{"a":-0.1,"b":-0.2,"c":-9.0},"mode":"continuation"}""";

        var answer = Read(line)[First, Condition.Q];

        answer.Choice.Should().Be("a");
        answer.Probabilities!.Logs["b"].Should().Be(-0.2);
    }

    [Fact]
    public void What_has_no_probability_at_all_can_be_written_and_read()
    {
        var path = Path.Combine(folder.Path, "answers.jsonl");
        var measured = new OptionProbabilities(
            First.Options.ToImmutableDictionary(option => option.Key, option => option.Key == "b" ? -0.5 : double.NegativeInfinity), null);
        using (var writer = new AnswersWriter(path, Bbq, "m", "real"))
        {
            writer.Write(new(new(Bbq, First, Condition.Q), Answer.Of("b", measured), new Reply("", Finish.Stop)), Mode.Continuation);
            writer.Complete();
        }

        var read = AnswersFile.Read(path, Bbq)[First, Condition.Q];

        read.Choice.Should().Be("b");
        First.Options.Select(option => read.Share(option.Key, First.Options)).Should().Equal((0.0, 0.0), (1.0, 1.0), (0.0, 0.0));
    }

    public void Dispose() => folder.Dispose();

    private static string Line(int item, int sample) =>
        $$"""{"item":"{{Bbq.Items[item].Id}}","condition":"Q","sample":{{sample}},"text":"(a)","mode":"sampling"}""";

    private AnswerSheet Read(params string[] lines) => AnswersFile.Read(folder.Write("answers.jsonl", string.Join('\n', lines)), Bbq);

    private Task<Shell.Finished> ScoreAsync(params string[] lines) =>
        new Shell().RunAsync("score", "--answers", folder.Write("answers.jsonl", string.Join('\n', lines)));
}
