namespace ModelConformance.Statistics;

/// <summary>
/// The open scores that make a correlation greatest, or least: cyclic coordinate ascent from several starts, and what it creeps towards.
/// </summary>
/// <remarks>
/// Along one score the correlation is a linear function over the root of a quadratic one: its best is at an end or at the one stationary
/// point. Where it is above 0 it is pseudoconcave in all scores together, so that an ascent that gets there ends at the best of all, and one
/// of the starts is there if any choice is. Where every choice is below 0 the best has each score at an end; if all have the same least
/// score and slack, it has the high ones at the greatest covariates, which is a start.
/// </remarks>
internal static class CorrelationExtreme
{
    /// <summary>Scores vary where their sum of squared deviations is above this share of the greatest that their own squares allow.</summary>
    private const double Rounding = 1e-12;

    /// <summary>A change that betters the correlation by less is none.</summary>
    private const double LeastGain = 1e-14;

    /// <summary>By how much more of the covariate's variance the line must account for.</summary>
    private const double LeastStraightened = 1e-10;

    private const int MostSweeps = 1000;

    /// <summary>For each cluster the share of its slack, in 0 … 1, by which its score is above its least.</summary>
    /// <param name="units">The covariate, the least score and the slack of each cluster.</param>
    /// <param name="greatest">Whether the correlation is to be greatest, and not least.</param>
    public static double[] Shares((double X, double Low, double Slack)[] units, bool greatest)
    {
        var open = Enumerable.Range(0, units.Length)
            .Where(i => units[i].Slack > 0)
            .OrderByDescending(i => greatest ? units[i].X : -units[i].X)
            .ToArray();
        if (open.Length == 0)
        {
            return new double[units.Length];
        }

        var (meanX, mean) = (units.Average(unit => unit.X), units.Average(unit => unit.Low));
        var length = Math.Sqrt(units.Sum(unit => Math.Pow(unit.X - meanX, 2))) * (greatest ? 1 : -1);
        var centred = Array.ConvertAll(units, unit => ((unit.X - meanX) / length, unit.Low - mean, unit.Slack));
        var ends = new List<(double Correlation, double[] Shares)>();
        foreach (var start in Starts(units, open))
        {
            ends.Add(Ascend(centred, open, start));
            if (ends[^1].Correlation > 0)
            {
                return Straightened(centred, open, ends[^1].Shares);
            }
        }

        return ends.MaxBy(end => end.Correlation).Shares;
    }

    /// <summary>In proportion to the covariate; and the greatest covariates high and the rest low, for every number of high ones.</summary>
    private static IEnumerable<double[]> Starts((double X, double Low, double Slack)[] units, int[] open)
    {
        var (first, last) = (units[open[0]].X, units[open[^1]].X);
        if (first != last)
        {
            yield return Start(i => (units[i].X - last) / (first - last));
        }

        for (var high = 0; high <= open.Length; high++)
        {
            yield return Start(i => Array.IndexOf(open, i) < high ? 1 : 0);
        }

        double[] Start(Func<int, double> share)
        {
            var start = new double[units.Length];
            Array.ForEach(open, i => start[i] = share(i));
            return start;
        }
    }

