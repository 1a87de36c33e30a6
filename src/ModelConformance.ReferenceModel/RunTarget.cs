using ModelConformance.Benchmarks;
using ModelConformance.Ledger;
using ModelConformance.ReferenceModel.Faults;
using ModelConformance.Runs;
using ModelConformance.Targets;

namespace ModelConformance.ReferenceModel;

/// <summary>The target that a run's settings name or, where they name none, the reference model on a free loopback port.</summary>
public sealed class RunTarget : IAsyncDisposable
{
    private readonly ReferenceServer? server;

    private readonly Spending spending;

    private RunTarget(RunSettings settings, ITarget target, Spending spending, ILedger ledger, ReferenceServer? server)
    {
        Settings = settings;
        Target = target;
        this.spending = spending;
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
    /// <exception cref="LedgerException">The ledger cannot be opened.</exception>
    /// <exception cref="SettingsException">
    /// The target's settings are wrong, <c>RequireTarget</c> is set without a target, or the reference model has no such profile.
    /// </exception>
    public static async Task<RunTarget> OpenAsync(RunSettings settings, IReadOnlyList<IBenchmark> benchmarks, Action<string> say)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(benchmarks);
        ArgumentNullException.ThrowIfNull(say);
        string[] faults = [.. settings.Prices.Faults(), .. settings.Budget.Faults(settings.Prices)];
        if (faults.Length > 0)
        {
            throw new SettingsException(string.Join('\n', faults));
        }

        if (settings.HasTarget)
        {
            return await OpenAsync(settings, settings.LedgerOfTarget, null).ConfigureAwait(false);
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
        var plan = Planned(settings.ReferenceModel.Faults);
        var server = await ReferenceServer.StartAsync(benchmarks, profile, faults: plan).ConfigureAwait(false);
        say(
            $"No target is configured: the embedded reference model answers, with the planted profile '{profile.Name}'"
            + $"{(plan is null ? "" : $" and {plan}")}. This is a demonstration, no verdict on a model.");
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
            return await OpenAsync(embedded, settings.Ledger, server).ConfigureAwait(false);
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
        spending.Dispose();
        await Ledger.DisposeAsync().ConfigureAwait(false);
        if (server is not null)
        {
            await server.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Opening sends nothing, so that what can be wrong is the settings and the ledger alone.</summary>
    private static async Task<RunTarget> OpenAsync(RunSettings settings, string? ledger, ReferenceServer? server)
    {
        var (budget, prices) = (settings.Budget, settings.Prices);
        var spending = new Spending
        {
            Calls = budget.Calls,
            Tokens = budget.Tokens,
            Cost = budget.Cost,
            Time = budget.Minutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
            InputPrice = prices.Input,
            OutputPrice = prices.Output,
        };
        ITarget? target = null;
        try
        {
            target = Targets.Target.Open(settings.Target, spending);
            var kept = string.IsNullOrWhiteSpace(ledger) ? new MemoryLedger() : await Ledgers.OpenAsync(ledger, default).ConfigureAwait(false);
            return new(settings, target, spending, kept, server);
        }
        catch (Exception fault)
        {
            target?.Dispose();
            spending.Dispose();
            throw fault is TargetException ? new SettingsException(fault.Message, fault) : fault;
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
