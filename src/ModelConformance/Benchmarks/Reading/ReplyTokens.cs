using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ModelConformance.Benchmarks.Reading;

/// <summary>
/// A text as lower-case words and the punctuation that matters. Contractions are written out, quotes and emphasis are gone; whatever the
/// input, making it takes time linear in its length.
/// </summary>
internal sealed class ReplyTokens
{
    private static readonly Dictionary<string, string[]> Written = new(StringComparer.Ordinal)
    {
        ["cannot"] = ["can", "not"],
        ["cant"] = ["can", "not"],
        ["can't"] = ["can", "not"],
        ["won't"] = ["will", "not"],
        ["dont"] = ["do", "not"],
        ["doesnt"] = ["does", "not"],
        ["didnt"] = ["did", "not"],
        ["isnt"] = ["is", "not"],
        ["wasnt"] = ["was", "not"],
        ["info"] = ["information"],
    };

    private static readonly string[] Pronouns = ["it", "who", "that", "there", "he", "she", "what", "here", "this"];
    private static readonly string[] Titles = ["mr", "mrs", "ms", "dr", "st", "vs"];

    // Words that may stand inside a phrase without changing what it says.
    private static readonly HashSet<string> Adverbs = new(
        ("really explicitly clearly actually directly definitively definitely specifically currently also even simply just conclusively reliably "
            + "possibly exactly accurately necessarily confidently sufficiently completely entirely fully honestly yet").Split(' '),
        StringComparer.Ordinal);

    private readonly List<Token> tokens = [];
    private readonly int[] starts;
    private readonly int[] plainStarts;

    /// <summary>Reads a text.</summary>
    public ReplyTokens(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            i = InWord(text, i) ? Word(text, i) : Mark(text, i);
        }

