using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using ModelConformance.Cli;
using ModelConformance.Datasets;
using ModelConformance.Runs;

namespace ModelConformance.Tests.Cli;

/// <summary>Runs the tool in this process, as a shell without terminal would.</summary>
internal sealed class Shell
{
    public Dictionary<string, string?> Settings { get; } = [];

    /// <summary>Whether standard error is a terminal.</summary>
    public bool IsTerminal { get; init; }

    public DataManifest Manifest { get; init; } = DataManifest.Embedded;

    public async Task<Finished> RunAsync(IReadOnlyList<string> args, CancellationToken cancellation = default)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var context = new ToolContext(TextWriter.Synchronized(output), TextWriter.Synchronized(error))
        {
            Settings = RunSettings.Of(new ConfigurationBuilder().AddInMemoryCollection(Settings).Build(), Directory.GetCurrentDirectory()),
            IsTerminal = IsTerminal,
            Manifest = Manifest,
            Fetch = new FetchSettings { RetryDelay = TimeSpan.FromMilliseconds(1) },
        };
        var code = await ConformanceTool.InvokeAsync(args, context, cancellation);
        return new Finished(code, output.ToString(), error.ToString());
    }

    public Task<Finished> RunAsync(params string[] args) => RunAsync(args, default);

    /// <summary>Runs <c>run</c>, and gives the JSON of what it found, without its times: no two runs share those.</summary>
    /// <param name="output">The output folder.</param>
    public async Task<string> ResultsAsync(string output)
    {
        var finished = await RunAsync("run", "--output", output);
        finished.Code.Should().BeOneOf([0, 1, 3], finished.Error);
        var results = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(output, "results.json")))!;
        results["manifest"]!.AsObject().Remove("started").Should().BeTrue();
        results["manifest"]!.AsObject().Remove("ended").Should().BeTrue();
        return results.ToJsonString();
    }

    internal sealed record Finished(int Code, string Out, string Error)
    {
        /// <summary>Standard output as the one JSON document that it must be.</summary>
        public JsonElement Json => JsonDocument.Parse(Out).RootElement;
    }
}
