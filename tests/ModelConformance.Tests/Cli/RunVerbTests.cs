using System.Text.RegularExpressions;

namespace ModelConformance.Tests.Cli;

public sealed class RunVerbTests
{
    [Theory]
    [InlineData(4, "--base-url", "http://127.0.0.1:9/v1", "--model", "m")]
    [InlineData(2, "--thresholds", "/no/such/file.json")]
    [InlineData(2, "--data", "/no/such/folder")]
    public async Task A_run_that_cannot_begin_leaves_no_results_of_an_earlier_one(int code, params string[] args)
    {
        using var folder = new TemporaryFolder();
        folder.Write("results.json", "{}");

        var finished = await new Shell().RunAsync(["run", "--output", folder.Path, .. args]);

        finished.Code.Should().Be(code, finished.Error);
        folder.Files.Should().BeSubsetOf(["ledger.db", "progress.json"]);
    }

    [Theory]
    [InlineData]
    [InlineData("--shard", "1/2", "--ledger", "ledger.db", "--base-url", "http://127.0.0.1:9/v1", "--model", "m")]
    public async Task A_run_that_is_interrupted_while_it_reads_its_data_says_that_it_asked_nothing(params string[] args)
    {
        using var folder = new TemporaryFolder();

        var finished = await new Shell().RunAsync(["run", "--output", folder.Path, .. args], new CancellationToken(canceled: true));

        (finished.Code, finished.Out).Should().Be((130, ""));
        finished.Error.Trim().Split('\n').Should().Equal("Nothing was asked.", "interrupted");
        folder.Files.Should().BeEmpty();
    }

    [Fact]
    public async Task A_model_without_an_endpoint_is_not_stood_in_for_by_the_reference_model()
    {
        using var folder = new TemporaryFolder();

        var finished = await new Shell().RunAsync("run", "--model", "my-model", "--output", folder.Path);

        finished.Code.Should().Be(2);
        finished.Error.Should().Contain("MODELCONFORMANCE__Target__BaseUrl");
    }

    [Fact]
    public async Task A_long_table_has_the_figures_that_gates_read_and_says_where_all_are()
    {
        using var folder = new TemporaryFolder();
        string[] selected = ["--benchmarks", "bbq", "--conditions", "Q"];

        var run = await new Shell().RunAsync(["run", "--output", folder.Path, .. selected]);

        var results = Path.Combine(folder.Path, "results.json");
        run.Error.Should().MatchRegex($"The table has the figures that gates read, [0-9]+ of [0-9]+; {Regex.Escape(results)} has all");
        run.Out.Should().MatchRegex("(?m)^all +Q +ambiguous +bbq.bias ").And.NotMatchRegex("(?m)^Age ");
        run.Out.IndexOf("verdict", StringComparison.Ordinal).Should().BeGreaterThan(run.Out.IndexOf("bbq.bias", StringComparison.Ordinal));
        folder.Read("results.json").Should().Contain("\"Age\"");

        var scored = await new Shell().RunAsync("score", "--answers", Path.Combine(folder.Path, "answers.bbq.jsonl"));

        scored.Out.Should().MatchRegex("(?m)^Age +Q +ambiguous +bbq.bias ", "nothing was judged, so that figures are all there is");
    }

    [Fact]
    public async Task Each_fault_of_a_thresholds_file_has_a_line_of_its_own()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("t.json", """{"gates":[{"id":"a","metric":"bbq.bias","context":"ambiguous","condition":"R","max":5}]}""");

        var finished = await new Shell().RunAsync("run", "--thresholds", file, "--output", folder.Path);

        finished.Code.Should().Be(2);
        finished.Error.Trim().Split('\n').Should().HaveCount(2);
    }
}
