using ModelConformance.Benchmarks;
using ModelConformance.Benchmarks.Admissions;
using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Benchmarks.Winogender;
using ModelConformance.Protocol;
using ModelConformance.ReferenceModel;
using ModelConformance.Targets;

namespace ModelConformance.Tests.ReferenceModel;

/// <summary>The whole way, from a benchmark's prompt over the wire to its reader.</summary>
public class EveryWayTests
{
    private static readonly Lazy<IBenchmark[]> All =
        new(() => [BbqBenchmark.Open(null), WinogenderBenchmark.Open(null), AdmissionsBenchmark.Open(null, new())]);

    [Theory]
    [InlineData("openai-chat", "real", Mode.Text)]
    [InlineData("openai-chat", "real", Mode.Logprobs)]
    [InlineData("openai-chat", "emulated", Mode.Text)]
    [InlineData("openai-chat", "emulated", Mode.Logprobs)]
    [InlineData("openai-completions", "real", Mode.Text)]
    [InlineData("openai-completions", "real", Mode.Logprobs)]
    [InlineData("openai-completions", "real", Mode.Continuation)]
    public async Task Every_condition_of_every_benchmark_is_understood_and_gets_the_same_answer_in_every_way(string protocol, string prefill, Mode mode)
    {
        await using var server = await ReferenceServer.StartAsync(All.Value, Profile.Named("self-correcting"));
        using var target = Open(server, "self-correcting", protocol, prefill, mode);
        foreach (var benchmark in All.Value)
        {
            var direct = new DirectModel(benchmark, "self-correcting", seed: 0);
            foreach (var condition in benchmark.Conditions)
            {
                foreach (var item in Some(benchmark, 6))
                {
                    var answer = await AnswerAsync(target, benchmark, item, condition, mode);

                    answer.Choice.Should().NotBeNull().And.Be(direct.Answer(item, condition, Mode.Text).Choice, $"{item.Id} under {condition}");
                    foreach (var option in answer.Probabilities is null ? [] : item.Options.ToArray())
                    {
                        // An improbable option may not be among the alternatives, and is bounded by the least of them.
                        var expected = direct.Answer(item, condition, Mode.Logprobs).Share(option.Key, item.Options).Low;
                        answer.Share(option.Key, item.Options).Low.Should().BeApproximately(expected, 1e-6, $"{item.Id} under {condition}");
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("garbage", Outcome.Unparsed)]
    [InlineData("refusing", Outcome.Refused)]
    [InlineData("truncated", Outcome.Unparsed)]
    public async Task A_profile_that_does_not_answer_answers_no_benchmark(string profile, Outcome expected)
    {
        await using var server = await ReferenceServer.StartAsync(All.Value, Profile.Named(profile));
        using var target = Open(server, profile, "openai-chat", "real", Mode.Text);
        foreach (var benchmark in All.Value)
        {
            foreach (var item in Some(benchmark, 12))
            {
                (await AnswerAsync(target, benchmark, item, Condition.QIfCot, Mode.Text)).Outcome.Should().Be(expected, item.Id);
            }
        }
    }

    [Theory]
    [InlineData("openai-chat", "real")]
    [InlineData("openai-chat", "emulated")]
    [InlineData("openai-completions", "real")]
    public async Task A_truncated_model_reaches_the_token_limit_of_every_step_without_an_answer(string protocol, string prefill)
    {
        await using var server = await ReferenceServer.StartAsync(All.Value, Profile.Named("truncated"));
        using var target = Open(server, "truncated", protocol, prefill, Mode.Text);
        foreach (var benchmark in All.Value)
        {
            var item = benchmark.Items[0];
            var thought = await target.AskAsync(benchmark.Render(item, Condition.QIfCot, Mode.Text), 0, CancellationToken.None);
            var reply = await target.AskAsync(benchmark.Render(item, Condition.QIfCot, Mode.Text, thought.Text), 0, CancellationToken.None);

            new[] { thought.Finish, reply.Finish }.Should().AllBeEquivalentTo(Finish.Length);
            benchmark.Read(item, reply, Mode.Text).Should().Be(Answer.Unparsed);
        }
    }

    [Theory]
    [InlineData(Mode.Text)]
    [InlineData(Mode.Logprobs)]
    public void Who_does_not_look_at_the_question_takes_the_first_option_or_any(Mode mode)
    {
        foreach (var benchmark in All.Value)
        {
            Choices("always-first-option").Should().OnlyContain(choice => choice == benchmark.Items[0].Options[0].Key);
            Choices("random").GroupBy(choice => choice).Should().HaveCount(benchmark.Items[0].Options.Length)
                .And.OnlyContain(choice => Math.Abs(choice.Count() * benchmark.Items[0].Options.Length / 60.0 - 1) < 0.5);

            string?[] Choices(string profile)
            {
                var direct = new DirectModel(benchmark, profile, seed: 0);
                return [.. Some(benchmark, 60).Select(item => direct.Answer(item, Condition.QIfCot, mode).Choice)];
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(64)]
    public async Task Relative_frequencies_of_samples_are_the_probabilities_that_log_probabilities_show(int samples)
    {
        await using var server = await ReferenceServer.StartAsync(All.Value, Profile.Named("self-correcting"));
        using var target = Open(server, "self-correcting", "openai-chat", "real", Mode.Sampling);
        foreach (var benchmark in All.Value)
        {
            var direct = new DirectModel(benchmark, "self-correcting", seed: 0);
            var (expected, variance, drawn) = (0.0, 0.0, 0);
            foreach (var item in Some(benchmark, 24))
            {
                var key = item.Options[0].Key;
                var share = direct.Answer(item, Condition.Q, Mode.Logprobs).Share(key, item.Options).Low;
                (expected, variance) = (expected + samples * share, variance + samples * share * (1 - share));
                var conversation = benchmark.Render(item, Condition.Q, Mode.Sampling);
                for (var sample = 0; sample < samples; sample++)
                {
                    var reply = await target.AskAsync(conversation, sample, CancellationToken.None);
                    drawn += benchmark.Read(item, reply, Mode.Sampling).Choice == key ? 1 : 0;
                }
            }

            ((double)drawn).Should().BeApproximately(expected, 3.5 * Math.Sqrt(variance), benchmark.Id);
        }
    }

    private static async Task<Answer> AnswerAsync(ITarget target, IBenchmark benchmark, Item item, Condition condition, Mode mode)
    {
        var reasoning = condition.Reasons
            ? (await target.AskAsync(benchmark.Render(item, condition, mode), 0, CancellationToken.None)).Text
            : null;
        return benchmark.Read(item, await target.AskAsync(benchmark.Render(item, condition, mode, reasoning), 0, CancellationToken.None), mode);
    }

    private static ITarget Open(ReferenceServer server, string profile, string protocol, string prefill, Mode mode) => Target.Open(new TargetSettings
    {
        BaseUrl = server.BaseUrl.ToString(),
        Model = $"reference-{profile}",
        Protocol = protocol,
        Prefill = prefill,
        Mode = mode,
    });

    private static IEnumerable<Item> Some(IBenchmark benchmark, int count) =>
        Enumerable.Range(0, count).Select(i => benchmark.Items[i * benchmark.Items.Count / count]);
}
