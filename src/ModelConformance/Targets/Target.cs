using ModelConformance.Targets.ChatCompletions;
using ModelConformance.Targets.Completions;

namespace ModelConformance.Targets;

/// <summary>Opens the target that settings describe.</summary>
public static class Target
{
    /// <summary>The target for <see cref="TargetSettings.Protocol"/>. Sends nothing yet: see <see cref="ITarget.ProbeAsync"/>.</summary>
    /// <param name="settings">Where the model is and how it is asked.</param>
    /// <param name="spending">What may be spent on it; anything where null. It is not disposed of with the target.</param>
    /// <param name="time">The clock that pauses follow; the system's where null.</param>
    /// <exception cref="TargetException">The settings are wrong; the message names every fault, one a line.</exception>
    public static ITarget Open(TargetSettings settings, Spending? spending = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var faults = settings.Faults();
        return faults.Count == 0
            ? new EndpointTarget(
                settings,
                settings.Protocol == TargetSettings.Completions ? new CompletionsProtocol(settings) : new ChatProtocol(settings),
                spending,
                time)
            : throw new TargetException("The target's settings are wrong." + string.Concat(faults.Select(fault => "\n  " + fault)));
    }
}
