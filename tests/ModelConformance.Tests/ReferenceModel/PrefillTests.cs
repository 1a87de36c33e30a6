using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.ReferenceModel;

public class PrefillTests
{
    private const int Items = 40;

    [Theory]
    [InlineData("The answer is", @"^ \(c\)( Not enough information)?\.?$")]
    [InlineData("The answer is (", @"^c\)( Not enough information)?\.?$")]
    [InlineData("The answer is ", @"^\(c\)( Not enough information)?\.?$")]
    public async Task A_prefill_is_continued_and_not_repeated(string prefill, string expected)
    {
        var texts = await TextsAsync(prefill, emulated: false);
        texts.Should().AllSatisfy(text => text.Should().MatchRegex(expected));
    }

    [Fact]
    public async Task An_emulated_prefill_gets_just_the_option()
    {
        var texts = await TextsAsync(null, emulated: true);
        texts.Should().AllSatisfy(text => text.Should().MatchRegex(@"^\(c\)( Not enough information)?\.?$"));
    }

    [Fact]
    public async Task Without_any_prefill_the_answer_is_a_sentence()
    {
        var texts = await TextsAsync(null, emulated: false);
        texts.Should().AllSatisfy(text => text.Should().MatchRegex(@"^The answer is \(c\)( Not enough information)?\.?$"));
    }

    [Fact]
    public async Task An_answer_takes_four_surface_forms()
    {
        (await TextsAsync(null, emulated: true)).Distinct().Should().BeEquivalentTo(
            "(c)", "(c).", "(c) Not enough information", "(c) Not enough information.");
    }

    [Fact]
    public async Task A_last_assistant_message_is_continued_without_vLLMs_fields_too()
    {
        var item = Questions.Ambiguous(2);
        await using var client = await ChatClient.StartAsync("always-unknown", [item]);
        var request = client.Request(BbqPrompt.Render(item, Condition.Q, Mode.Text, null), real: true);
        request.Remove("continue_final_message");
        request.Remove("add_generation_prompt");
        (await client.TextAsync(request)).Should().StartWith(" (c)");
    }

    [Fact]
    public async Task Every_options_words_are_the_questions_own()
    {
        var items = Questions.Many(200);
        foreach (var profile in new[] { "always-unknown", "always-stereotype", "always-anti-stereotype" })
        {
            await using var client = await ChatClient.StartAsync(profile, items);
            foreach (var item in items)
            {
                var text = await client.TextAsync(item, Condition.Q, real: false);
                var words = item.Options.Single(option => text.StartsWith($"({option.Key})", StringComparison.Ordinal)).Text.TrimEnd('.');
                text[3..].TrimEnd('.').Should().BeOneOf("", $" {words}");
            }
        }
    }

    /// <summary>The answers to items of which c is the unknown option.</summary>
    private static async Task<string[]> TextsAsync(string? prefill, bool emulated)
    {
        var items = Enumerable.Range(0, Items).Select(i => Questions.Ambiguous(i * 3 + 2)).ToArray();
        await using var client = await ChatClient.StartAsync("always-unknown", items);
        return await Task.WhenAll(items.Select(item =>
        {
            var question = BbqPrompt.Question(item) + (emulated ? $"\n\n{BbqWording.JustTheAnswer}" : "");
            return client.TextAsync(prefill is null
                ? client.Request(ChatClient.Message("user", question))
                : client.Request(ChatClient.Message("user", question), ChatClient.Message("assistant", prefill)));
        }));
    }
}
