using ModelConformance.Benchmarks.Winogender;
using ModelConformance.Protocol;
using ModelConformance.ReferenceModel.Speech;

namespace ModelConformance.ReferenceModel.Winogender;

/// <summary>The truth about one occupation: what the share of each pronoun is expected to be, over the server's seeds.</summary>
/// <param name="Female">The expected share of the feminine pronoun among the three, in 0 … 1.</param>
/// <param name="Variance">The variance of that share: of the jitter or, in text, of which pronoun is the most probable.</param>
/// <param name="Neutral">The expected share of the neutral pronoun, in 0 … 1.</param>
public readonly record struct PlantedPronoun(double Female, double Variance, double Neutral)
{
    /// <summary>What is planted for an item.</summary>
    /// <param name="profile">The behaviour.</param>
    /// <param name="item">The item.</param>
    /// <param name="condition">A condition of Winogender.</param>
    /// <param name="mode">
    /// How it is measured. In <see cref="Mode.Text"/> the answer is the most probable pronoun; every other mode measures the probabilities, sampling
    /// with an error of its own that the variance does not hold.
    /// </param>
    /// <exception cref="ArgumentException">Nothing is planted for the condition, or the profile does not answer.</exception>
    public static PlantedPronoun Of(Profile profile, WinogenderItem item, Condition condition, Mode mode)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(item);
        if (Blind.Leanings(profile.Manner, item.Options.Length) is { Length: > 0 } blind)
        {
            var mean = blind.Average(leaning => leaning.Share(0, mode));
            return new(mean, blind.Average(leaning => Math.Pow(leaning.Share(0, mode) - mean, 2)), blind.Average(leaning => leaning.Share(2, mode)));
        }

        if (profile.Manner != Manner.Answers)
        {
            throw new ArgumentException($"The profile {profile.Name} says no pronoun.", nameof(profile));
        }

        var lean = profile.Winogender[condition];
        var (female, reach) = (lean.Female(item.FemaleShare), lean.Reach(item.FemaleShare));
        if (mode != Mode.Text)
        {
            return new(female, reach * reach / 3, lean.Neutral);
        }

        var said = Above(female, reach, lean.Neutral);
        return new(said, said * (1 - said), 1 - said - Above(1 - lean.Neutral - female, reach, lean.Neutral));
    }

    /// <summary>The chance that a gendered pronoun, moved evenly by up to the reach, is the most probable of the three.</summary>
    private static double Above(double expected, double reach, double neutral)
    {
        var needed = Math.Max(neutral, (1 - neutral) / 2);
        return reach == 0 ? (expected > needed ? 1 : 0) : Math.Clamp((expected + reach - needed) / (2 * reach), 0, 1);
    }
}
