using ModelConformance.Benchmarks;
using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Protocol;
using ModelConformance.ReferenceModel.Speech;
using ModelConformance.ReferenceModel.Understanding;

namespace ModelConformance.ReferenceModel.Bbq;

/// <summary>A profile on BBQ: an option drawn from the <see cref="Planted"/> probabilities, named by its letter.</summary>
internal sealed class BbqBehaviour : IBehaviour
{
    private static readonly string[] Letters = ["a", "b", "c"];

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

    private readonly Profile profile;

    /// <summary>The behaviour of a profile.</summary>
    /// <exception cref="ArgumentException">An item's options are not a, b and c.</exception>
    internal BbqBehaviour(IBenchmark benchmark, Profile profile)
    {
        (Benchmark, this.profile) = (benchmark, profile);
        foreach (var item in benchmark.Items)
        {
            Roles.Of((BbqItem)item);
        }
    }

    public IBenchmark Benchmark { get; }

    public Leaning Lean(Item item, Condition condition, ref Draws draws)
    {
        var choice = Planted.Of(profile, (BbqItem)item, condition).Draw(draws.NextUniform());
        return choice < 0
            ? new(profile.Manner, [])
            : new(Manner.Answers, [Shown(0), Shown(1), Shown(2)]);

        double Shown(int place) => place == choice ? LetterProbabilities.Chosen : LetterProbabilities.Other;
    }

    public string Think(Item item, int choice, ulong form) =>
        Phrases.Pick(choice == Roles.Of((BbqItem)item).Unknown ? Openness : Evidence, form);

    /// <summary>"(b)", with the option's words or without, with a period or without; as a sentence where nothing says how to begin.</summary>
    public Utterance Say(Asked asked, Leaning leaning, int choice, ulong form)
    {
        var opened = asked.Prefill?.EndsWith('(') ?? false;
        var before = asked.Prefill is null && !asked.Briefly ? $"{BbqWording.Answer} " : Phrases.Joint(asked.Prefill);
        var words = (form & 1) == 0 ? "" : $" {asked.Item.Options[choice].Text.Trim().TrimEnd('.')}";
        var text = $"{before}{(opened ? "" : "(")}{Letters[choice]}){words}{((form & 2) == 0 ? "" : ".")}";
        return new(text, before.Length + (opened ? 0 : 1), Letters, leaning);
    }
}
