using System.Text;
using ModelConformance.Datasets;

namespace ModelConformance.Tests.Datasets;

public sealed class GitBlobTests
{
    [Theory]
    // From git hash-object --stdin.
    [InlineData("", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")]
    [InlineData("hello\n", "ce013625030ba8dba906f756967f9e9ca394464a")]
    public async Task The_id_is_the_one_that_git_gives(string text, string expected)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        (await GitBlob.IdAsync(content, default)).Should().Be(expected);
    }

    [Fact]
    public async Task A_stream_is_read_from_its_beginning_wherever_it_stands()
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("hello\n"));
        content.Position = 3;
        (await GitBlob.IdAsync(content, default)).Should().Be("ce013625030ba8dba906f756967f9e9ca394464a");
    }
}
