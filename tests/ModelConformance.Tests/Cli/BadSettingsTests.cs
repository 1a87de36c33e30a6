namespace ModelConformance.Tests.Cli;

/// <summary>Settings that the tool meets before any verb, as a process in a folder: exit code 2, one error, no secret in it.</summary>
public sealed class BadSettingsTests : IDisposable
{
    private const string Key = "sk-very-secret-0123456789";
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task A_key_in_a_settings_file_is_refused_without_being_repeated()
    {
        folder.Write("appsettings.json", $$"""{ "Target": { "ApiKey": "{{Key}}" } }""");

        var finished = await ToolProcess.RunAsync(folder.Path, "run");

        ShouldFail(finished, 1, "appsettings.json", "Target:ApiKey stands in a file", "MODELCONFORMANCE__Target__ApiKey");
        finished.Error.Should().NotContain(Key);
    }

    [Fact]
    public async Task Every_mistyped_setting_is_named_with_those_that_there_are()
    {
        folder.Write("appsettings.json", """{ "Target": { "Retires": 3 }, "Treshholds": "gates.json" }""");

        ShouldFail(
            await ToolProcess.RunAsync(folder.Path, "run"), 2,
            "'Target:Retires' (MODELCONFORMANCE__Target__Retires) is unknown", "Retries", "'Treshholds'", "Thresholds");
    }

    [Fact]
    public async Task A_mistyped_environment_variable_is_named_too() => ShouldFail(
        await ToolProcess.RunAsync(folder.Path, [KeyValuePair.Create("MODELCONFORMANCE__Target__BaseURI", "http://127.0.0.1:1/v1")], "run"), 1,
        "MODELCONFORMANCE__Target__BaseURI", "unknown", "BaseUrl");

    [Theory]
    [InlineData("""{ "Target": { "Mode": "vibes" } }""", "Target:Mode")]
    [InlineData("""{ "RequireTarget": "maybe" }""", "RequireTarget")]
    [InlineData("""{ "Target": "http://127.0.0.1/v1" }""", "'Target'")]
    [InlineData("""{ "Output": { "Folder": "x" } }""", "'Output'")]
    [InlineData("""{ "Output": "x", """, "appsettings.json")]
    public async Task A_value_of_the_wrong_kind_is_named(string file, string name)
    {
        folder.Write("appsettings.json", file);

        ShouldFail(await ToolProcess.RunAsync(folder.Path, "run"), 1, name);
    }

    public void Dispose() => folder.Dispose();

    private void ShouldFail(Shell.Finished finished, int lines, params string[] words)
    {
        finished.Error.Should().ContainAll(words).And.NotContain("   at ").And.NotContain("\\u{A}");
        finished.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(lines, finished.Error);
        finished.Code.Should().Be(2);
        finished.Out.Should().BeEmpty();
        folder.Files.Should().BeSubsetOf(["appsettings.json"]);
    }
}
