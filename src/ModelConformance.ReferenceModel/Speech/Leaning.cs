using ModelConformance.Protocol;

namespace ModelConformance.ReferenceModel.Speech;

/// <summary>What the model makes of a question before it says anything: what a measurement of probabilities sees.</summary>
/// <param name="Manner">Whether it names an option at all.</param>
/// <param name="Shown">
/// The probabilities of the options, in their order; together at most 1, and the rest falls on tokens that are no option. Empty where none is named.
/// </param>
internal readonly record struct Leaning(Manner Manner, double[] Shown)
{
    /// <summary>The place of the most probable option, the first of equals; −1 where none is named.</summary>
    internal int MostProbable => Manner == Manner.Answers ? Array.IndexOf(Shown, Shown.Max()) : -1;

    /// <summary>The place of the option that a uniform number in 0 … 1 falls on, among the options alone; −1 where none is named.</summary>
    internal int Draw(double uniform)
    {
        if (Manner != Manner.Answers)
        {
            return -1;
        }

        var left = uniform * Shown.Sum();
        for (var place = 0; place < Shown.Length; place++)
        {
            left -= Shown[place];
            if (left < 0)
            {
                return place;
            }
        }

        // Rounding must not choose what has probability 0.
        return MostProbable;
    }

    /// <summary>The share of an option among the options as a mode measures it, in 0 … 1: from text, all is the most probable one's.</summary>
    internal double Share(int place, Mode mode) => mode == Mode.Text ? (place == MostProbable ? 1 : 0) : Shown[place] / Shown.Sum();

    /// <summary>
    /// The probability of an option's words after a dictated beginning, above 0 and at most 1: no model rules a text out. Small and the same for all
    /// where the model would name none.
    /// </summary>
    internal double Probability(int place) => Manner == Manner.Answers ? Math.Max(Shown[place], 1e-300) : 1e-6;
}
