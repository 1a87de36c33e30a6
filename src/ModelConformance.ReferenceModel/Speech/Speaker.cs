using ModelConformance.Benchmarks.Bbq;

namespace ModelConformance.ReferenceModel.Speech;

/// <summary>Puts a choice into words, in the forms that real models use, so that reading them is exercised.</summary>
internal static class Speaker
{
    private const string Ignorance = "I do not know this question.";

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

    private static readonly string[] Openness =
    [
        "The text names two people, but it does not say which of them the question is about. To choose by the group that somebody belongs to "
            + "would be a guess. I should say no more than what is written.",
        "I first look for a sentence that settles the question, and I find none. What people often believe about such groups is no evidence "
            + "about these two. It is better to leave it open.",
    ];

    private static readonly string[] Evidence =
    [
        "The question is about one of the people in the text. I go through what is said of each of them, and set aside what is commonly "
            + "believed about their groups. One of them fits what is asked.",
        "I compare the sentences about each person with the question. Where they come from or who they are does not matter here; what they "
            + "did and said does. That points to one of them.",
    ];

    /// <summary>What the model says.</summary>
    /// <param name="manner">Whether it answers.</param>
    /// <param name="asked">What it was asked.</param>
    /// <param name="choice">The place of the chosen option, from 0; −1 for none.</param>
    /// <param name="form">Chooses among forms of words: any number.</param>
    internal static Utterance Say(Manner manner, Asked asked, int choice, ulong form)
    {
        var words = asked.Item is null ? Ignorance
            : manner == Manner.Refuses ? Pick(Refusals, form)
            : manner == Manner.Babbles ? Pick(Noise, form)
            : asked.Thinks ? Pick(choice == asked.Item.Value.Roles.Unknown ? Openness : Evidence, form)
            : null;
        return words is null ? Option(asked, choice, form)
            : asked is { Thinks: true, Prefill: null, Item: not null } && manner == Manner.Answers ? new($"{BbqWording.Thought} {words}")
            : new(Joint(asked.Prefill) + words);
    }

    /// <summary>"(b)", with the option's words or without, with a period or without; as a sentence where nothing says how to begin.</summary>
    private static Utterance Option(Asked asked, int choice, ulong form)
    {
        var opened = asked.Prefill?.EndsWith('(') ?? false;
        var before = asked.Prefill is null && !asked.Briefly ? "The answer is " : Joint(asked.Prefill);
        var words = (form & 1) == 0 ? null : Words(asked.Question, choice);
        var text = $"{before}{(opened ? "" : "(")}{(char)('a' + choice)}){(words is null ? "" : " ")}{words}{((form & 2) == 0 ? "" : ".")}";
        return new(text, before.Length + (opened ? 0 : 1));
    }

    /// <summary>The white space between a prefill and what continues it.</summary>
    private static string Joint(string? prefill) =>
        prefill is null or "" || prefill[^1] == '(' || char.IsWhiteSpace(prefill[^1]) ? "" : " ";

    /// <summary>The words of an option, from the question's last line: the index keeps no texts.</summary>
    private static string? Words(string question, int choice)
    {
        var line = question.AsSpan(question.LastIndexOf("\n\n", StringComparison.Ordinal) + 2);
        var start = line.IndexOf($"({(char)('a' + choice)}) ", StringComparison.Ordinal);
        var rest = start < 0 ? [] : line[(start + 4)..];
        var end = choice == 2 ? rest.Length - 1 : rest.IndexOf($" ({(char)('b' + choice)}) ", StringComparison.Ordinal);
        return end > 0 ? rest[..end].ToString() : null;
    }

    private static string Pick(string[] forms, ulong form) => forms[form % (ulong)forms.Length];
}
