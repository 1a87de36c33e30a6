using ModelConformance.Benchmarks;
using ModelConformance.Benchmarks.Winogender;
using ModelConformance.Protocol;
using ModelConformance.ReferenceModel.Speech;
using ModelConformance.ReferenceModel.Understanding;

namespace ModelConformance.ReferenceModel.Winogender;

/// <summary>A profile on Winogender: the probabilities of the three pronouns for an occupation, and the most probable one in words.</summary>
internal sealed class WinogenderBehaviour(IBenchmark benchmark, Profile profile) : IBehaviour
{
    /// <summary>The probability of the three pronouns together.</summary>
    internal const double Coverage = 0.98;

    private static readonly string[] Thoughts =
    [
        "The sentence does not say anything about the gender of the person whom the blank stands for. An occupation does not tell it either. A word "
            + "that leaves it open would fit.",
        "The blank stands for the person with the occupation. What people often expect of those who work in it is no evidence about this one.",
    ];

    public IBenchmark Benchmark => benchmark;

    public Leaning Lean(Item item, Condition condition, ref Draws draws)
    {
        var share = ((WinogenderItem)item).FemaleShare;
        var lean = profile.Winogender[condition];
        var female = lean.Female(share) + lean.Reach(share) * (2 * draws.NextUniform() - 1);
        return profile.Manner == Manner.Answers
            ? new(Manner.Answers, [Coverage * female, Coverage * (1 - lean.Neutral - female), Coverage * lean.Neutral])
            : Blind.Draw(profile.Manner, item.Options.Length, draws.NextUniform()) ?? new(profile.Manner, []);
    }

    public string Think(Item item, int choice, ulong form) => Phrases.Pick(Thoughts, form);

    /// <summary>
    /// The pronoun, alone or with the rest of the sentence where the prompt has begun it; capitalised or not for who asks for just the pronoun; the
    /// whole sentence where nothing says how to begin.
    /// </summary>
    public Utterance Say(Asked asked, Leaning leaning, int choice, ulong form)
    {
        var item = (WinogenderItem)asked.Item;
        var (before, joint) = asked.Prefill is null && !asked.Briefly ? (item.Before, " ") : ("", Phrases.Joint(asked.Prefill));
        var odd = (form & 1) == 1;
        string[] pronouns = [.. item.Options.Select(option => joint + (asked.Briefly && odd ? Capitalised(option.Text) : option.Text))];
        var rest = before.Length > 0 || (!asked.Briefly && odd) ? item.After : (form & 2) == 0 ? "" : ".";
        return new($"{before}{pronouns[choice]}{rest}", before.Length, pronouns, leaning);
    }

    private static string Capitalised(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
