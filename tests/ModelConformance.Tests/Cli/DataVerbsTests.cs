using Microsoft.AspNetCore.Http;
using ModelConformance.Cli;
using ModelConformance.Datasets;
using ModelConformance.Tests.Datasets;

namespace ModelConformance.Tests.Cli;

public sealed class DataVerbsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Shell shell = new() { Manifest = new DataManifest([Pins.Of("age\n"), Pins.Of("ses\n", "SES.jsonl")]) };

    [Fact]
    public async Task List_names_every_pinned_file_with_licence_and_commit()
    {
        var finished = await new Shell().RunAsync("data", "list");

        finished.Code.Should().Be(0);
        finished.Error.Should().BeEmpty();
        finished.Out.Should().ContainAll(DataManifest.Embedded.Files.SelectMany(file => new[] { file.Path, file.BlobId, file.Origin.Licence, file.Origin.Commit }));
    }

    [Fact]
    public async Task List_shows_the_state_of_a_folder_where_there_is_one()
    {
        folder.Write("bbq/Age.jsonl", "age\n");
        var files = (await shell.RunAsync("data", "list", "--root", folder.Path, "--json")).Json.GetProperty("files");
        files.EnumerateArray().Select(file => file.GetProperty("state").GetString()).Should().Equal("pinned", "absent");
    }

    [Fact]
    public async Task List_narrows_to_a_benchmark()
    {
        var files = (await new Shell().RunAsync("data", "list", "--benchmark", "winogender", "--json")).Json.GetProperty("files");
        files.EnumerateArray().Select(file => file.GetProperty("licence").GetString()).Should().Equal("MIT", "MIT");
    }

    [Fact]
    public async Task Verify_passes_a_folder_with_the_published_files()
    {
        folder.Write("bbq/Age.jsonl", "age\n");
        folder.Write("bbq/SES.jsonl", "ses\n");

        var finished = await shell.RunAsync("data", "verify", "--root", folder.Path);

        finished.Code.Should().Be(0);
        finished.Error.Should().Contain("2 of 2 files pinned");
    }

    [Fact]
    public async Task Verify_tells_what_differs_and_what_is_absent_and_what_to_do()
    {
        folder.Write("bbq/Age.jsonl", "regenerated\n");

        var finished = await shell.RunAsync("data", "verify", "--root", folder.Path);

        finished.Code.Should().Be((int)ExitCode.BadInput);
        finished.Out.Should().MatchRegex(@"bbq/Age\.jsonl\s+differing").And.MatchRegex(@"bbq/SES\.jsonl\s+absent");
        finished.Error.Should().Contain("not comparable with published").And.Contain("conformance data fetch --to");
    }

    [Fact]
    public async Task Verify_as_JSON_is_one_document_with_nothing_beside_it()
    {
        folder.Write("bbq/Age.jsonl", "regenerated\n");

        var finished = await shell.RunAsync("data", "verify", "--root", folder.Path, "--json");

        finished.Code.Should().Be((int)ExitCode.BadInput);
        finished.Json.GetProperty("pinned").GetBoolean().Should().BeFalse();
        finished.Json.GetProperty("files")[0].GetProperty("state").GetString().Should().Be("differing");
    }

    [Fact]
    public async Task Verify_reads_the_root_from_the_settings()
    {
        shell.Settings["Data:Root"] = folder.Path;
        (await shell.RunAsync("data", "verify", "--json")).Json.GetProperty("root").GetString().Should().Be(folder.Path);
    }

    [Fact]
    public async Task Verify_without_a_root_says_how_to_give_one()
    {
        var finished = await shell.RunAsync("data", "verify", "--json");
        finished.Code.Should().Be((int)ExitCode.BadInput);
        finished.Out.Should().BeEmpty();
        finished.Error.Should().Contain("--root").And.Contain("MODELCONFORMANCE__Data__Root");
    }

    [Fact]
    public async Task Verify_of_a_folder_that_does_not_exist_says_so()
    {
        var finished = await shell.RunAsync("data", "verify", "--root", Path.Combine(folder.Path, "none"));
        finished.Code.Should().Be((int)ExitCode.BadInput);
        finished.Error.Should().Contain("There is no folder");
    }

    [Fact]
    public async Task Fetch_from_a_mirror_fills_a_folder_and_states_the_licence()
    {
        await using var mirror = await Mirror.StartAsync(Serve);

        var finished = await shell.RunAsync("data", "fetch", "--to", folder.Path, "--from", mirror.Url.AbsoluteUri);

        finished.Code.Should().Be(0);
        finished.Out.Should().Contain("2 of 2 files").And.Contain("2 fetched").And.Contain("CC-BY-4.0");
        finished.Error.Should().Contain("bbq/Age.jsonl: fetched");
        folder.Files.Should().Equal("bbq/Age.jsonl", "bbq/SES.jsonl");
        (await shell.RunAsync("data", "fetch", "--to", folder.Path, "--from", mirror.Url.AbsoluteUri)).Out.Should().Contain("2 present");
        mirror.Requests.Should().Be(2);
    }

    [Fact]
    public async Task Fetch_names_every_file_that_failed_and_exits_2()
    {
        using var share = new TemporaryFolder();
        share.Write("bbq/Age.jsonl", "other\n");

        var finished = await shell.RunAsync("data", "fetch", "--to", folder.Path, "--from", share.Path, "--json");

        finished.Code.Should().Be((int)ExitCode.BadInput);
        finished.Error.Should().Contain("found blob").And.Contain("SES.jsonl: no such file");
        finished.Json.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("state").GetString()).Should().Equal("failed", "failed");
        folder.Files.Should().BeEmpty();
    }

    [Theory]
    [InlineData("no/such/folder", "there is no such folder")]
    [InlineData("ftp://mirror.example", "http or https")]
    [InlineData("https://user:secret@mirror.example", "may not carry a user name")]
    [InlineData("https://", "--from")]
    public async Task A_mirror_that_cannot_be_used_is_bad_input(string from, string message)
    {
        var finished = await shell.RunAsync("data", "fetch", "--to", folder.Path, "--from", from);

        finished.Code.Should().Be((int)ExitCode.BadInput);
        finished.Error.Should().Contain(message).And.NotContain("secret");
    }

    [Fact]
    public async Task An_interrupted_fetch_exits_130_and_leaves_nothing_that_looks_whole()
    {
        using var stop = new CancellationTokenSource();
        await using var mirror = await Mirror.StalledAsync(stop);

        var finished = await shell.RunAsync(["data", "fetch", "--to", folder.Path, "--from", mirror.Url.AbsoluteUri], stop.Token);

        finished.Code.Should().Be((int)ExitCode.Interrupted);
        finished.Out.Should().BeEmpty();
        finished.Error.Should().Contain("interrupted");
        folder.Files.Should().BeEmpty();
    }

    [Fact]
    public async Task Progress_on_a_terminal_leaves_standard_output_to_the_result()
    {
        await using var mirror = await Mirror.StartAsync(Serve);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var context = new ToolContext(output, error)
        {
            Settings = new ModelConformance.Runs.RunSettings(),
            Manifest = shell.Manifest,
            IsTerminal = true,
        };

        var code = await ConformanceTool.InvokeAsync(
            ["data", "fetch", "--to", folder.Path, "--from", mirror.Url.AbsoluteUri, "--json"], context, default);

        code.Should().Be(0);
        System.Text.Json.JsonDocument.Parse(output.ToString()).RootElement.GetProperty("pinned").GetBoolean().Should().BeTrue();
        folder.Files.Should().Equal("bbq/Age.jsonl", "bbq/SES.jsonl");
    }

    public void Dispose() => folder.Dispose();

    private static Task Serve(HttpContext context, int request) =>
        context.Response.WriteAsync(context.Request.Path.Value!.EndsWith("Age.jsonl", StringComparison.Ordinal) ? "age\n" : "ses\n");
}
