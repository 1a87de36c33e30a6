using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Protocol;
using ModelConformance.ReferenceModel;
using ModelConformance.ReferenceModel.Faults;
using ModelConformance.Targets;

namespace ModelConformance.Tests.ReferenceModel.Faults;

/// <summary>What the tests of faults share: a server with some, and the questions.</summary>
public abstract class FaultTest
{
    private protected static readonly BbqItem[] Items = Questions.Many(64);

    private protected static Task<ReferenceServer> StartAsync(string? faults, double rate = 1, int seed = 0) => ReferenceServer.StartAsync(
        [SomeItems.Of(Items)], Profile.Named("self-correcting"), faults: faults is null ? null : FaultPlan.Parse(faults, rate, seed));

    /// <summary>A chat about an item, as any client would send it.</summary>
    private protected static string Chat(int item)
    {
        var text = System.Text.Json.JsonSerializer.Serialize(BbqPrompt.Question(Items[item]));
        return $$"""{"model":"reference-self-correcting","temperature":0,"messages":[{"role":"user","content":{{text}}}]}""";
    }

    private protected static async Task<RawReply[]> PostAsync(ReferenceServer server, int count)
    {
        var replies = new RawReply[count];
        for (var i = 0; i < count; i++)
        {
            replies[i] = await RawReply.PostAsync(server.BaseUrl, Chat(i % Items.Length));
        }

        return replies;
    }

    /// <summary>Asks all items, or the first ones, at once.</summary>
    private protected static Task<Reply[]> AskAsync(ITarget target, Mode mode = Mode.Text, int most = int.MaxValue) => Task.WhenAll(
        Items.Take(most).Select(item => target.AskAsync(BbqPrompt.Render(item, Condition.Q, mode, null), 0, CancellationToken.None)));

    /// <summary>What a reply says, without how it was had.</summary>
    private protected static string Said(Reply reply) =>
        $"{reply.Finish} {reply.Text} {string.Join(' ', reply.Tokens.SelectMany(token => token.Top))} {reply.Error}";

    private protected static TargetSettings SettingsFor(ReferenceServer server) =>
        new() { BaseUrl = server.BaseUrl.ToString(), Model = "reference-self-correcting" };
}
