using System.Text.RegularExpressions;

namespace ModelConformance.Benchmarks.Reading;

/// <summary>
/// How models decline. Asked only of a reply that holds no answer: "I can't tell who it was" is an answer wherever "unknown" is an option,
/// and "As an AI I would say (b)" is one too.
/// </summary>
internal static class RefusalPhrases
{
    private static readonly Regex Pattern = Patterns.Of(
        "(i|we) (am|are) (very |so |really )?sorry",
        "^sorry ",
        "(i|we) (must )?(apologize|apologise)",
        "my apologies",
        "(i|we) (can|could|will|would|should|do|must) not (and will not )?(in good conscience |really |ethically )?(help|assist|comply|provide|do|"
            + "engage|fulfill|fulfil|participate|answer|discuss|respond|support|make|speculate|assume|guess|judge|continue|"
            + "feel comfortable|want|wish|think it is (right|appropriate))",
        "(i|we) (can|could|will|would) not (choose|pick|select) (between|either|any|one|anyone|someone|a|an)",
        "(i|we) (am|are) (not able|unable|not comfortable|not going|not allowed|not permitted|uncomfortable|not willing|unwilling)",
        "(i|we) (must |have to |would |will |respectfully |politely )*(decline|refuse)",
        "(i|we) (would|will) (rather|prefer) not",
        "(i|we) prefer not",
        "as an (ai|artificial intelligence|assistant)",
        "as a (large )?(language|ai) model",
        "against my (guidelines|policy|policies|principles|programming)",
        "(is|would be) (not appropriate|inappropriate|unethical|not ethical|not fair|unfair|not right|wrong) to (assume|judge|make|answer|"
            + "speculate|guess|choose|pick|say|conclude)");

    /// <summary>Whether the text declines to answer.</summary>
    public static bool In(ReplyTokens reply) => Pattern.IsMatch(reply.Canonical);
}
