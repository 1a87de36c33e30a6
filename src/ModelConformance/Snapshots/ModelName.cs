using System.Text;

namespace ModelConformance.Snapshots;

/// <summary>
/// A model's name as one plain word. Names come from servers and can hold anything; what is not plain is written as percent-escaped UTF-8, and
/// undone on reading.
/// </summary>
internal static class ModelName
{
    private static readonly UTF8Encoding Strict = new(false, true);

    public static string Escape(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var text = new StringBuilder(name.Length);
        var previous = '\0';
        foreach (var letter in Strict.GetBytes(name).Select(value => (char)value))
        {
            _ = Stays(letter, previous) ? text.Append(letter) : text.Append($"%{(int)letter:X2}");
            previous = letter;
        }

        return text.ToString();
    }

    /// <summary>The name, or null where the text is not one that <see cref="Escape"/> writes.</summary>
    public static string? Unescape(string text)
    {
        if (!PlainWord.Is(text))
        {
            return null;
        }

        var name = Uri.UnescapeDataString(text);
        return name.Length > 0 && IsWellFormed(name) && Escape(name) == text ? name : null;
    }

    // A slash that no letter or digit precedes can begin an absolute path (vLLM serves models under their path by default), and Verify would put a
    // placeholder such as {TempPath} in its stead: text that the other engine does not write.
    private static bool Stays(char letter, char previous) => letter switch
    {
        '/' => char.IsAsciiLetterOrDigit(previous),
        '\\' or '%' => false,
        _ => letter is > ' ' and <= '~',
    };

    private static bool IsWellFormed(string name)
    {
        for (var at = 0; at < name.Length; at++)
        {
            if (char.IsSurrogate(name[at]) && !(at + 1 < name.Length && char.IsSurrogatePair(name[at], name[++at])))
            {
                return false;
            }
        }

        return true;
    }
}
