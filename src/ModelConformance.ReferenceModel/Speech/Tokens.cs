using System.Text;

namespace ModelConformance.ReferenceModel.Speech;

/// <summary>
/// Cuts a text into tokens, much as vocabularies do: a word or one other character, each with the single space before it. An option's letter in
/// parentheses is a token of its own.
/// </summary>
internal static class Tokens
{
    /// <summary>The tokens' places in order; together they are the whole text. Empty for an empty text.</summary>
    internal static List<Range> Of(ReadOnlySpan<char> text)
    {
        var tokens = new List<Range>(text.Length / 5 + 4);
        for (var start = 0; start < text.Length;)
        {
            var end = End(text, start);
            tokens.Add(start..end);
            start = end;
        }

        return tokens;
    }

    private static int End(ReadOnlySpan<char> text, int start)
    {
        var at = text[start] == ' ' && start + 1 < text.Length ? start + 1 : start;
        var end = at;
        while (end < text.Length && IsWord(text[end]))
        {
            end++;
        }

        // Rune: half of a surrogate pair is no text.
        return end > at ? end : at + (Rune.DecodeFromUtf16(text[at..], out _, out var length) == default ? 1 : length);
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '\'';
}
