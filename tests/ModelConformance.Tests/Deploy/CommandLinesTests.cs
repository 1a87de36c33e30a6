using System.Text.RegularExpressions;

namespace ModelConformance.Tests.Deploy;

/// <summary>What readers copy from the documents runs as it stands there.</summary>
public partial class CommandLinesTests
{
    public static TheoryData<string> Documents()
    {
        var files = new TheoryData<string>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md").Append(Path.Combine(Repository.Root, "README.md"))
            .Append(Path.Combine(Repository.Root, "deploy", "README.md")).Order(StringComparer.Ordinal))
        {
            files.Add(Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'));
        }

        return files;
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void The_tool_takes_every_command_line(string document)
    {
        foreach (var line in Lines(document))
        {
            Repository.Mistakes(Repository.Words(line)).Should().BeEmpty(line);
        }
    }

    [Fact]
    public void There_are_command_lines_to_look_at() => Lines("docs/shards.md").Concat(Lines("docs/batch.md")).Should().HaveCountGreaterThan(4);

    /// <summary>The lines of code blocks that call the tool, installed or from a checkout, without its name.</summary>
    private static IEnumerable<string> Lines(string document) =>
        from block in Block().Matches(Repository.Read(document))
        from line in Continued().Replace(block.Groups[1].Value, " ").Split('\n')
        let call = Call().Match(line)
        where call.Success
        select call.Groups[1].Value;

    [GeneratedRegex(@"^```\w*\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\\\n\s*")]
    private static partial Regex Continued();

    // Without a comment, and without what a shell would do with the output.
    [GeneratedRegex(@"^\s*(?:\S+=\S+ )*(?:conformance|dotnet run (?:-c Release )?--project src/ModelConformance\.Cli --) ((?:[^#|>]|(?<=\S)#)+)")]
    private static partial Regex Call();
}
