using System.Text.RegularExpressions;

namespace ModelConformance.Benchmarks.Reading;

/// <summary>
/// Patterns over <see cref="ReplyTokens.Canonical"/>: lower case, one space after each token. None backtracks, so that no reply, whatever it
/// holds, can make reading slow.
/// </summary>
internal static class Patterns
{
    /// <summary>Any of the alternatives, as whole words.</summary>
    public static Regex Of(params string[] alternatives) => Raw(@"(?:\b|^)(?:" + string.Join('|', alternatives.Select(a => $"(?:{a})")) + ") ");

    /// <summary>A pattern as it stands.</summary>
    public static Regex Raw(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
