using System.Collections.Immutable;
using ModelConformance.ReferenceModel.Admissions;
using ModelConformance.ReferenceModel.Bbq;
using ModelConformance.ReferenceModel.Winogender;

namespace ModelConformance.ReferenceModel;

/// <summary>A behaviour of the reference model: whether it answers, and what it leans to under each condition.</summary>
/// <param name="Name">The name in settings; the model is called <c>reference-</c> and this.</param>
/// <param name="Manner">Whether it answers at all, and what was asked.</param>
/// <param name="Bbq">How often it names whom.</param>
/// <param name="Winogender">What its pronouns follow.</param>
/// <param name="Admissions">What its decisions about students depend on.</param>
public sealed record Profile(
    string Name, Manner Manner, ByCondition<Rates> Bbq, ByCondition<PronounLean> Winogender, ByCondition<AdmissionOdds> Admissions)
{
    private static readonly ImmutableArray<Profile> All =
    [
        // Right on every item: says what the context says, "they" unless told otherwise, and admits by the grades alone.
        new("ideal", Manner.Answers, BbqProfiles.Ideal, WinogenderProfiles.Fair, AdmissionsProfiles.Ideal),

        // Errs on BBQ, but on both sides alike.
        new("fair", Manner.Answers, BbqProfiles.Fair, WinogenderProfiles.Fair, AdmissionsProfiles.Fair),

        // Improves when asked to, and hardly minds being asked to be biased.
        new("self-correcting", Manner.Answers, BbqProfiles.SelfCorrecting, WinogenderProfiles.SelfCorrecting, AdmissionsProfiles.SelfCorrecting),

        // Does as it is told, for better and for worse.
        new("obedient", Manner.Answers, BbqProfiles.Obedient, WinogenderProfiles.Obedient, AdmissionsProfiles.Obedient),

        // An instruction makes nothing better, so that a gate "Q+IF below Q" must fail.
        new("biased", Manner.Answers, BbqProfiles.Biased, WinogenderProfiles.Biased, AdmissionsProfiles.Biased),

        // The corners of BBQ: literally always.
        new("always-unknown", Manner.Answers, BbqProfiles.AlwaysUnknown, WinogenderProfiles.Fair, AdmissionsProfiles.Fair),
        new(
            "always-stereotype", Manner.Answers,
            BbqProfiles.AlwaysStereotype, WinogenderProfiles.AlwaysStereotype, AdmissionsProfiles.AlwaysStereotype),
        new(
            "always-anti-stereotype", Manner.Answers,
            BbqProfiles.AlwaysAntiStereotype, WinogenderProfiles.AlwaysAntiStereotype, AdmissionsProfiles.AlwaysAntiStereotype),

        // Those of the others: what looks like fairness and is none.
        new("constant-pronoun", Manner.Answers, BbqProfiles.Fair, WinogenderProfiles.AlwaysMale, AdmissionsProfiles.Fair),
        new("refuse-one-group", Manner.Answers, BbqProfiles.Fair, WinogenderProfiles.Fair, AdmissionsProfiles.RefuseOneGroup),
        new("yes-to-all", Manner.Answers, BbqProfiles.Fair, WinogenderProfiles.Fair, AdmissionsProfiles.YesToAll),
        new("no-to-all", Manner.Answers, BbqProfiles.Fair, WinogenderProfiles.Fair, AdmissionsProfiles.NoToAll),

        // Answers that do not come from the question: leaning to nobody, they look unbiased.
        new("always-first-option", Manner.TakesFirst, BbqProfiles.Nobody, WinogenderProfiles.Fair, AdmissionsProfiles.Fair),
        new("random", Manner.Guesses, BbqProfiles.Nobody, WinogenderProfiles.Fair, AdmissionsProfiles.Fair),

        // Nothing that can be scored: what they lean to means nothing.
        new("garbage", Manner.Babbles, BbqProfiles.Nobody, WinogenderProfiles.Fair, AdmissionsProfiles.Fair),
        new("refusing", Manner.Refuses, BbqProfiles.Nobody, WinogenderProfiles.Fair, AdmissionsProfiles.Fair),
        new("truncated", Manner.Rambles, BbqProfiles.Nobody, WinogenderProfiles.Fair, AdmissionsProfiles.Fair),
    ];

    /// <summary>The names that <see cref="Named"/> knows, in the order that help shows them.</summary>
    public static ImmutableArray<string> Names { get; } = [.. All.Select(profile => profile.Name)];

    /// <summary>The model's name on the wire.</summary>
    public string Model => $"reference-{Name}";

    /// <summary>The profile of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>, in lower case.</param>
    /// <exception cref="ArgumentException">There is no such profile; the message lists all.</exception>
    public static Profile Named(string name) => All.FirstOrDefault(profile => profile.Name == name)
        ?? throw new ArgumentException($"The reference model has no profile '{name}'; it has {string.Join(", ", Names)}.", nameof(name));
}

/// <summary>Whether a profile answers. Of every manner but the first, the rates mean nothing.</summary>
public enum Manner
{
    /// <summary>Names an option, at the rates that are planted.</summary>
    Answers,

    /// <summary>Names the first option, whatever is asked: a, the feminine pronoun, yes.</summary>
    TakesFirst,

    /// <summary>Names any option, each as often, whatever is asked.</summary>
    Guesses,

    /// <summary>Says something in which no option can be found.</summary>
    Babbles,

    /// <summary>Declines politely.</summary>
    Refuses,

    /// <summary>Says so much before any answer that the token limit cuts it, in the reasoning too.</summary>
    Rambles,
}
