namespace ModelConformance.Statistics;

/// <summary>
/// A fortune that bets on the mean of N values in [0, 1] being above a limit. Were it at the limit or below, the values that remain would
/// have a mean of at most m = (N·limit − sum so far)/(N − number so far). Staking a share f of the fortune, chosen before the next value x is seen,
/// multiplies it by 1 + f·(x/m − 1), which then cannot be expected to be above 1: by Ville's inequality 1 becomes 1/alpha with a probability of at
/// most alpha.
/// </summary>
/// <remarks>
/// The fortune grows fastest when the odds f/(1 − f) are about m·(mean − m)/variance. The variance shows soon; how far the mean lies from the
/// limit is what is asked. So the fortune is split evenly over several guesses of that distance in standard deviations, each of which goes on with
/// its own part; their sum soon grows as the best of them does.
/// </remarks>
internal sealed class Wager(int units, double limit, double alpha)
{
    /// <summary>
    /// A mean this near the limit is taken to be at it, so that neither a tie nor rounding decides anything: far more than rounding adds up to,
    /// far less than one unit can move the mean.
    /// </summary>
    public const double Tie = 1e-9;

    /// <summary>The variance starts as if this many values had varied as yes and no do when the limit is their mean.</summary>
    private const int Prior = 4;

    /// <summary>Distances in standard deviations: a distance d takes some 2·log(1/alpha)/d² units, here from a dozen to several thousand.</summary>
    private static readonly double[] Distances = [0.04, 0.08, 0.16, 0.32, 0.64];

    private readonly double[] fortunes = Array.ConvertAll(Distances, _ => 1.0 / Distances.Length);
    private double room = units * (limit + Tie);
    private double squares = Prior * limit * (1 - limit) + Tie;
    private int left = units;
    private int counted;

    /// <summary>Whether the mean has been decided to be above the limit.</summary>
    public bool IsWon { get; private set; }

    /// <summary>About how many more units that takes at the best part's growth so far; null where it has not grown.</summary>
    public int? UnitsToGo
    {
        get
        {
            if (IsWon)
            {
                return 0;
            }

            var growth = Math.Log(fortunes.Max() * fortunes.Length) / counted;
            return growth > 0 ? (int)Math.Min(left, Math.Ceiling(-Math.Log(alpha * fortunes.Sum()) / growth)) : null;
        }
    }

    /// <summary>Counts the next value; nothing takes back what has been won.</summary>
    public void Add(double value)
    {
        if (IsWon)
        {
            return;
        }

        // Above 1 no value can exceed m, and there is nothing left to win.
        var m = room / left;
        if (m is > 0 and <= 1)
        {
            Bet(value, m);
        }

        squares += (value - m) * (value - m);
        room -= value;
        left--;
        counted++;

        // Without room the values so far exceed the limit even if all that remain are 0.
        IsWon = room < 0 || fortunes.Sum() >= 1 / alpha;
    }

    private void Bet(double value, double m)
    {
        var deviation = Math.Sqrt(squares / (Prior + counted));
        for (var i = 0; i < fortunes.Length; i++)
        {
            var odds = Distances[i] * m / deviation;
            fortunes[i] *= 1 + odds / (1 + odds) * (value / m - 1);
        }
    }
}
