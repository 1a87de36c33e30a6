using ModelConformance.Tests.Targets;

namespace ModelConformance.Tests.Cli;

/// <summary>What the tests of <c>conformance run</c> share: an output folder that holds the results of an earlier run, and how a failure must look.</summary>
public abstract class RunTest : IDisposable
{
    private protected RunTest()
    {
        Folder.Write("out/results.json", """{ "earlier": true }""");
        Shell.Settings["Select:Conditions"] = "Q";
        Shell.Settings["Select:Benchmarks"] = "bbq";
    }

    private protected TemporaryFolder Folder { get; } = new();

    private protected Shell Shell { get; } = new();

    private protected string Output => Path.Combine(Folder.Path, "out");

    /// <summary>What the run left, without the folder.</summary>
    private protected IEnumerable<string> Left => Folder.Files.Where(file => file.StartsWith("out/", StringComparison.Ordinal)).Select(file => file[4..]);

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs the condition Q, the smallest run there is.</summary>
    private protected Task<Shell.Finished> RunAsync(params string[] args) => RunAsync(args, default);

    private protected Task<Shell.Finished> RunAsync(string[] args, CancellationToken cancellation) =>
        Shell.RunAsync(["run", "--output", Output, .. args], cancellation);

    /// <summary>Runs against a server, one call at a time, none of them repeated.</summary>
    private protected Task<Shell.Finished> AskAsync(ScriptedServer server, CancellationToken cancellation = default, params string[] args)
    {
        Shell.Settings["Target:BaseUrl"] = server.BaseUrl;
        Shell.Settings["Target:Model"] = "m";
        Shell.Settings["Target:Retries"] = "0";
        Shell.Settings.TryAdd("Target:Concurrency", "1");
        return RunAsync(args, cancellation);
    }

    /// <summary>One clear error, the right code, nothing for a machine to take for a result. How far a run is, it says only where it takes long.</summary>
    private protected void ShouldFail(Shell.Finished finished, int code, int lines, params string[] words)
    {
        finished.Error.Should().ContainAll(words);
        finished.Error.Should().NotContain("unexpected").And.NotContain("   at ").And.NotContain("\\u{A}");
        finished.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.Contains(" answered (", StringComparison.Ordinal))
            .Should().HaveCount(lines, finished.Error);
        finished.Code.Should().Be(code, finished.Error);
        finished.Out.Should().BeEmpty();
        Left.Where(file => !file.EndsWith(".part", StringComparison.Ordinal)).Should().BeSubsetOf(["progress.json", "ledger.db", "ledger.db-wal", "ledger.db-shm"]);
    }
}
