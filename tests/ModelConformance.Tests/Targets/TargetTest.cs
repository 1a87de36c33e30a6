using ModelConformance.Protocol;
using ModelConformance.Targets;

namespace ModelConformance.Tests.Targets;

/// <summary>What the tests of the target share: the question, the settings, and a call against a script.</summary>
public abstract class TargetTest
{
    protected const string Key = "sk-very-secret-0123456789";

    internal ImpatientTime Time { get; } = new();

    protected static Conversation Question(Mode mode = Mode.Text) =>
        new([new Turn(Role.User, "Who forgot?\n\n(a) The old man (b) The young man.")], new Prefill("The answer is", "Answer with the letter only."), mode, 16);

    internal static TargetSettings SettingsFor(ScriptedServer server) => new() { BaseUrl = server.BaseUrl, Model = "m", ApiKey = Key };

    /// <summary>The other protocol, in place of chat.</summary>
    internal static TargetSettings Completions(TargetSettings settings) => settings with { Protocol = "openai-completions" };

    internal ITarget Open(ScriptedServer server, Func<TargetSettings, TargetSettings>? change = null, Spending? spending = null) =>
        Target.Open((change ?? (same => same))(SettingsFor(server)), spending, Time);

    /// <summary>A reply; how it was had, which differs from time to time, is left out.</summary>
    internal async Task<Reply> AskAsync(ScriptedServer server, Func<TargetSettings, TargetSettings>? change = null, Mode mode = Mode.Text)
    {
        using var target = Open(server, change);
        return await target.AskAsync(Question(mode), 0, CancellationToken.None) with { Call = null };
    }

    internal async Task<string> FaultAsync(ScriptedServer server, Func<TargetSettings, TargetSettings>? change = null, Mode mode = Mode.Text)
    {
        var fault = (await FluentActions.Awaiting(() => AskAsync(server, change, mode)).Should().ThrowAsync<TargetException>()).Which;
        fault.ToString().Should().NotContain(Key);
        return fault.Message;
    }

    internal async Task<string> ProbeFaultAsync(
        ScriptedServer server, Func<TargetSettings, TargetSettings>? change = null, Spending? spending = null)
    {
        using var target = Open(server, change, spending);
        var fault = (await FluentActions.Awaiting(() => target.ProbeAsync(CancellationToken.None)).Should().ThrowAsync<TargetException>()).Which;
        fault.ToString().Should().NotContain(Key);
        return fault.Message;
    }
}
