using System.Diagnostics;

namespace ModelConformance.Bench.Soak;

/// <summary>The tool as a process of its own. Disposal kills it.</summary>
internal sealed class Tool : IDisposable
{
    private readonly Process process;
    private readonly Task<string> error;

    private Tool(Process process)
    {
        this.process = process;
        error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>What it writes as results.</summary>
    public TextReader Out => process.StandardOutput;

    /// <summary>Whether it has come to its end.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>The most memory that it had so far, in bytes; 0 once it has ended.</summary>
    public long PeakBytes
    {
        get
        {
            process.Refresh();
            return process.HasExited ? 0 : process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts the tool.</summary>
    /// <param name="folder">The folder to start it in, without settings of its own.</param>
    /// <param name="args">What it is told.</param>
    public static Tool Start(string folder, params string[] args)
    {
        // It lies beside this program, with what this program runs on; its own list of packages is for its own folder.
        var host = typeof(Tool).Assembly.GetName().Name;
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "exec", "--depsfile", Here($"{host}.deps.json"), "--runtimeconfig", Here($"{host}.runtimeconfig.json"), Here("conformance.dll"),
                .. args,
            ])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var inherited in start.Environment.Keys.ToArray())
        {
            if (inherited.StartsWith("MODELCONFORMANCE", StringComparison.OrdinalIgnoreCase))
            {
                start.Environment.Remove(inherited);
            }
        }

        // A body that dribbles takes as long as the timeout.
        start.Environment["MODELCONFORMANCE__Target__TimeoutSeconds"] = "2";
        start.Environment["MODELCONFORMANCE__Select__Benchmarks"] = "bbq";
        return new(Process.Start(start)!);
    }

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code, and the last line of its messages.</returns>
    public async Task<(int Code, string Last)> EndAsync()
    {
        await Out.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (await error).TrimEnd().Split('\n')[^1]);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            Kill();
        }

        process.Dispose();
    }

    private static string Here(string file) => Path.Combine(AppContext.BaseDirectory, file);
}
