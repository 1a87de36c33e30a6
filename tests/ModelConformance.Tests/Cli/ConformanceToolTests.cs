using System.CommandLine;
using System.CommandLine.Parsing;
using ModelConformance.Cli;
using ModelConformance.Runs;

namespace ModelConformance.Tests.Cli;

public sealed class ConformanceToolTests
{
    private readonly Shell shell = new();

    public static TheoryData<string> Commands()
    {
        var rows = new TheoryData<string>();
        foreach (var (path, _) in All(Root(), ""))
        {
            rows.Add(path);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task The_help_of_every_verb_ends_in_an_example(string path)
    {
        var finished = await shell.RunAsync([.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        finished.Code.Should().Be(0);
        finished.Error.Should().BeEmpty();
        finished.Out.Should().MatchRegex($@"Examples:\s+(\S+=\S+ )?conformance {path}");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_example_in_the_help_is_a_valid_command_line(string path)
    {
        var finished = await shell.RunAsync([.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        var lines = finished.Out[finished.Out.IndexOf("Examples:", StringComparison.Ordinal)..].Split('\n', StringSplitOptions.TrimEntries).Skip(1)
            .Where(line => line.Length > 0);
        foreach (var line in lines)
        {
            var words = CommandLineParser.SplitCommandLine(line).SkipWhile(word => word.Contains('=')).ToArray();
            words[0].Should().Be("conformance");
            Root().Parse(words[1..]).Errors.Should().BeEmpty(line);
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task An_unknown_option_is_bad_input_with_a_hint(string path)
    {
        var finished = await shell.RunAsync([.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--no-such-option"]);

        finished.Code.Should().Be((int)ExitCode.BadInput);
        finished.Out.Should().BeEmpty();
        finished.Error.Should().Contain("--no-such-option").And.Contain($"{$"conformance {path}".TrimEnd()} --help");
    }

    [Fact]
    public async Task An_address_behind_a_mistyped_option_is_not_shown()
    {
        var finished = await new Shell().RunAsync("run", "--leger", "Host=db;Password=very secret");

        finished.Code.Should().Be(2);
        finished.Error.Should().Contain("--leger").And.Contain("(an address, not shown)").And.NotContain("secret");
    }

    [Fact]
    public async Task A_mistyped_verb_is_answered_with_the_one_that_was_meant()
    {
        var finished = await shell.RunAsync("data", "vrify");

        finished.Code.Should().Be((int)ExitCode.BadInput);
        finished.Error.Should().Contain("Did you mean").And.Contain("verify");
    }

    [Fact]
    public async Task No_verb_at_all_is_answered_with_the_list()
    {
        var finished = await shell.RunAsync();

        finished.Code.Should().Be((int)ExitCode.BadInput);
        finished.Error.Should().Contain("Commands of 'conformance': run, plan, watch, snapshot, score, data, serve");
    }

    [Fact]
    public async Task What_the_user_typed_cannot_steer_the_terminal()
    {
        var finished = await shell.RunAsync("data", "\u001b[2J");
        finished.Error.Should().NotContain("\u001b").And.Contain("\\u{1B}[2J");
    }

    [Fact]
    public async Task An_argument_that_begins_with_an_at_sign_is_no_file_to_read()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("arguments", "data list");

        (await shell.RunAsync("@" + file)).Code.Should().Be((int)ExitCode.BadInput);
    }

    [Fact]
    public async Task An_unexpected_fault_is_one_line_and_a_way_to_the_details()
    {
        using var output = new BrokenWriter();
        using var error = new StringWriter();
        var context = new ToolContext(output, error) { Settings = new RunSettings() };

        var code = await ConformanceTool.InvokeAsync(["data", "list"], context, default);

        code.Should().Be((int)ExitCode.Fault);
        error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(2);
        error.ToString().Should().Contain("planted").And.Contain("MODELCONFORMANCE_DEBUG=1").And.NotContain("   at ");
    }

    private static RootCommand Root() => ConformanceTool.Create(
        new ToolContext(TextWriter.Null, TextWriter.Null) { Settings = new RunSettings() });

    private static IEnumerable<(string Path, Command Command)> All(Command command, string path) =>
        command.Subcommands.SelectMany(sub => All(sub, $"{path} {sub.Name}".Trim())).Prepend((path, command));

    private sealed class BrokenWriter : StringWriter
    {
        public override void WriteLine(string? value) => throw new InvalidOperationException("planted");
    }
}
