using ModelConformance.Benchmarks;
using ModelConformance.ReferenceModel.Faults;
using ModelConformance.Ledger;
using ModelConformance.Runs;
using ModelConformance.Targets;

namespace ModelConformance.ReferenceModel;

/// <summary>The target that a run's settings name or, where they name none, the reference model on a free loopback port.</summary>
public sealed class RunTarget : IAsyncDisposable
{
    private readonly ReferenceServer? server;

    private RunTarget(RunSettings settings, ITarget target, ILedger ledger, ReferenceServer? server)
    {
        Settings = settings;
        Target = target;
        Ledger = ledger;
        this.server = server;
    }

    /// <summary>The settings that the target was opened with.</summary>
    public RunSettings Settings { get; }

    /// <summary>The target.</summary>
    public ITarget Target { get; }

    /// <summary>What the target was asked before; of the embedded reference model, whose port is another each time, nothing is kept.</summary>
    public ILedger Ledger { get; }

    /// <summary>Opens the target.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="benchmarks">What the reference model knows.</param>
    /// <param name="say">Told where the reference model stands in.</param>
    /// <exception cref="SettingsException">
    /// The target's settings are wrong, <c>RequireTarget</c> is set without a target, or the reference model has no such profile.
    /// </exception>
    public static async Task<RunTarget> OpenAsync(RunSettings settings, IReadOnlyList<IBenchmark> benchmarks, Action<string> say)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(benchmarks);
        ArgumentNullException.ThrowIfNull(say);
        if (settings.HasTarget)
        {
            return new(settings, Open(settings.Target), new MemoryLedger(), null);
        }

        if (settings.RequireTarget)
        {
            throw new SettingsException(
                $"RequireTarget is set and no target is configured: nothing was asked. Set {RunSettings.Prefix}Target__BaseUrl "
                + $"and {RunSettings.Prefix}Target__Model.");
        }

        if (!string.IsNullOrWhiteSpace(settings.Target.Model) || !string.IsNullOrEmpty(settings.Target.ApiKey))
        {
            // Whoever names a model or gives a key means one: the reference model's pass in its stead would be taken for that model's.
            throw new SettingsException(
                $"Target:Model or Target:ApiKey is set without Target:BaseUrl: nothing was asked. "
                + $"Set {RunSettings.Prefix}Target__BaseUrl, or none of the three for the embedded reference model.");
        }

        var profile = Named(settings.ReferenceModel.Profile);
        var faults = Planned(settings.ReferenceModel.Faults);
        var server = await ReferenceServer.StartAsync(benchmarks, profile, faults: faults).ConfigureAwait(false);
        say(
            $"No target is configured: the embedded reference model answers, with the planted profile '{profile.Name}'"
            + $"{(faults is null ? "" : $" and {faults}")}. This is a demonstration, no verdict on a model.");
        var embedded = settings with
        {
            Target = settings.Target with
            {
                BaseUrl = server.BaseUrl.ToString(),
                Model = profile.Model,
                Prefill = string.IsNullOrEmpty(settings.Target.Prefill) ? "real" : settings.Target.Prefill,
                ApiKey = null,
            },
        };
        try
        {
            return new(embedded, Open(embedded.Target), new MemoryLedger(), server);
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Target.Dispose();
        await Ledger.DisposeAsync().ConfigureAwait(false);
        if (server is not null)
        {
            await server.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Opening sends nothing, so that what can be wrong is the settings alone.</summary>
    private static ITarget Open(TargetSettings settings)
    {
        try
        {
            return Targets.Target.Open(settings);
        }
        catch (TargetException fault)
        {
            throw new SettingsException(fault.Message, fault);
        }
    }

    private static Profile Named(string profile) => Profile.Names.Contains(profile)
        ? Profile.Named(profile)
        : throw new SettingsException(
            $"The reference model has no profile '{profile}'; it has {string.Join(", ", Profile.Names)} "
            + $"({RunSettings.Prefix}ReferenceModel__Profile).");

    private static FaultPlan? Planned(string? faults)
    {
        try
        {
            return string.IsNullOrWhiteSpace(faults) ? null : FaultPlan.Parse(faults);
        }
        catch (FormatException fault)
        {
            throw new SettingsException($"{fault.Message} ({RunSettings.Prefix}ReferenceModel__Faults)", fault);
        }
    }
}
