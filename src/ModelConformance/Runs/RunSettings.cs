using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using ModelConformance.Benchmarks.Admissions;
using ModelConformance.Ledger;
using ModelConformance.Targets;

namespace ModelConformance.Runs;

/// <summary>
/// What a run is told: <c>appsettings.json</c>, over it <c>appsettings.local.json</c>, user secrets, and environment variables with the prefix
/// <c>MODELCONFORMANCE__</c> and <c>__</c> between levels.
/// </summary>
public sealed record RunSettings
{
    /// <summary>The prefix of environment variables.</summary>
    public const string Prefix = "MODELCONFORMANCE__";

    /// <summary>The model under test; without a <see cref="TargetSettings.BaseUrl"/> there is none.</summary>
    public TargetSettings Target { get; init; } = new();

    /// <summary>Where the published data lies.</summary>
    public DataSettings Data { get; init; } = new();

    /// <summary>The thresholds file; null for the default of the data.</summary>
    public string? Thresholds { get; init; }

    /// <summary>Which gates to judge, and so what to ask.</summary>
    public SelectSettings Select { get; init; } = new();

    /// <summary>What the law-school admissions vary.</summary>
    public AdmissionsSettings Admissions { get; init; } = new();

    /// <summary>What stands in where no target is configured.</summary>
    public ReferenceModelSettings ReferenceModel { get; init; } = new();

    /// <summary>Whether the lack of a target is a failure. Release pipelines set it.</summary>
    public bool RequireTarget { get; init; }

    /// <summary>The folder of what a run leaves: answers and results.json. Default <c>artifacts</c>.</summary>
    public string Output { get; init; } = "artifacts";

    /// <summary>
    /// Where replies are kept, so that none is asked for twice: an SQLite file, or a PostgreSQL connection string. Null is <c>ledger.db</c> in
    /// <see cref="Output"/> where a target is configured; the embedded reference model, whose port is another each time, has none.
    /// </summary>
    public string? Ledger { get; init; }

    /// <summary>Where approved answers lie, and how many may change.</summary>
    public SnapshotSettings Snapshots { get; init; } = new();

    /// <summary>Which slice of the items to ask, and nothing to judge (<see cref="Runs.Shard.Read"/>); null or empty for all.</summary>
    public string? Shard { get; init; }

    /// <summary>What tokens cost.</summary>
    public PriceSettings Prices { get; init; } = new();

    /// <summary>The most that a run may take.</summary>
    public BudgetSettings Budget { get; init; } = new();

    /// <summary>Where the ledger of a configured target is.</summary>
    public string LedgerOfTarget => string.IsNullOrWhiteSpace(Ledger) ? Path.Combine(Output, "ledger.db") : Ledger;

    /// <summary>Whether a target is configured.</summary>
    public bool HasTarget => !string.IsNullOrWhiteSpace(Target.BaseUrl);

    /// <summary>Reads the layers. Relative paths are taken from the folder of the settings files.</summary>
    /// <param name="folder">The folder of <c>appsettings.json</c>, which need not exist.</param>
    /// <param name="secrets">The assembly whose user secrets count; null for none.</param>
    /// <exception cref="SettingsException">A setting is unknown or has a wrong value, or a key stands in a file.</exception>
    public static RunSettings Load(string folder, Assembly? secrets = null)
    {
        var builder = new ConfigurationBuilder()
            .SetBasePath(folder)
            .AddJsonFile("appsettings.json", optional: true)
            .AddJsonFile("appsettings.local.json", optional: true);
        if (secrets is not null)
        {
            builder.AddUserSecrets(secrets, optional: true);
        }

        try
        {
            var configuration = builder.AddEnvironmentVariables(Prefix).Build();
            ForbidKeysInFiles(configuration, folder);
            return Of(configuration, folder);
        }
        catch (Exception fault) when (fault is InvalidDataException or FormatException)
        {
            throw Wrong(fault);
        }
    }

