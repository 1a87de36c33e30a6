using ModelConformance.Protocol;
using ModelConformance.Targets;
using ModelConformance.Tests.Targets;

namespace ModelConformance.Tests.ReferenceModel.Faults;

/// <summary>What the target makes of faults of transport: the answers of a server that has none.</summary>
public class HealedFaultTests : FaultTest
{
    [Theory]
    [InlineData("429", "HTTP 429")]
    [InlineData("500", "HTTP 500")]
    [InlineData("502", "HTTP 502")]
    [InlineData("503", "HTTP 503")]
    [InlineData("529", "HTTP 529")]
    [InlineData("reset", "connection")]
    [InlineData("truncated", "unreadable")]
    [InlineData("encoding", "unreadable")]
    [InlineData("skew", "HTTP 429")]
    [InlineData("html", "HTTP 502")]
    public async Task What_can_heal_does_and_is_counted_by_its_cause(string fault, string cause)
    {
        await using var server = await StartAsync(fault, 0.3);
        using var target = Open(server);
        (await AskAfterOneAsync(target)).Select(Said).Should().Equal(await UndisturbedAsync());
        target.Observations.Retries.Should().ContainKey(cause);
    }

    [Theory]
    [InlineData(Mode.Text)]
    [InlineData(Mode.Logprobs)]
    public async Task All_faults_together_change_no_answer(Mode mode)
    {
        await using var server = await StartAsync("429,500,502,503,529,reset,truncated,html,type,encoding,skew", 0.6);
        using var target = Open(server, mode);
        (await AskAfterOneAsync(target, mode)).Select(Said).Should().Equal(await UndisturbedAsync(mode));
    }

    [Fact]
    public async Task A_wrong_content_type_needs_no_healing()
    {
        await using var server = await StartAsync("type");
        using var target = Open(server);
        (await AskAsync(target)).Select(Said).Should().Equal(await UndisturbedAsync());
        target.Observations.Retries.Should().BeEmpty();
    }

    [Fact]
    public async Task A_body_that_dribbles_is_given_up_after_the_timeout_and_asked_for_again()
    {
        // Few, and with real pauses: where a busy machine answers nothing for some seconds, the repeats must last, and it must be no outage.
        const int few = 16;
        await using var server = await StartAsync("slow", 0.2);
        using var target = Target.Open(SettingsFor(server) with { TimeoutSeconds = 2, Concurrency = few, Retries = 100 });
        (await AskAsync(target, most: few)).Select(Said).Should().Equal((await UndisturbedAsync())[..few]);
        target.Observations.Retries.Should().ContainKey("timeout");
    }

    [Fact]
    public async Task A_port_that_is_closed_for_a_moment_is_tried_until_it_is_open()
    {
        await using var server = await StartAsync("refused", 0.05);
        // With real pauses: the moment is one.
        using var target = Target.Open(SettingsFor(server) with { Retries = 100 });
        (await AskAsync(target)).Select(Said).Should().Equal(await UndisturbedAsync());
        target.Observations.Retries.Should().ContainKey("connection");
    }

    [Fact]
    public async Task A_huge_body_fails_its_question_for_this_run()
    {
        await using var server = await StartAsync("huge", 0.05);
        using var target = Open(server);
        var replies = await AskAsync(target);
        replies.Where(reply => reply.Finish == Finish.Failed).Should().NotBeEmpty()
            .And.OnlyContain(reply => reply.Error!.StartsWith("reply larger than 4 MiB", StringComparison.Ordinal));
        var answered = (await UndisturbedAsync()).Where((_, place) => replies[place].Finish != Finish.Failed);
        replies.Where(reply => reply.Finish != Finish.Failed).Select(Said).Should().Equal(answered);
    }

    /// <summary>Asks all items once one was answered: before, a page for people would mean a wrong address.</summary>
    private static async Task<Reply[]> AskAfterOneAsync(ITarget target, Mode mode = Mode.Text)
    {
        await target.ProbeAsync(CancellationToken.None);
        return await AskAsync(target, mode);
    }

    private static ITarget Open(ModelConformance.ReferenceModel.ReferenceServer server, Mode mode = Mode.Text) =>
        Target.Open(SettingsFor(server) with { Mode = mode, Retries = 50 }, time: new ImpatientTime());

    private static async Task<string[]> UndisturbedAsync(Mode mode = Mode.Text)
    {
        await using var server = await StartAsync(null);
        using var target = Target.Open(SettingsFor(server) with { Mode = mode });
        return [.. (await AskAsync(target, mode)).Select(Said)];
    }
}
