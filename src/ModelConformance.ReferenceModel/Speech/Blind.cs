namespace ModelConformance.ReferenceModel.Speech;

/// <summary>What a model leans to that names an option without looking at the question.</summary>
internal static class Blind
{
    /// <summary>The probability of the option named.</summary>
    private const double Chosen = 0.88;

    /// <summary>That of the others together; the rest to 1 falls on tokens that are no option.</summary>
    private const double Others = 0.10;

    /// <summary>The leanings of a manner, each as likely; none where it looks at the question, or names no option.</summary>
    /// <param name="manner">The manner.</param>
    /// <param name="options">How many options there are, at least 2.</param>
    internal static Leaning[] Leanings(Manner manner, int options) => manner switch
    {
        Manner.TakesFirst => [To(0, options)],
        Manner.Guesses => [.. Enumerable.Range(0, options).Select(choice => To(choice, options))],
        _ => [],
    };

    /// <summary>One of the leanings; null where there are none.</summary>
    /// <param name="manner">The manner.</param>
    /// <param name="options">How many options there are, at least 2.</param>
    /// <param name="uniform">In 0 (included) … 1 (excluded).</param>
    internal static Leaning? Draw(Manner manner, int options, double uniform) =>
        Leanings(manner, options) is { Length: > 0 } leanings ? leanings[(int)(uniform * leanings.Length)] : null;

    private static Leaning To(int choice, int options) =>
        new(Manner.Answers, [.. Enumerable.Range(0, options).Select(place => place == choice ? Chosen : Others / (options - 1))]);
}
