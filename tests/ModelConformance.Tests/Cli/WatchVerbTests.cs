using ModelConformance.Runs;

namespace ModelConformance.Tests.Cli;

public sealed class WatchVerbTests : IDisposable
{
    private static readonly CollectionProgress Half = new()
    {
        Cells = [new("bbq", "Q", 30, 40), new("bbq", "Q+IF", 10, 40)],
        Elapsed = TimeSpan.FromSeconds(20),
        Rate = 1,
        Replayed = 20,
        Failed = 1,
        Requests = 23,
        Retries = 3,
        Cost = 0.25m,
        Concurrency = 8,
        Waiting = "the target asks for 30 s more",
    };

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task A_run_that_goes_on_is_shown_until_it_asks_no_more()
    {
        using var file = new ProgressFile(folder.Path);
        var watching = new Shell().RunAsync("watch", "--output", folder.Path);
        file.Report(Half);
        watching.IsCompleted.Should().BeFalse();

        file.Dispose();

        var finished = await watching;
        finished.Code.Should().Be(0);
        finished.Error.Should().Contain("No run has begun in").And.Contain(
            $"asks no more since {ProgressFile.Read(folder.Path)!.At:yyyy-MM-dd HH:mm:ss} UTC: 40 of 80 answered (50.0 %), 20 from the ledger, 1/s, 1 failed, 8 at once, 3 retries, spent 0.25.");
    }

    [Fact]
    public async Task A_run_that_had_ended_before_the_watch_began_is_dated_and_the_next_one_is_waited_for()
    {
        using (var earlier = new ProgressFile(folder.Path))
        {
            earlier.Report(Half);
        }

        var ended = ProgressFile.Read(folder.Path)!.At;
        var watching = new Shell().RunAsync("watch", "--output", folder.Path);
        using (var next = new ProgressFile(folder.Path))
        {
            next.Report(Half with { Cells = [new("bbq", "Q", 40, 40)] });
        }

        var finished = await watching;
        finished.Error.Should().MatchRegex($"The last run in .* ended at {ended:yyyy-MM-dd HH:mm:ss} UTC: 40 of 80 .*Waiting for one")
            .And.Contain("UTC: 40 of 40 answered").And.NotContain("No run has begun");
    }

    [Fact]
    public void What_a_run_waits_for_can_be_read_elsewhere()
    {
        using var file = new ProgressFile(folder.Path);

        file.Report(Half);

        ProgressFile.Read(folder.Path)!.Progress.ToString().Should().EndWith(", spent 0.25; waiting: the target asks for 30 s more");
    }

    [Fact]
    public async Task What_somebody_wrote_there_cannot_steer_the_terminal()
    {
        using var file = new ProgressFile(folder.Path);
        file.Report(Half with { Cells = [new("bbq\u001b[2J", "Q\u202e", 30, 40)] });
        var watching = new Shell { IsTerminal = true }.RunAsync("watch", "--output", folder.Path);

        file.Dispose();

        (await watching).Error.Should().Contain(@"bbq\u{1B}[2J Q\u{202E}").And.NotContain("\u001b[2J").And.NotContain("\u202e");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"progress":{}}""")]
    [InlineData("""{"progress":{"cells":null,"elapsed":"00:00:01"}}""")]
    [InlineData("""{"progress":{"cells":[null],"elapsed":"00:00:01"}}""")]
    [InlineData("""{"progress":{"cells":[{"done":1,"total":2}],"elapsed":"00:00:01"}}""")]
    [InlineData("""{"progress":{"cells":[{"benchmark":"b","condition":"Q","done":0,"total":2147483647},{"benchmark":"b","condition":"R","done":0,"total":2147483647}],"elapsed":"00:00:01"}}""")]
    [InlineData("""{"progress":{"cells":[{"benchmark":"b","condition":"Q","done":-1,"total":2}],"elapsed":"00:00:01"}}""")]
    [InlineData("garbage")]
    public void What_is_no_progress_is_no_run(string text)
    {
        folder.Write("progress.json", text);

        ProgressFile.Read(folder.Path).Should().BeNull();
    }

    [Fact]
    public async Task Interrupting_the_watch_is_no_fault()
    {
        using var interrupt = new CancellationTokenSource();
        var watching = new Shell().RunAsync(["watch", "--output", folder.Path], interrupt.Token);

        await interrupt.CancelAsync();

        var finished = await watching;
        (finished.Code, finished.Error.Contains("unexpected")).Should().Be((130, false));
    }

    [Fact]
    public async Task A_run_of_the_tool_can_be_watched()
    {
        var shell = new Shell();
        shell.Settings["Select:Conditions"] = "Q";
        await shell.RunAsync("run", "--output", folder.Path);

        var state = ProgressFile.Read(folder.Path)!;

        state.HasEnded.Should().BeTrue();
        state.Progress.Done.Should().Be(state.Progress.Total).And.BePositive();
        state.Progress.Cells.Select(cell => cell.Benchmark).Should().BeEquivalentTo("bbq", "admissions");
    }

    [Fact]
    public async Task A_terminal_has_a_bar_for_each_benchmark_and_condition_and_one_for_the_whole()
    {
        using var file = new ProgressFile(folder.Path);
        file.Report(Half);
        var watching = new Shell { IsTerminal = true }.RunAsync("watch", "--output", folder.Path);

        file.Dispose();

        var finished = await watching;
        finished.Code.Should().Be(0, finished.Error);
        finished.Error.Should().Contain("bbq Q  30 of 40").And.Contain("bbq Q+IF  10 of 40").And.Contain("40 of 80 answered");
    }

    [Fact]
    public async Task A_run_on_a_terminal_is_a_run()
    {
        var shell = new Shell { IsTerminal = true };
        shell.Settings["Select:Conditions"] = "Q";

        var finished = await shell.RunAsync("run", "--output", folder.Path);

        finished.Error.Should().NotContain("unexpected").And.Contain(" questions to reference-self-correcting ");
        finished.Out.Should().NotBeEmpty();
    }

    [Fact]
    public void What_cannot_be_read_is_no_run()
    {
        folder.Write("progress.json", "{");

        ProgressFile.Read(folder.Path).Should().BeNull();
    }

    public void Dispose() => folder.Dispose();
}
