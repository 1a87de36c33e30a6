namespace ModelConformance.Benchmarks.Reading;

/// <summary>Mentions that stand together ("(b) The baker", "the baker or the welder"), and how the reply commits itself to them.</summary>
/// <param name="Start">The first token.</param>
/// <param name="End">The token after the last.</param>
/// <param name="Keys">The options named; more than one is no choice.</param>
/// <param name="Force">How strongly the reply commits itself.</param>
/// <param name="ByLetter">Whether a letter is among the mentions.</param>
internal sealed record Statement(int Start, int End, IReadOnlySet<string> Keys, Force Force, bool ByLetter);

/// <summary>How a statement commits the reply to an option, weakest first: the strongest kind in a reply decides.</summary>
internal enum Force
{
    /// <summary>Only named, in passing, in a condition or after "whether".</summary>
    Named,

    /// <summary>Named and denied, or named as what is not known.</summary>
    Denied,

    /// <summary>"It was …", "…, but …".</summary>
    Affirmed,

    /// <summary>What the reply begins with.</summary>
    Leading,

    /// <summary>"The answer is …", "… is correct".</summary>
    Answer,

    /// <summary>"Final answer: …", or a last line of its own.</summary>
    Final,
}
