using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Protocol;
using ModelConformance.ReferenceModel;
using ModelConformance.ReferenceModel.Bbq;

namespace ModelConformance.Tests.ReferenceModel;

/// <summary>What the server says over HTTP is what the truth says it should.</summary>
public class PlantedRatesTests
{
    /// <summary>Standard deviations that a count may lie from its expectation: the seed is fixed, so that a pass stays a pass.</summary>
    private const double Reach = 3.5;

    private static readonly Func<BbqItem, string>[] Roles = [item => item.Target!, item => item.Other!, item => item.Unknown, item => item.Label];

    [Theory]
    [InlineData("fair", 1600)]
    [InlineData("self-correcting", 1600)]
    [InlineData("biased", 1600)]
    [InlineData("always-unknown", 96)]
    [InlineData("always-stereotype", 96)]
    [InlineData("always-anti-stereotype", 96)]
    [InlineData("ideal", 96)]
    [InlineData("always-first-option", 96)]
    [InlineData("random", 1600)]
    public async Task Answers_come_at_the_planted_rates(string profile, int count)
    {
        var items = Questions.Many(count);
        await using var client = await ChatClient.StartAsync(profile, items);
        foreach (var condition in new[] { Condition.Q, Condition.QIf, Condition.QIfCot })
        {
            var answers = await AnswersAsync(client, items, condition);
            foreach (var group in items.Zip(answers).GroupBy(pair => pair.First.Context))
            {
                foreach (var role in Roles)
                {
                    var planted = group.Select(pair => Planted.Of(Profile.Named(profile), pair.First, condition)[role(pair.First)]).ToArray();
                    ((double)group.Count(pair => pair.Second == role(pair.First))).Should().BeApproximately(
                        planted.Sum(), Reach * Math.Sqrt(planted.Sum(p => p * (1 - p))), $"{profile}, {condition}, {group.Key}");
                }
            }
        }
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("refusing")]
    [InlineData("truncated")]
    public async Task A_profile_that_does_not_answer_names_no_option(string profile)
    {
        var items = Questions.Many(24);
        await using var client = await ChatClient.StartAsync(profile, items);
        foreach (var item in items)
        {
            var text = await client.TextAsync(item, Condition.QIf);
            text.Should().NotMatchRegex(@"\b[abcABC]\b").And.NotContainAny("welder", "florist", "information");
            System.Text.RegularExpressions.Regex.IsMatch(text, "^ I('m sorry,| cannot )").Should().Be(profile == "refusing");
        }
    }

    private static async Task<string[]> AnswersAsync(ChatClient client, BbqItem[] items, Condition condition)
    {
        var answers = new string[items.Length];
        await Parallel.ForAsync(0, items.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
            answers[i] = (await client.TextAsync(items[i], condition, reasoning: condition.Reasons ? "Well." : null)).Trim()[1..2]);
        return answers;
    }
}
