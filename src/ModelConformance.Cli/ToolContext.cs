using ModelConformance.Datasets;
using ModelConformance.Runs;

namespace ModelConformance.Cli;

/// <summary>What every verb works with.</summary>
/// <param name="Out">Where results go.</param>
/// <param name="Error">Where messages and progress go.</param>
public sealed record ToolContext(TextWriter Out, TextWriter Error)
{
    /// <summary>The settings below the options: <c>appsettings.json</c>, <c>appsettings.local.json</c>, environment.</summary>
    public required RunSettings Settings { get; init; }

    /// <summary>Whether <see cref="Error"/> is a terminal that can redraw a line; otherwise progress is plain lines.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>The pinned files.</summary>
    public DataManifest Manifest { get; init; } = DataManifest.Embedded;

    /// <summary>How patiently files are fetched.</summary>
    public FetchSettings Fetch { get; init; } = new();

    /// <summary>The context of the process: its streams, its folder's settings and its environment.</summary>
    /// <exception cref="SettingsException">The settings cannot be used.</exception>
    public static ToolContext OfProcess() => new(Console.Out, Console.Error)
    {
        Settings = RunSettings.Load(Directory.GetCurrentDirectory()),
        IsTerminal = !Console.IsErrorRedirected,
    };

    /// <summary>The setting <c>Data:Root</c>; null where there is none.</summary>
    public string? DataRoot => Settings.Data.Root;

    /// <summary>The settings, over a data folder.</summary>
    /// <param name="data">What <c>--data</c> names; null leaves the setting <c>Data:Root</c>.</param>
    public RunSettings Over(string? data) => data is null ? Settings : Settings with { Data = new() { Root = data } };

    /// <summary>Writes a message of one line, its text escaped. Where nobody can be told, as where standard error is closed, nobody is.</summary>
    public void Say(string message)
    {
        try
        {
            Error.WriteLine(Terminal.Escape(message));
        }
        catch (IOException)
        {
        }
    }
}
