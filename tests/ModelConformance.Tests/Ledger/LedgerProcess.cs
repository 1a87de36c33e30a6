using System.Diagnostics;
using System.Globalization;
using ModelConformance.Ledger;

namespace ModelConformance.Tests.Ledger;

/// <summary>
/// A process of its own that keeps numbered replies in a ledger, and says after each flush up to which number all are safe; so that it can be killed.
/// </summary>
internal sealed class LedgerProcess : IDisposable
{
    private const int Failed = 7;

    private readonly Process process;

    private LedgerProcess(Process process) => this.process = process;

    /// <summary>The numbers below it are flushed.</summary>
    public int Safe { get; private set; }

    /// <summary>What it said last.</summary>
    public string Fault { get; private set; } = "";

    /// <summary>Starts it.</summary>
    /// <param name="where">The ledger.</param>
    /// <param name="first">The first number.</param>
    /// <param name="end">The number to end before.</param>
    /// <param name="mostKilobytes">How long its files may become; 0 for as long as they like.</param>
    public static LedgerProcess Start(string where, int first, int end, int mostKilobytes = 0)
    {
        string[] command =
        [
            "dotnet", "exec", "--depsfile", Here(".deps.json"), "--runtimeconfig", Here(".runtimeconfig.json"), Here(".dll"),
            where, $"{first}", $"{end}",
        ];
        ProcessStartInfo start = mostKilobytes == 0
            ? new(command[0], command[1..])
            : new("bash", ["-c", $"trap '' XFSZ; ulimit -f {mostKilobytes}; exec \"$@\"", "bash", .. command]);
        start.RedirectStandardOutput = true;

        // Otherwise the runtime makes a large file for its own code.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return new(Process.Start(start)!) { Safe = first };
    }

    /// <summary>Waits until it has flushed some times more.</summary>
    public async Task FlushedAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await ReadAsync();
        }
    }

    /// <summary>Kills it, as the system does when memory is short.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await EndedAsync();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndedAsync()
    {
        while (await ReadAsync())
        {
        }

        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }

    /// <summary>What the process does.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var ledger = await Ledgers.OpenAsync(args[0], default);
            var end = int.Parse(args[2], CultureInfo.InvariantCulture);
            for (var number = int.Parse(args[1], CultureInfo.InvariantCulture); number < end; number++)
            {
                await ledger.KeepAsync(Replies.Key(number), Replies.Numbered(number), default);
                if (number % 100 == 99)
                {
                    await ledger.FlushAsync(default);
                    Console.WriteLine(number + 1);
                }
            }
        }
        catch (LedgerException fault)
        {
            Console.WriteLine(fault.Message);
            return Failed;
        }

        return 0;
    }

    private async Task<bool> ReadAsync()
    {
        if (await process.StandardOutput.ReadLineAsync() is not { } line)
        {
            return false;
        }

        if (int.TryParse(line, out var number))
        {
            Safe = number;
        }
        else
        {
            Fault += line;
        }

        return true;
    }

    private static string Here(string ending) => Path.Combine(AppContext.BaseDirectory, $"ModelConformance.Tests{ending}");
}
