using System.Text.RegularExpressions;

namespace ModelConformance.Benchmarks.Reading;

/// <summary>The part of a model's text that may hold its answer.</summary>
internal static partial class ReplyText
{
    /// <summary>A longer text is read at its two ends only, this many characters (at most) each: the work stays bounded.</summary>
    public const int End = 2000;

    /// <summary>
    /// The text without hidden reasoning, mark-up and its middle. Null where the reasoning was begun and never ended: what stands there is not
    /// an answer.
    /// </summary>
    public static string? Answering(string text)
    {
        var excerpt = text.Length <= 2 * End ? text : $"{ToLastSpace(text[..End])}\n{FromFirstSpace(text[^End..])}";
        var thought = excerpt.LastIndexOf("</think>", StringComparison.OrdinalIgnoreCase);
        if (thought >= 0)
        {
            excerpt = excerpt[(thought + "</think>".Length)..];
        }
        else if (text.Length > 0 && text.AsSpan().TrimStart().StartsWith("<think>", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        excerpt = excerpt.ReplaceLineEndings("\n");
        return excerpt.AsSpan().ContainsAny('\\', '<') ? Markup().Replace(Boxed().Replace(excerpt, "\nfinal answer: "), "") : excerpt;
    }

    // Cut between words: half a word could be another one.
    private static string ToLastSpace(string text) => text[..(text.LastIndexOfAny([' ', '\n']) + 1)];

    private static string FromFirstSpace(string text) => text[(text.IndexOfAny([' ', '\n']) + 1)..];

    [GeneratedRegex(@"\\boxed\s*\{", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Boxed();

    [GeneratedRegex(@"\\(text|textbf|mathrm|mathbf)\s*\{|</?[a-zA-Z]{1,10}>", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Markup();
}
