using ModelConformance.Cli;

namespace ModelConformance.Tests.Cli;

public sealed class TerminalTests
{
    [Theory]
    [InlineData("plain text, with ü and 漢 and 🙂", "plain text, with ü and 漢 and 🙂")]
    [InlineData("\u001b[2Jgone", "\\u{1B}[2Jgone")]
    [InlineData("pass\rFAIL\nnext", "pass\\u{D}FAIL\\u{A}next")]
    [InlineData("a\u202eb\u2066c\u0085d\u2028e", "a\\u{202E}b\\u{2066}c\\u{85}d\\u{2028}e")]
    public void Characters_that_steer_a_terminal_are_spelled_out(string untrusted, string shown) => Terminal.Escape(untrusted).Should().Be(shown);

    [Fact]
    public void A_table_aligns_its_columns_and_ends_lines_without_blanks()
    {
        using var writer = new StringWriter();
        TextTable.Write(writer, [["file", "state"], ["a\u001b", "x"]]);
        writer.ToString().Split(Environment.NewLine).Should().Equal("file     state", "a\\u{1B}  x", "");
    }
}
