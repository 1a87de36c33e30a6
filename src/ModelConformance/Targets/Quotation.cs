using System.Globalization;
using System.Text;

namespace ModelConformance.Targets;

/// <summary>How text from a server or a setting is quoted in messages: on one line, bounded, and without secrets.</summary>
internal static class Quotation
{
    /// <summary>
    /// The beginning of a text between quotes. Control and format characters (which could rewrite a terminal or reverse a line) are escaped,
    /// white space runs are one space.
    /// </summary>
    /// <param name="text">Untrusted text.</param>
    /// <param name="most">The characters kept.</param>
    /// <param name="secret">What is replaced wherever it occurs: servers do echo the key they reject.</param>
    public static string Of(string text, int most = 300, string? secret = null)
    {
        var open = string.IsNullOrEmpty(secret) ? text : text.Replace(secret, "[key]", StringComparison.Ordinal);
        var quoted = new StringBuilder("\"");
        var space = false;
        foreach (var c in open.AsSpan().Trim())
        {
            if (quoted.Length > most)
            {
                return quoted.Append("…\"").ToString();
            }

            if (char.IsWhiteSpace(c))
            {
                space = true;
                continue;
            }

            quoted.Append(space ? " " : "");
            space = false;
            _ = char.GetUnicodeCategory(c)
                is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                ? quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")
                : quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
