using System.Runtime.CompilerServices;

namespace ModelConformance.Benchmarks.Reading;

/// <summary>
/// The words of an item's texts, kept as long as the texts themselves: the items of a template share them, and many replies are read against each.
/// </summary>
internal static class ItemWords
{
    private static readonly ConditionalWeakTable<string, string[]> Known = [];

    /// <summary>The words of a text, without its marks.</summary>
    public static ReadOnlySpan<string> Of(string text) => Known.GetValue(text, static text =>
    {
        var tokens = new ReplyTokens(text);
        return [.. Enumerable.Range(0, tokens.Count).Select(i => tokens[i]).Where(token => token.IsWord).Select(token => token.Text)];
    });
}
