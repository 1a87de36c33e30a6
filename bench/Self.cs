using System.Diagnostics;

namespace ModelConformance.Bench;

/// <summary>Starts this program again, as a process of its own.</summary>
internal static class Self
{
    /// <param name="arguments">The arguments.</param>
    /// <param name="environment">Variables that it has besides those of this process.</param>
    public static Process Start(IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> environment)
    {
        var path = Environment.ProcessPath!;
        // Under "dotnet bench.dll" the path is that of dotnet.
        string[] program = Path.GetFileNameWithoutExtension(path) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
        var start = new ProcessStartInfo(path, [.. program, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
