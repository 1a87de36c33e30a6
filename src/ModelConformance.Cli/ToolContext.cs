using Microsoft.Extensions.Configuration;
using ModelConformance.Datasets;

namespace ModelConformance.Cli;

/// <summary>What every verb works with.</summary>
/// <param name="Out">Where results go.</param>
/// <param name="Error">Where messages and progress go.</param>
public sealed record ToolContext(TextWriter Out, TextWriter Error)
{
    /// <summary>The settings below the options: <c>appsettings.json</c>, <c>appsettings.local.json</c>, environment.</summary>
    public required IConfiguration Settings { get; init; }

    /// <summary>Whether <see cref="Error"/> is a terminal that can redraw a line; otherwise progress is plain lines.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>The pinned files.</summary>
    public DataManifest Manifest { get; init; } = DataManifest.Embedded;

    /// <summary>How patiently files are fetched.</summary>
    public FetchSettings Fetch { get; init; } = new();

    /// <summary>The context of the process: its streams, its folder's settings and its environment.</summary>
    /// <exception cref="InvalidDataException">A settings file is no JSON.</exception>
    public static ToolContext OfProcess() => new(Console.Out, Console.Error)
    {
        Settings = new ConfigurationBuilder()
            .SetBasePath(Directory.GetCurrentDirectory())
            .AddJsonFile("appsettings.json", optional: true)
            .AddJsonFile("appsettings.local.json", optional: true)
            .AddEnvironmentVariables("MODELCONFORMANCE__")
            .Build(),
        IsTerminal = !Console.IsErrorRedirected,
    };

    /// <summary>The setting <c>Data:Root</c>; null where there is none.</summary>
    public string? DataRoot => Settings["Data:Root"] is { Length: > 0 } root ? root : null;

    /// <summary>Writes a message of one line, its text escaped.</summary>
    public void Say(string message) => Error.WriteLine(Terminal.Escape(message));
}
