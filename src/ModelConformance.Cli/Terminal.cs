using System.Globalization;
using System.Text;

namespace ModelConformance.Cli;

/// <summary>What may be written to a terminal.</summary>
public static class Terminal
{
    /// <summary>
    /// Text with its control and direction-changing characters spelled out (<c>\u{1B}</c>): a model's reply or a file's content can otherwise move
    /// the cursor, rewrite a verdict above it, or show a word backwards. Line ends go too: a message is one line.
    /// </summary>
    /// <param name="untrusted">Text from a model, a server, a file or the command line.</param>
    public static string Escape(string untrusted)
    {
        ArgumentNullException.ThrowIfNull(untrusted);
        if (!untrusted.Any(Harmful))
        {
            return untrusted;
        }

        var safe = new StringBuilder(untrusted.Length + 16);
        foreach (var character in untrusted)
        {
            _ = Harmful(character)
                ? safe.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)character:X}}}")
                : safe.Append(character);
        }

        return safe.ToString();
    }

    private static bool Harmful(char character) => char.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
