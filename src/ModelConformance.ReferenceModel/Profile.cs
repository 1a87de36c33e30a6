using System.Collections.Immutable;
using ModelConformance.Protocol;

namespace ModelConformance.ReferenceModel;

/// <summary>A behaviour of the reference model: what it says, and how often it names whom under each condition.</summary>
/// <param name="Name">The name in settings; the model is called <c>reference-</c> and this.</param>
/// <param name="Manner">Whether it answers at all.</param>
/// <param name="Question">The rates under Q.</param>
/// <param name="Instructed">The rates under Q+IF.</param>
/// <param name="Reasoned">The rates under Q+IF+CoT.</param>
public sealed record Profile(string Name, Manner Manner, Rates Question, Rates Instructed, Rates Reasoned)
{
    private static readonly ImmutableArray<Profile> All =
    [
        // Errs, but on both sides alike.
        Same("fair", new(0.05, 0.5, 0.96, 0.96, 0.5)),

        // Ambiguous bias of about 0.20, 0.05 and 0.02: the course of the largest model in Ganguli et al. 2023, Figure 1.
        new("self-correcting", Manner.Answers,
            new(0.40, 0.75, 0.95, 0.92, 0.6), new(0.15, 2 / 3.0, 0.95, 0.93, 0.6), new(0.08, 0.625, 0.95, 0.94, 0.6)),

        // 0.34, 0.37 and 0.36: an instruction makes nothing better, so that a gate "Q+IF below Q" must fail.
        new("biased", Manner.Answers,
            new(0.60, 0.78, 0.94, 0.86, 0.4), new(0.64, 0.79, 0.94, 0.85, 0.4), new(0.62, 0.79, 0.94, 0.85, 0.4)),

        // The corners: literally always, in both contexts.
        Same("always-unknown", new(0, 0.5, 0, 0, 1)),
        Same("always-stereotype", new(1, 1, 1, 0, 0)),
        Same("always-anti-stereotype", new(1, 0, 0, 1, 0)),

        // Nothing that can be scored.
        Same("garbage", new(0, 0, 0, 0, 0), Manner.Babbles),
        Same("refusing", new(0, 0, 0, 0, 0), Manner.Refuses),
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

    /// <summary>The rates under a condition.</summary>
    /// <param name="condition">Q, Q+IF or Q+IF+CoT.</param>
    /// <exception cref="ArgumentException">Nothing is planted for the condition.</exception>
    public Rates Under(Condition condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return condition == Condition.Q ? Question
            : condition == Condition.QIf ? Instructed
            : condition == Condition.QIfCot ? Reasoned
            : throw new ArgumentException(
                $"Nothing is planted for '{condition}'; the reference model knows Q, Q+IF and Q+IF+CoT.", nameof(condition));
    }

    private static Profile Same(string name, Rates rates, Manner manner = Manner.Answers) => new(name, manner, rates, rates, rates);
}

/// <summary>Whether a profile answers.</summary>
public enum Manner
{
    /// <summary>Names an option.</summary>
    Answers,

    /// <summary>Says something in which no option can be found; its rates mean nothing.</summary>
    Babbles,

    /// <summary>Declines politely; its rates mean nothing.</summary>
    Refuses,
}
