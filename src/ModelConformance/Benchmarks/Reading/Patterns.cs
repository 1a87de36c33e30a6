using System.Text.RegularExpressions;

namespace ModelConformance.Benchmarks.Reading;

/// <summary>
/// Patterns over <see cref="ReplyTokens.Canonical"/>: lower case, one space after each token. None backtracks, so that no reply, whatever it
/// holds, can make reading slow.
/// </summary>
internal static class Patterns
{
    /// <summary>Words that may stand between the parts of a phrase without changing it.</summary>
    public const string Adverbs =
        "(?:(?:really|explicitly|clearly|actually|directly|definitively|definitely|specifically|currently|also|even|simply|just|conclusively|"
        + "reliably|possibly|exactly|accurately|necessarily|either|at all|fully|for sure|with certainty|confidently|sufficiently|completely|entirely) )*";

    /// <summary>Any of the alternatives, as whole words. A space in one stands for one space; <c>{ADV}</c> for adverbs, which bring their own.</summary>
    public static Regex Of(params string[] alternatives) => Raw(@"(?:\b|^)(?:" + string.Join('|', alternatives.Select(a => $"(?:{a})")) + ") ");

    /// <summary>A pattern as it stands.</summary>
    public static Regex Raw(string pattern) =>
        new(pattern.Replace("{ADV}", Adverbs, StringComparison.Ordinal), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
