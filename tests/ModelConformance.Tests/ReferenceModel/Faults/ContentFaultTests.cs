using System.Text.Json.Nodes;
using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Protocol;
using ModelConformance.ReferenceModel;
using ModelConformance.Targets;
using ModelConformance.Tests.Targets;

namespace ModelConformance.Tests.ReferenceModel.Faults;

/// <summary>Each fault of content on the wire, and the outcome that the target makes of it.</summary>
public class ContentFaultTests : FaultTest
{
    [Theory]
    [InlineData("null", "stop", null)]
    [InlineData("empty", "length", "")]
    [InlineData("filter", "content_filter", null)]
    [InlineData("tools", "tool_calls", null)]
    public async Task A_reply_without_words_says_how_it_ended(string fault, string finish, string? content)
    {
        var choice = await ChoiceAsync(fault);
        ((string?)choice["finish_reason"]).Should().Be(finish);
        ((string?)choice["message"]!["content"]).Should().Be(content);
        (choice["message"]!["tool_calls"] is not null).Should().Be(fault == "tools");
    }

    [Fact]
    public async Task Parts_are_the_content_in_pieces()
    {
        var parts = (JsonArray)(await ChoiceAsync("parts"))["message"]!["content"]!;
        parts.Select(part => (string)part!["type"]!).Should().Equal("text", "text");
        string.Concat(parts.Select(part => (string)part!["text"]!)).Should().Be((string?)(await ChoiceAsync(null))["message"]!["content"]);
    }

    [Fact]
    public async Task Of_several_choices_the_first_is_the_answer_and_the_others_say_something_else()
    {
        await using var server = await StartAsync("choices");
        var choices = (JsonArray)JsonNode.Parse((await RawReply.PostAsync(server.BaseUrl, Chat(0))).Text)!["choices"]!;
        choices.Select(choice => (int)choice!["index"]!).Should().Equal(0, 1, 2);
        choices[0]!.ToJsonString().Should().Be((await ChoiceAsync(null)).ToJsonString());
        choices[1]!["message"]!.ToJsonString().Should().NotBe(choices[0]!["message"]!.ToJsonString());
    }

    [Theory]
    [InlineData("null", Mode.Text, Finish.Stop, Outcome.Unparsed)]
    [InlineData("null", Mode.Logprobs, Finish.Stop, Outcome.Unparsed)]
    [InlineData("empty", Mode.Text, Finish.Length, Outcome.Unparsed)]
    [InlineData("empty", Mode.Logprobs, Finish.Length, Outcome.Unparsed)]
    [InlineData("filter", Mode.Text, Finish.ContentFilter, Outcome.Filtered)]
    [InlineData("filter", Mode.Logprobs, Finish.ContentFilter, Outcome.Filtered)]
    [InlineData("tools", Mode.Text, Finish.Stop, Outcome.Unparsed)]
    public async Task A_reply_without_words_is_an_outcome_and_no_reason_to_ask_again(string fault, Mode mode, Finish finish, Outcome outcome)
    {
        await using var server = await StartAsync(fault);
        using var target = Open(server, mode);
        var replies = await AskAsync(target, mode);
        replies.Should().OnlyContain(reply => reply.Finish == finish && reply.Text.Length == 0);
        replies.Select((reply, place) => BbqReader.Read(Items[place], reply, mode).Outcome).Should().OnlyContain(found => found == outcome);
        server.Requests.Should().Be(Items.Length);
    }

    [Theory]
    [InlineData("choices", Mode.Text)]
    [InlineData("choices", Mode.Logprobs)]
    [InlineData("parts", Mode.Text)]
    [InlineData("parts", Mode.Logprobs)]
    public async Task An_odd_shape_is_the_same_answer(string fault, Mode mode)
    {
        await using var server = await StartAsync(fault);
        await using var plain = await StartAsync(null);
        using var target = Open(server, mode);
        using var other = Open(plain, mode);
        (await AskAsync(target, mode)).Select(Said).Should().Equal((await AskAsync(other, mode)).Select(Said));
    }

    [Fact]
    public async Task A_conversation_has_the_same_fault_whenever_it_is_asked()
    {
        await using var server = await StartAsync("content", 0.5);
        await using var restarted = await StartAsync("content", 0.5);
        await using var other = await StartAsync("content", 0.5, seed: 1);
        var first = await SaidAsync(server);
        (await SaidAsync(server)).Should().Equal(first);
        (await SaidAsync(restarted)).Should().Equal(first);
        (await SaidAsync(other)).Should().NotEqual(first);

        static async Task<string[]> SaidAsync(ReferenceServer server)
        {
            using var target = Open(server);
            return [.. (await AskAsync(target)).Select(Said)];
        }
    }

    [Fact]
    public async Task Faults_of_transport_do_not_change_which_conversations_have_one_of_content()
    {
        await using var calm = await StartAsync("content", 0.5);
        await using var stormy = await StartAsync("content,500,truncated,reset", 0.5);
        using var target = Open(calm);
        using var shaken = Target.Open(SettingsFor(stormy) with { Retries = 50 }, time: new ImpatientTime());
        (await AskAsync(shaken)).Select(Said).Should().Equal((await AskAsync(target)).Select(Said));
    }

    [Theory]
    [InlineData(Mode.Text)]
    [InlineData(Mode.Logprobs)]
    public async Task The_probe_is_spared(Mode mode)
    {
        await using var server = await StartAsync("content");
        using var target = Open(server, mode);
        (await target.ProbeAsync(CancellationToken.None)).Reply!.Text.Should().Be("I do not know this question.");
    }

    [Theory]
    [InlineData("filter", Finish.ContentFilter)]
    [InlineData("choices", Finish.Stop)]
    [InlineData("null,empty,tools,parts", Finish.Stop)]
    public async Task A_text_completion_knows_filters_and_choices_only(string fault, Finish finish)
    {
        await using var server = await StartAsync(fault);
        using var target = Target.Open(SettingsFor(server) with { Protocol = "openai-completions" });
        (await AskAsync(target)).Should().OnlyContain(reply => reply.Finish == finish && reply.Text.Length == 0 == (finish == Finish.ContentFilter));
    }

    private static async Task<JsonNode> ChoiceAsync(string? fault)
    {
        await using var server = await StartAsync(fault);
        return JsonNode.Parse((await RawReply.PostAsync(server.BaseUrl, Chat(0))).Text)!["choices"]![0]!;
    }

    private static ITarget Open(ReferenceServer server, Mode mode = Mode.Text) => Target.Open(SettingsFor(server) with { Mode = mode });
}
