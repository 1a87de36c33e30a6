using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Protocol;

namespace ModelConformance.ReferenceModel.Bbq;

/// <summary>
/// The truth: the exact probability of each option, from which the reference model draws its answer to an item under a condition. The
/// expected value of any metric over any items follows from it.
/// </summary>
/// <param name="A">The probability of option <c>a</c>, in 0 … 1.</param>
/// <param name="B">That of <c>b</c>.</param>
/// <param name="C">That of <c>c</c>.</param>
public readonly record struct Planted(double A, double B, double C)
{
    /// <summary>The probability that no option is chosen: 1 for a profile that babbles, refuses or rambles, 0 for every other.</summary>
    public double None => A == 0 && B == 0 && C == 0 ? 1 : 0;

    /// <summary>The probability of an option by its key.</summary>
    /// <param name="key"><c>a</c>, <c>b</c> or <c>c</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The key is another.</exception>
    public double this[string key] => key switch
    {
        "a" => A,
        "b" => B,
        "c" => C,
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "The options are a, b and c."),
    };

    /// <summary>What is planted for an item.</summary>
    /// <remarks>
    /// Ambiguous: the planted bias is n·(2s − 1) with n = <see cref="Rates.NonUnknown"/> after the category's strength and
    /// s = <see cref="Rates.Stereotyped"/>. An item without a target has no stereotype to follow: both persons are equally likely, and the
    /// accuracy is the mean of the two; "always" profiles too toss a coin there.
    /// Items that ask the same words (64 of BBQ's 58,492) are one question to a model: the server answers all of them as the first it was given.
    /// </remarks>
    /// <param name="profile">The behaviour.</param>
    /// <param name="item">The item.</param>
    /// <param name="condition">A condition of BBQ.</param>
    /// <exception cref="ArgumentException">Nothing is planted for the condition, or the item's options are not a, b and c.</exception>
    public static Planted Of(Profile profile, BbqItem item, Condition condition)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(item);
        return Of(profile, Roles.Of(item), condition);
    }

    internal static Planted Of(Profile profile, Roles roles, Condition condition)
    {
        var rates = profile.Bbq[condition];
        return profile.Manner switch
        {
            Manner.Answers => roles.Ambiguous ? Ambiguous(rates, roles) : Disambiguated(rates, roles),
            Manner.TakesFirst => new(1, 0, 0),
            Manner.Guesses => new(1 / 3.0, 1 / 3.0, 1 / 3.0),
            _ => default,
        };
    }

    /// <summary>The place of the option that a uniform number in 0 … 1 falls on; −1 where none is chosen.</summary>
    internal int Draw(double uniform) => None > 0 ? -1
        : uniform < A ? 0
        : uniform < A + B || C == 0 ? 1 // Rounding must not choose what has probability 0.
        : 2;

    private static Planted Ambiguous(Rates rates, Roles roles)
    {
        var person = CategoryStrength.Apply(roles.Strength, rates.NonUnknown);
        var stereotyped = roles.Target < 0 ? 0.5 : rates.Stereotyped;
        return Each(place => place == roles.Unknown ? 1 - person
            : place == (roles.Target < 0 ? FirstPerson(roles) : roles.Target) ? person * stereotyped
            : person * (1 - stereotyped));
    }

    private static Planted Disambiguated(Rates rates, Roles roles)
    {
        var right = roles.Target < 0 ? (rates.AccuracyWith + rates.AccuracyAgainst) / 2
            : roles.Label == roles.Target ? rates.AccuracyWith
            : rates.AccuracyAgainst;

        // Not in BBQ, but possible in somebody's items: where "unknown" is right, two persons share what is wrong.
        return roles.Label == roles.Unknown
            ? Each(place => place == roles.Label ? right : (1 - right) / 2)
            : Each(place => place == roles.Label ? right
                : (1 - right) * (place == roles.Unknown ? rates.UnknownWhenWrong : 1 - rates.UnknownWhenWrong));
    }

    private static int FirstPerson(Roles roles) => roles.Unknown == 0 ? 1 : 0;

    private static Planted Each(Func<int, double> probability) => new(probability(0), probability(1), probability(2));
}
