namespace ModelConformance.Benchmarks.Reading;

/// <summary>A place of the reply that names an option.</summary>
/// <param name="Start">The first token, an article included.</param>
/// <param name="End">The token after the last.</param>
/// <param name="Key">The option.</param>
/// <param name="Kind">How it is named.</param>
internal readonly record struct Mention(int Start, int End, string Key, MentionKind Kind)
{
    /// <summary>Whether the two share a token.</summary>
    public bool Overlaps(Mention other) => Start < other.End && other.Start < End;
}

/// <summary>How an option is named.</summary>
internal enum MentionKind
{
    /// <summary>By its letter.</summary>
    Letter,

    /// <summary>By its whole text.</summary>
    Text,

    /// <summary>By a phrase that says it cannot be known.</summary>
    Unknown,
}
