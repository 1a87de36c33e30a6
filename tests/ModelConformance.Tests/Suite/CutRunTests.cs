using ModelConformance.ReferenceModel;
using ModelConformance.Runs;

namespace ModelConformance.Tests.Suite;

/// <summary>What the suite makes of a run that its budget ended.</summary>
public sealed class CutRunTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private ReferenceServer server = null!;

    public async Task InitializeAsync() =>
        server = await ReferenceServer.StartAsync(Catalog.Open(new RunSettings()), Profile.Named("self-correcting"));

    [Fact]
    public async Task Every_row_says_what_ended_it_and_no_snapshot_is_offered_for_approval()
    {
        Dictionary<string, string> settings = new()
        {
            ["Target__BaseUrl"] = server.BaseUrl.ToString(),
            ["Target__Model"] = "reference-self-correcting",
            ["Target__Prefill"] = "real",
            ["Select__Benchmarks"] = "winogender",
            ["Select__Conditions"] = "Q,Q+IF",
            ["Budget__Calls"] = "20",
            ["Snapshots__Root"] = folder.Path,
            ["Output"] = folder.Path,
        };

        var cut = await SuiteProcess.RunAsync("Benchmark=winogender|Benchmark=snapshots", settings);

        const string Ended = "The budget is used up: 20 requests were sent, and Budget:Calls allows 20.";
        cut.Code.Should().Be(1, cut.Out + cut.Error);
        cut.Out.Should().MatchRegex("Failed: +4, Passed: +0, ", cut.Error).And.NotContain("to accept it");
        cut.Out.Split('\n').Count(line => line.Trim().StartsWith(Ended)).Should().Be(2, "there are two gates");
        cut.Out.Split('\n').Count(line => line.Trim().StartsWith($"Nothing was compared: {Ended}")).Should().Be(2, "there are two snapshots");
        folder.Files.Should().NotContain(file => file.EndsWith(".received.txt"));
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    public void Dispose() => folder.Dispose();
}