        (starts, Canonical) = Join(_ => true);
        (plainStarts, Plain) = tokens.Exists(token => Adverbs.Contains(token.Text))
            ? Join(token => !Adverbs.Contains(token.Text))
            : (starts, Canonical);
    }

    /// <summary>How many tokens there are.</summary>
    public int Count => tokens.Count;

    /// <summary>All tokens, each followed by one space: what patterns are written for.</summary>
    public string Canonical { get; }

    /// <summary>The same without adverbs: what phrases are looked for in.</summary>
    public string Plain { get; }

    /// <summary>A token.</summary>
    public Token this[int index] => tokens[index];

    /// <summary>Whether the tokens from a position on are these words.</summary>
    public bool At(int index, ReadOnlySpan<string> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (index + i >= Count || tokens[index + i].Text != words[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The tokens from one position up to another, each followed by one space.</summary>
    public string Between(int start, int end) =>
        start >= end ? "" : Canonical[starts[start]..(end < Count ? starts[end] : Canonical.Length)];

    /// <summary>Where a pattern occurs, adverbs left aside, as positions of tokens: the first, and the one after the last.</summary>
    public IReadOnlyList<(int Start, int End)> Find(Regex pattern)
    {
        List<(int Start, int End)>? found = null;
        foreach (var match in pattern.EnumerateMatches(Plain))
        {
            (found ??= []).Add((Holding(match.Index), Holding(match.Index + match.Length - 1) + 1));
        }

        return found ?? [];
    }

    /// <summary>Where the sentence begins that holds a token.</summary>
    public int SentenceStart(int at)
    {
        while (at > 0 && !tokens[at - 1].EndsSentence)
        {
            at--;
        }

        return at;
    }

    /// <summary>The mark that ends the sentence, at or after a position; <see cref="Count"/> where none does.</summary>
    public int SentenceEnd(int at)
    {
        while (at < Count && !tokens[at].EndsSentence)
        {
            at++;
        }

        return at;
    }

    /// <summary>Where the clause begins that holds a token.</summary>
    public int ClauseStart(int at)
    {
        while (at > 0 && !tokens[at - 1].EndsSentence && tokens[at - 1].Text is not ("," or ":") && !Cues.ClauseBreaks.Contains(tokens[at - 1].Text))
        {
            at--;
        }

        return at;
    }

    // The token whose text, or following space, holds a character of the plain text: tokens left out have the start of the next one.
    private int Holding(int character)
    {
        var (low, high) = (0, Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = plainStarts[middle] <= character ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    private (int[] Starts, string Text) Join(Func<Token, bool> holds)
    {
        var at = new int[tokens.Count];
        var text = new StringBuilder(8 * tokens.Count);
        for (var i = 0; i < tokens.Count; i++)
        {
            at[i] = text.Length;
            if (holds(tokens[i]))
            {
                text.Append(tokens[i].Text).Append(' ');
            }
        }

        return (at, text.ToString());
    }

    private int Word(string text, int start)
    {
        var end = start;
        while (end < text.Length && (InWord(text, end) || (IsApostrophe(text[end]) && InWord(text, end + 1))))
        {
            end++;
        }

        var word = text[start..end].ToLowerInvariant().Replace('\u2019', '\'').Replace('\u02BC', '\'').Replace('`', '\'');
        var joined = start > 1 && IsHyphen(text[start - 1]) && InWord(text, start - 2);
        foreach (var part in Parts(word))
        {
            tokens.Add(new(part, char.IsUpper(text[start]), joined));
            joined = false;
        }

        return end;
    }

    private static string[] Parts(string word) =>
        Written.TryGetValue(word, out var parts) ? parts
        : word.EndsWith("n't", StringComparison.Ordinal) ? [word[..^3], "not"]
        : word.IndexOf('\'', StringComparison.Ordinal) is var at and > 0 ? (word[(at + 1)..] switch
        {
            "s" when Pronouns.Contains(word[..at]) => [word[..at], "is"],
            "m" => [word[..at], "am"],
            "re" => [word[..at], "are"],
            "ll" => [word[..at], "will"],
            "d" => [word[..at], "would"],
            "ve" => [word[..at], "have"],
            _ => [word],
        })
        : [word];

    private int Mark(string text, int at)
    {
        var inside = InWord(text, at - 1) && InWord(text, at + 1);
        var mark = text[at] switch
        {
            '.' when inside || (tokens.Count > 0 && Titles.Contains(tokens[^1].Text)) => null,
            '.' or '!' or ';' or '\u2026' or '\u3002' => ".",
            '?' => "?",
            ',' => ",",
            ':' or '=' or '\u2192' => ":",
            '(' or '[' or '\uFF08' => "(",
            ')' or ']' or '\uFF09' => ")",
            '\n' => "\n",
            '\u2014' => "-",
            '-' or '\u2013' when !inside => "-",
            '/' => "or",
            '&' => "and",
            _ => null,
        };
        if (mark is not null)
        {
            tokens.Add(new(mark, false, false));
        }

        return at + 1;
    }

    // Letters of every plane and combining marks; not the emoji, which stand in pairs of surrogates too.
    private static bool InWord(string text, int at) =>
        at >= 0 && at < text.Length
        && (char.IsLowSurrogate(text[at]) && at > 0 && char.IsHighSurrogate(text[at - 1]) ? char.IsLetterOrDigit(text, at - 1)
            : char.IsLetterOrDigit(text, at) || char.GetUnicodeCategory(text[at]) == UnicodeCategory.NonSpacingMark);

    private static bool IsApostrophe(char c) => c is '\'' or '\u2019' or '\u02BC' or '`';

    private static bool IsHyphen(char c) => c is '-' or '\u2010' or '\u2011' or '\u2013';
}

/// <summary>A word or a punctuation mark.</summary>
/// <param name="Text">In lower case; a line's end is <c>\n</c>.</param>
/// <param name="Capital">Whether it began with a capital.</param>
/// <param name="Joined">Whether a hyphen joins it to the word before.</param>
internal readonly record struct Token(string Text, bool Capital, bool Joined)
{
    /// <summary>Whether it is a word, not a mark.</summary>
    public bool IsWord => Text is not ("." or "?" or "," or ":" or "(" or ")" or "\n" or "-");

    /// <summary>Whether it ends a sentence.</summary>
    public bool EndsSentence => Text is "." or "?" or "\n";
}
