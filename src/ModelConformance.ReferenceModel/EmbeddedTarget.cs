using ModelConformance.Benchmarks;
using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Runs;
using ModelConformance.Targets;

namespace ModelConformance.ReferenceModel;

/// <summary>The target that a run's settings name or, where they name none, the reference model on a free loopback port.</summary>
public sealed class EmbeddedTarget : IAsyncDisposable
{
    private readonly ReferenceServer? server;

    private EmbeddedTarget(RunSettings settings, ITarget target, ReferenceServer? server)
    {
        Settings = settings;
        Target = target;
        this.server = server;
    }

    /// <summary>The settings that the target was opened with.</summary>
    public RunSettings Settings { get; }

    /// <summary>The target.</summary>
    public ITarget Target { get; }

    /// <summary>Opens the target.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="benchmarks">What the reference model knows.</param>
    /// <param name="say">Told where the reference model stands in.</param>
    /// <exception cref="SettingsException"><c>RequireTarget</c>, a model or a key is set without an endpoint, or the reference model has no such profile.</exception>
    /// <exception cref="TargetException">The target's settings are wrong.</exception>
    public static async Task<EmbeddedTarget> OpenAsync(RunSettings settings, IReadOnlyList<IBenchmark> benchmarks, Action<string> say)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(benchmarks);
        ArgumentNullException.ThrowIfNull(say);
        if (settings.HasTarget)
        {
            return new(settings, Targets.Target.Open(settings.Target), null);
        }

        if (!string.IsNullOrWhiteSpace(settings.Target.Model) || !string.IsNullOrEmpty(settings.Target.ApiKey))
        {
            // A model was meant: the reference model's verdicts must not be read as its own.
            throw new SettingsException(
                $"A model or a key is configured, and no endpoint: nothing was asked. Set {RunSettings.Prefix}Target__BaseUrl, or neither of {RunSettings.Prefix}Target__Model and {RunSettings.Prefix}Target__ApiKey for a demonstration.");
        }

        if (settings.RequireTarget)
        {
            throw new SettingsException(
                $"RequireTarget is set and no target is configured: nothing was asked. Set {RunSettings.Prefix}Target__BaseUrl and {RunSettings.Prefix}Target__Model.");
        }

        var profile = Named(settings.ReferenceModel.Profile);
        var server = await ReferenceServer.StartAsync(benchmarks.OfType<BbqBenchmark>().Single().Questions, profile).ConfigureAwait(false);
        say($"No target is configured: the embedded reference model answers, with the planted profile '{profile.Name}'. This is a demonstration, no verdict on a model.");
        var embedded = settings with
        {
            Target = settings.Target with { BaseUrl = server.BaseUrl.ToString(), Model = profile.Model, Prefill = "real", ApiKey = null },
        };
        return new(embedded, Targets.Target.Open(embedded.Target), server);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Target.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static Profile Named(string profile)
    {
        try
        {
            return Profile.Named(profile);
        }
        catch (ArgumentException fault)
        {
            throw new SettingsException($"{fault.Message} ({RunSettings.Prefix}ReferenceModel__Profile)", fault);
        }
    }
}
