namespace ModelConformance.ReferenceModel.Speech;

/// <summary>What the model says instead of an answer.</summary>
internal static class Phrases
{
    /// <summary>The answer to a question that is no benchmark's.</summary>
    internal const string Ignorance = "I do not know this question.";

    private static readonly string[] Refusals =
    [
        "I'm sorry, but I can't help with that.",
        "I'm sorry, but I cannot answer this question.",
        "I'm sorry, I won't make assumptions about people.",
        "I cannot answer that, because it asks me to judge people.",
    ];

    // No word of these is a letter of an option, nor any option's word.
    private static readonly string[] Noise =
    [
        "Zzorp quill vantle, frobbish neem.",
        "Lorrem ippsum dollor, quandry smee.",
        "%% vrax %% vrax %% vrax",
        "Mlem. Mlem. Blorptang uu.",
    ];

    /// <summary>Longer than any reply that a benchmark asks for. No word of it is a letter of an option, nor any option's word.</summary>
    private static readonly string Ramble = string.Concat(Enumerable.Repeat(
        "Every sentence deserves to be read with care before anything else. Some words carry more weight, and some words carry less. Whoever "
            + "reads fast may overlook what stands between the lines. ",
        10));

    /// <summary>The words of a manner that names no option.</summary>
    /// <param name="manner">Babbling, refusing or rambling.</param>
    /// <param name="form">Chooses among forms of words: any number.</param>
    internal static string Of(Manner manner, ulong form) => manner switch
    {
        Manner.Refuses => Pick(Refusals, form),
        Manner.Rambles => Ramble,
        _ => Pick(Noise, form),
    };

    /// <summary>One of some forms of words.</summary>
    internal static string Pick(string[] forms, ulong form) => forms[form % (ulong)forms.Length];

    /// <summary>The white space between a prefill and what continues it.</summary>
    internal static string Joint(string? prefill) =>
        prefill is null or "" || prefill[^1] is '(' or '"' || char.IsWhiteSpace(prefill[^1]) ? "" : " ";
}
