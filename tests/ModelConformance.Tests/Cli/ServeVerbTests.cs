using System.Text.Json.Nodes;
using ModelConformance.Cli;
using ModelConformance.Runs;

namespace ModelConformance.Tests.Cli;

public sealed class ServeVerbTests
{
    [Fact]
    public async Task The_model_has_the_name_that_was_given_and_the_server_tells_its_faults()
    {
        using var stop = new CancellationTokenSource();
        using var output = new StringWriter();
        using var error = new Heard("Ctrl-C");
        var context = new ToolContext(output, TextWriter.Synchronized(error)) { Settings = new RunSettings() };
        var serving = ConformanceTool.InvokeAsync(
            ["serve", "--port", "0", "--model", "my-model", "--faults", "type,null", "--fault-rate", "1"], context, stop.Token);
        await Task.WhenAny(error.Said, serving);

        using var http = new HttpClient();
        var url = new Uri(output.ToString().Trim());
        JsonNode.Parse(await http.GetStringAsync(new Uri($"{url}/models")))!["data"]![0]!["id"]!.GetValue<string>().Should().Be("my-model");
        JsonNode.Parse(await http.GetStringAsync(new Uri(url, "/faults")))!["faults"]!.ToJsonString().Should().Be("""{"type":1}""");
        error.ToString().Should().Contain("my-model answers").And.Contain("100.0 % of the requests");
        await stop.CancelAsync();
        (await serving).Should().Be((int)ExitCode.Pass);
    }

    [Theory]
    [InlineData("'resets'", "--faults", "resets")]
    [InlineData("--fault-rate 1.5: expected 0 … 1", "--faults", "reset", "--fault-rate", "1.5")]
    [InlineData("--fault-rate needs --faults", "--fault-rate", "0.5")]
    public async Task Faults_that_cannot_be_planned_are_bad_input(string words, params string[] args)
    {
        var finished = await new Shell().RunAsync(["serve", "--port", "0", .. args]);

        finished.Code.Should().Be((int)ExitCode.BadInput);
        finished.Error.Should().Contain(words);
        finished.Out.Should().BeEmpty();
    }

    [Fact]
    public async Task The_embedded_model_has_the_faults_of_the_settings()
    {
        using var folder = new TemporaryFolder();
        var shell = new Shell();
        (shell.Settings["ReferenceModel:Faults"], shell.Settings["Select:Conditions"]) = ("filter", "Q");

        var finished = await shell.RunAsync("run", "--benchmarks", "bbq", "--output", folder.Path, "--json");

        finished.Error.Should().Contain("of content in 10.0 % of the conversations");
        finished.Json.GetProperty("cells").EnumerateArray().Sum(cell => cell.GetProperty("counts").GetProperty("filtered").GetInt32())
            .Should().BePositive();
    }

    [Fact]
    public async Task Faults_in_the_settings_that_there_are_not_are_an_error_that_names_the_setting()
    {
        using var folder = new TemporaryFolder();
        var shell = new Shell();
        shell.Settings["ReferenceModel:Faults"] = "resets";

        var finished = await shell.RunAsync("run", "--output", folder.Path);

        finished.Code.Should().Be((int)ExitCode.BadInput);
        finished.Error.Should().ContainAll("'resets'", "MODELCONFORMANCE__ReferenceModel__Faults");
    }

    /// <summary>Tells when a line with certain words was written, after which nothing is written until more happens: text must not be read beside a writer.</summary>
    private sealed class Heard(string words) : StringWriter
    {
        private readonly TaskCompletionSource said = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Said => said.Task;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains(words, StringComparison.Ordinal) == true)
            {
                said.TrySetResult();
            }
        }
    }
}