    /// <summary>
    /// The best of all where some correlation is above 0, which an ascent along one score at a time may creep towards and not reach: there the
    /// open scores lie on a line over the covariate, as far as they can. With t times the scores and a constant a, the squared distances from
    /// the covariate are convex in t, a and t times the open scores; the least of them is found by least squares over those that cannot lie on
    /// the line, again while they change.
    /// </summary>
    private static double[] Straightened((double X, double Low, double Slack)[] units, int[] open, double[] shares)
    {
        var scores = units.Select((unit, i) => unit.Low + shares[i] * unit.Slack).ToArray();
        var mean = scores.Average();
        var t = units.Zip(scores, (unit, score) => unit.X * (score - mean)).Sum() / scores.Sum(score => (score - mean) * (score - mean));
        var a = -t * mean;
        var (before, now) = (Distance(t, a), 0.0);
        var first = before;
        for (var step = 0; step < MostSweeps && (now = Next()) < before - LeastGain; step++)
        {
            before = now;
        }

        if (before > first - LeastStraightened)
        {
            return shares;
        }

        var straight = new double[units.Length];
        Array.ForEach(open, i => straight[i] = Math.Clamp(((units[i].X - a) / t - units[i].Low) / units[i].Slack, 0, 1));

        // Scores that are all alike but for their rounding lie on a line too, and have no correlation.
        scores = [.. units.Select((unit, i) => unit.Low + straight[i] * unit.Slack)];
        mean = scores.Average();
        return scores.Sum(score => (score - mean) * (score - mean)) > LeastVariation(units) ? straight : shares;

        // The score nearest to the line.
        double Nearest((double X, double Low, double Slack) unit, double t, double a) =>
            Math.Clamp((unit.X - a) / t, unit.Low, unit.Low + unit.Slack);

        double Distance(double t, double a) =>
            t > 0 ? units.Sum(unit => Math.Pow(t * Nearest(unit, t, a) + a - unit.X, 2)) : double.PositiveInfinity;

        double Next()
        {
            var off = units.Where(unit => (unit.X - a) / t is var on && !(on > unit.Low && on < unit.Low + unit.Slack))
                .Select(unit => (unit.X, Y: Nearest(unit, t, a))).ToArray();
            if (off.Length == 0)
            {
                return before;
            }

            var (meanX, meanY) = (off.Average(one => one.X), off.Average(one => one.Y));
            var squares = off.Sum(one => Math.Pow(one.Y - meanY, 2));
            var best = squares > 0 ? off.Sum(one => (one.X - meanX) * (one.Y - meanY)) / squares : t;
            var (towardsT, towardsA) = (best - t, meanX - best * meanY - a);
            for (var part = 1.0; part > LeastGain; part /= 2)
            {
                if (Distance(t + part * towardsT, a + part * towardsA) is var distance && distance < before)
                {
                    (t, a) = (t + part * towardsT, a + part * towardsA);
                    return distance;
                }
            }

            return before;
        }
    }

    private static double LeastVariation((double X, double Low, double Slack)[] units) =>
        Rounding * units.Sum(unit => Math.Max(unit.Low * unit.Low, Math.Pow(unit.Low + unit.Slack, 2)));

    private static (double Correlation, double[] Shares) Ascend((double X, double Low, double Slack)[] units, int[] open, double[] shares)
    {
        var least = LeastVariation(units);
        var (now, changed) = (double.NegativeInfinity, true);
        for (var sweep = 0; sweep < MostSweeps && changed; sweep++)
        {
            changed = false;
            var (sum, squares, product) = (0.0, 0.0, 0.0);
            for (var i = 0; i < units.Length; i++)
            {
                Add(i, shares[i], 1);
            }

            now = Correlation();
            foreach (var i in open)
            {
                Add(i, shares[i], -1);
                Better(i, 0);
                Better(i, 1);
                Better(i, Math.Clamp((Stationary(units[i].X) - units[i].Low) / units[i].Slack, 0, 1));
                Add(i, shares[i], 1);
            }

            void Better(int i, double share)
            {
                Add(i, share, 1);
                if (Correlation() is var correlation && correlation > now + LeastGain)
                {
                    (now, shares[i], changed) = (correlation, share, true);
                }

                Add(i, share, -1);
            }

            void Add(int i, double share, int times)
            {
                var score = units[i].Low + share * units[i].Slack;
                sum += times * score;
                squares += times * score * score;
                product += times * units[i].X * score;
            }

            double Correlation() => squares - sum * sum / units.Length is var variance && variance > least
                ? product / Math.Sqrt(variance)
                : double.NegativeInfinity;

            // Of (product + x t) / √(squares + t² − (sum + t)²/n).
            double Stationary(double x)
            {
                var n = units.Length;
                return (x * (squares - sum * sum / n) + product * sum / n) / (product * (1 - 1.0 / n) + x * sum / n);
            }
        }

        return (now, shares);
    }
}