    /// <summary>Reads one configuration. Relative paths are taken from a folder.</summary>
    /// <param name="configuration">The settings by key.</param>
    /// <param name="folder">The folder.</param>
    /// <exception cref="SettingsException">A setting is unknown or has a wrong value.</exception>
    public static RunSettings Of(IConfiguration configuration, string folder)
    {
        try
        {
            KnownSettings.Check(configuration);
            var settings = configuration.Get<RunSettings>() ?? new();
            return settings with
            {
                Data = new() { Root = Rooted(settings.Data.Root) },
                Thresholds = Rooted(settings.Thresholds),
                // Build servers set a variable that has no value to the empty text.
                Output = Rooted(settings.Output) ?? Rooted(new RunSettings().Output)!,
                Ledger = settings.Ledger is { } ledger && Ledgers.IsFile(ledger) ? Rooted(ledger) : settings.Ledger,
                Snapshots = settings.Snapshots with { Root = Rooted(settings.Snapshots.Root) ?? Rooted(new SnapshotSettings().Root)! },
            };
        }
        catch (InvalidOperationException fault)
        {
            throw Wrong(fault);
        }

        string? Rooted(string? path) => string.IsNullOrWhiteSpace(path) ? null : Path.GetFullPath(path, folder);
    }

    private static SettingsException Wrong(Exception fault) =>
        new(
            $"Settings (appsettings.json, environment variables {Prefix}…): {fault.Message}"
            + (fault.InnerException is null ? "" : $" {fault.GetBaseException().Message}"),
            fault);

    /// <summary>A key in a file would be committed sooner or later. User secrets lie in the user's own folder.</summary>
    private static void ForbidKeysInFiles(IConfigurationRoot configuration, string folder)
    {
        foreach (var file in configuration.Providers.OfType<JsonConfigurationProvider>()
            .Where(file => file.Source.Path?.StartsWith("appsettings", StringComparison.Ordinal) == true))
        {
            if (file.TryGet("Target:ApiKey", out var key) && !string.IsNullOrEmpty(key))
            {
                throw new SettingsException(
                    $"{Path.Combine(folder, file.Source.Path!)}: Target:ApiKey stands in a file; "
                    + $"keys come from the environment only: {Prefix}Target__ApiKey.");
            }
        }
    }
}

/// <summary>The settings under <c>Data</c>.</summary>
public sealed record DataSettings
{
    /// <summary>The data folder; null for the embedded sample.</summary>
    public string? Root { get; init; }
}

/// <summary>The settings under <c>Select</c>: lists separated by commas; null selects all.</summary>
public sealed record SelectSettings
{
    /// <summary>Benchmark ids.</summary>
    public string? Benchmarks { get; init; }

    /// <summary>Condition ids; a contrast is selected where both of its conditions are.</summary>
    public string? Conditions { get; init; }

    /// <summary>Slice ids.</summary>
    public string? Slices { get; init; }

    /// <summary>Whether a list names something; one that is null or blank names everything.</summary>
    internal static bool Holds(string? list, string id) => string.IsNullOrWhiteSpace(list) || Names(list).Contains(id, StringComparer.Ordinal);

    /// <summary>The names in a list.</summary>
    internal static string[] Names(string? list) => (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The settings under <c>ReferenceModel</c>.</summary>
public sealed record ReferenceModelSettings
{
    /// <summary>The planted behaviour; default <c>self-correcting</c>.</summary>
    public string Profile { get; init; } = "self-correcting";

    /// <summary>What goes wrong on purpose: names of faults, separated by commas, as <c>conformance serve --help</c> lists them; null for nothing.</summary>
    public string? Faults { get; init; }
}

/// <summary>The settings under <c>Snapshots</c>.</summary>
public sealed record SnapshotSettings
{
    /// <summary>The folder of approved answers; default <c>snapshots</c>.</summary>
    public string Root { get; init; } = "snapshots";

    /// <summary>The share of a cell's items whose answer may change before its snapshot fails, in 0 … 1; default 0.01.</summary>
    public decimal Budget { get; init; } = 0.01m;
}
