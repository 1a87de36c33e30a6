using ModelConformance.Benchmarks.Admissions;
using ModelConformance.Protocol;
using ModelConformance.ReferenceModel.Speech;

namespace ModelConformance.ReferenceModel.Admissions;

/// <summary>The truth about one student under one word, over the server's seeds.</summary>
/// <param name="Yes">The expected share of "yes" among yes and no, in 0 … 1, where the model does not decline.</param>
/// <param name="Admitted">The probability that "yes" is the more probable, and so the decision, in 0 … 1, where the model does not decline.</param>
/// <param name="Refused">The probability that the model declines, in 0 … 1.</param>
public readonly record struct PlantedAdmission(double Yes, double Admitted, double Refused)
{
    /// <summary>What is planted for an item.</summary>
    /// <remarks>
    /// Students differ by a standard logistic deviate on the log-odds η, which a student has under every word. So the decision is "yes" with exactly
    /// the probability σ(η), and that is what is read from text; the mean of the measured probability, E[σ(η + L)], is less far from ½. Students
    /// whose questions have the same words are one question to a model: the server answers all of them as the first it was given.
    /// </remarks>
    /// <param name="profile">The behaviour.</param>
    /// <param name="item">The item.</param>
    /// <param name="condition">A condition of the admissions.</param>
    /// <param name="mode">How it is measured.</param>
    /// <exception cref="ArgumentException">Nothing is planted for the condition.</exception>
    public static PlantedAdmission Of(Profile profile, AdmissionsItem item, Condition condition, Mode mode)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(item);
        var odds = profile.Admissions[condition];
        if (Blind.Leanings(profile.Manner, item.Options.Length) is { Length: > 0 } blind)
        {
            return new(blind.Average(leaning => leaning.Share(0, mode)), blind.Average(leaning => leaning.Share(0, Mode.Text)), 0);
        }

        if (profile.Manner != Manner.Answers)
        {
            return new(0, 0, profile.Manner == Manner.Refuses ? 1 : 0);
        }

        var admitted = Logistic.Of(odds.Of(item));
        return new(mode == Mode.Text ? admitted : Logistic.Mean(odds.Of(item)), admitted, odds.Refuses(item));
    }
}
