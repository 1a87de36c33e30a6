namespace ModelConformance.Protocol;

/// <summary>How files spell the way in which a reply ended.</summary>
internal static class FinishWord
{
    private static readonly Dictionary<string, Finish> Finishes = new(StringComparer.Ordinal)
    {
        ["stop"] = Finish.Stop,
        ["length"] = Finish.Length,
        ["content_filter"] = Finish.ContentFilter,
        ["refusal"] = Finish.Refusal,
        ["failed"] = Finish.Failed,
    };

    /// <summary>All of them, for messages.</summary>
    public static string[] All { get; } = [.. Finishes.Keys];

    /// <summary>The word.</summary>
    public static string Word(this Finish finish) => Finishes.First(pair => pair.Value == finish).Key;

    /// <summary>The opposite of <see cref="Word"/>, for one of <see cref="All"/>.</summary>
    public static Finish Of(string word) => Finishes[word];
}
