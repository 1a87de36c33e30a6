using System.Diagnostics;

namespace ModelConformance.Tests.Cli;

/// <summary>Runs the tool as a process of its own, for what happens before its verbs: settings files, environment, streams.</summary>
internal static class ToolProcess
{
    public static Task<Shell.Finished> RunAsync(string folder, IEnumerable<KeyValuePair<string, string>> environment, params string[] args) =>
        // With what these tests run on: the tool's own list of packages is for its own folder.
        RunAsync(
            new ProcessStartInfo(
                "dotnet",
                [
                    "exec", "--depsfile", Here("ModelConformance.Tests.deps.json"), "--runtimeconfig", Here("ModelConformance.Tests.runtimeconfig.json"),
                    Here("conformance.dll"), .. args,
                ])
            {
                WorkingDirectory = folder,
            },
            environment);

    public static Task<Shell.Finished> RunAsync(string folder, params string[] args) => RunAsync(folder, [], args);

    /// <summary>Runs a process to its end, with no settings but those that are given.</summary>
    public static async Task<Shell.Finished> RunAsync(ProcessStartInfo start, IEnumerable<KeyValuePair<string, string>> environment)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        foreach (var inherited in start.Environment.Keys.Where(name => name.StartsWith("MODELCONFORMANCE", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(inherited);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await error);
    }

    private static string Here(string file) => Path.Combine(AppContext.BaseDirectory, file);
}
