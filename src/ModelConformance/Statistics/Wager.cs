namespace ModelConformance.Statistics;

/// <summary>
/// A fortune that bets on the mean of N values in [0, 1] being above a limit. Were it at the limit or below, the values that remain would
/// have a mean of at most m = (N·limit − sum so far)/(N − number so far). Staking a share f of the fortune multiplies it by 1 + f·(x/m − 1) at the next
/// value x, which then cannot be expected to be above 1: so by Ville's inequality 1 becomes 1/alpha with a probability of at most alpha.
/// </summary>
/// <remarks>
/// Which stake grows fastest depends on the values to come. So the fortune is split evenly over several, each of which goes on with its own part; their
/// sum soon grows as the best of them does.
/// </remarks>
internal sealed class Wager(int units, double limit, double alpha)
{
    /// <summary>
    /// A mean this near the limit is taken to be at it, so that neither a tie nor rounding decides anything: far more than rounding adds up to,
    /// far less than one unit can move the mean.
    /// </summary>
    public const double Tie = 1e-9;

    /// <summary>
    /// Staked shares. The best one lies near 1 where zeros are rare and near 0 where the mean is close to the limit; 1 itself would be lost for good
    /// to the first 0. Neighbours are near enough that the better of two grows at three quarters of the best one's rate or more.
    /// </summary>
    private static readonly double[] Stakes = [0.95, 0.75, 0.4, 0.18, 0.075, 0.032, 0.014, 0.006];

    private readonly double[] fortunes = Array.ConvertAll(Stakes, _ => 1.0 / Stakes.Length);
    private double room = units * (limit + Tie);
    private int left = units;
    private int counted;

    /// <summary>Whether the mean has been decided to be above the limit.</summary>
    public bool IsWon { get; private set; }

    /// <summary>About how many more units that takes at the best stake's growth so far; null where it has not grown.</summary>
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

        var gain = value * left / room - 1;
        var sum = 0.0;
        for (var i = 0; i < fortunes.Length; i++)
        {
            sum += fortunes[i] *= 1 + Stakes[i] * gain;
        }

        counted++;
        left--;
        room -= value;

        // Without room the values so far exceed the limit even if all that remain are 0.
        IsWon = room < 0 || sum >= 1 / alpha;
    }
}
