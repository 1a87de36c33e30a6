using System.Text.Json;
using MathNet.Numerics.Distributions;
using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Runs;
using ModelConformance.Statistics;
using static System.FormattableString;

namespace ModelConformance.Bench;

/// <summary>
/// Early stopping on planted truths: fixed populations of the scores −1, 0 and +1 at the benchmarks' own sizes, asked in a random order until a limit
/// of both signs is decided. How often the verdict is not that of all units, and how many units it takes beside a bet that knows the truth.
/// </summary>
internal static class EarlyStopping
{
    private const int Seeds = 500;
    private const double Alpha = 0.05;
    private const int AdmissionPairs = 21_791;

    private static readonly double[] NotUnknown = [0.1, 0.3, 1];

    // The truth as a multiple of the limit. Of those inside, 1 is the limit or as near as whole units allow; those outside are one unit further.
    private static readonly (double Multiple, int Further)[] Truths =
        [(-1, 0), (-0.6, 0), (0, 0), (0.6, 0), (1, 0), (1, 1), (1.4, 1), (2, 1), (3, 1)];

    public static int Run(bool json)
    {
        if (RunSettings.Load(Directory.GetCurrentDirectory()).Data.Root is not { } root)
        {
            Console.Error.WriteLine(
                $"The numbers of ambiguous items come from the published data: set {RunSettings.Prefix}Data__Root to its folder.");
            return 2;
        }

        var bbq = BbqBenchmark.Open(root);
        var sizes = bbq.Slices
            .Select(slice => (Name: slice.Id, Units: bbq.Items.Count(item => item.Context == BbqItem.Ambiguous && slice.Holds(item)), Limit: 0.05))
            .Append((Name: "admission pairs", Units: AdmissionPairs, Limit: 0.03))
            .DistinctBy(size => (size.Units, size.Limit))
            .OrderBy(size => size.Units);
        var populations =
            from size in sizes
            from notUnknown in NotUnknown
            from truth in Truths
            let population = Population.Of(size.Name, size.Units, size.Limit, notUnknown, truth.Multiple, truth.Further)
            where population is not null
            select population;
        if (!json)
        {
            Console.WriteLine(Invariant($"limits ±limit, alpha {Alpha}, {Seeds} random orders of each population"));
            Console.WriteLine(Row.Head);
        }

        var rows = new List<Row>();
        foreach (var row in populations.AsParallel().AsOrdered().Select(Row.Of))
        {
            rows.Add(row);
            Console.WriteLine(json ? JsonSerializer.Serialize(row) : row.ToString());
        }

        Summarise(rows, json);
        return 0;
    }

    private static void Summarise(List<Row> rows, bool json)
    {
        var all = rows.Max(row => row.Units);
        var within = rows.Where(row => row.BestBet >= 200 && row.BestBet < 0.1 * row.Units).ToArray();
        var summary = new
        {
            Rows = rows.Count,
            GreatestWrong = rows.Max(row => row.Wrong),
            AboveAlpha = rows.Count(row => row.WrongLow > Alpha),
            WorstNearerRatio = within.Max(row => row.NearerRatio),
            WorstRatio = within.Max(row => row.Ratio),
            WorstShareFarFromTheLimit = rows
                .Where(row => row.Units == all && row.NotUnknown <= 0.3 && Math.Abs(Math.Abs(row.Truth) - row.Limit) >= row.Limit - 1.0 / all)
                .Max(row => row.MeanShare),
        };
        Console.WriteLine(json
            ? JsonSerializer.Serialize(summary)
            : Invariant($"""

                {summary.Rows} populations
                wrong verdicts: {100 * summary.GreatestWrong:0.0} in 100 at most, above alpha for sure in {summary.AboveAlpha} populations
                where the best bet takes 200 units and less than a tenth of all:
                  the nearer limit takes at most {summary.WorstNearerRatio:0.00} times as many, a verdict on both limits {summary.WorstRatio:0.00} times
                a limit's width from the limit, at most 30 in 100 not 0: on average {100 * summary.WorstShareFarFromTheLimit:0.0} % of {all} units
                """));
    }

    /// <summary>A benchmark's worth of scores of which so many are −1 and +1, and the others 0.</summary>
    private sealed record Population(string Name, int Units, double Limit, double NotUnknown, int Less, int More)
    {
        public double Truth => (double)(More - Less) / Units;

        /// <summary>A truth just outside the limit is not inside it, to the unit.</summary>
        public bool IsInside => Math.Abs(More - Less) <= Math.Floor(Limit * Units + 1e-6);

        /// <summary>Null where so few scores that are not 0 cannot reach that truth.</summary>
        public static Population? Of(string name, int units, double limit, double notUnknown, double multiple, int further)
        {
            var sum = (int)Math.Floor(Math.Abs(multiple) * limit * units + 1e-6) * Math.Sign(multiple) + further;
            var counted = (int)Math.Round(notUnknown * units);

            // Sum and number have the same parity: of an odd pair one score is 0 instead.
            counted -= (counted - sum) & 1;
            return counted < Math.Abs(sum) ? null : new(name, units, limit, notUnknown, (counted - sum) / 2, (counted + sum) / 2);
        }

        public double[] Scores() =>
            [.. Enumerable.Repeat(0.0, Less), .. Enumerable.Repeat(1.0, More), .. Enumerable.Repeat(0.5, Units - Less - More)];

        /// <summary>Units that the best constant bet takes on the nearer limit; to fail by either of the two, alpha is shared.</summary>
        public int BestBet()
        {
            (double, double)[] values =
                [(0, (double)Less / Units), (0.5, (double)(Units - Less - More) / Units), (1, (double)More / Units)];
            return IsInside
                ? Math.Max(SequentialPlan.Units(values, Scaled(Limit), Alpha, Units), SequentialPlan.Units(values, Scaled(-Limit), Alpha, Units))
                : SequentialPlan.Units(values, Scaled(Truth > 0 ? Limit : -Limit), Alpha / 2, Units);
        }

        /// <summary>
        /// One run in a random order: whether it passes, after how many units, and after how many of them the nearer limit was decided, which is what
        /// the best bet is on. Compared exactly where nothing is decided before the end.
        /// </summary>
        public (bool Passes, int Counted, int Nearer) Decide(double[] scores, int seed)
        {
            var random = new Random(seed);
            var high = new SequentialMean(Units, Scaled(Limit), alphaBelow: Alpha, alphaAbove: Alpha / 2);
            var low = new SequentialMean(Units, Scaled(-Limit), alphaBelow: Alpha / 2, alphaAbove: Alpha);
            var nearer = Units;
            for (var i = 0; i < Units; i++)
            {
                var next = random.Next(i, Units);
                (scores[i], scores[next]) = (scores[next], scores[i]);
                high.Add(scores[i], scores[i]);
                low.Add(scores[i], scores[i]);
                nearer = Math.Min(nearer, (Truth >= 0 ? high.IsBelow : low.IsAbove) ? i + 1 : Units);
                if (high.IsAbove || low.IsBelow)
                {
                    return (false, i + 1, i + 1);
                }

                if (high.IsBelow && low.IsAbove)
                {
                    return (true, i + 1, nearer);
                }
            }

            return (IsInside, Units, nearer);
        }

        private static double Scaled(double score) => (score + 1) / 2;
    }

    /// <summary>Shares are of the units; ratios are of mean units to those of the best bet, for the verdict and for the nearer limit alone.</summary>
    private sealed record Row(
        string Name,
        int Units,
        double Limit,
        double Truth,
        double NotUnknown,
        double Wrong,
        double WrongLow,
        double WrongHigh,
        double MedianShare,
        double MeanShare,
        double MaxShare,
        int BestBet,
        double Ratio,
        double NearerRatio)
    {
        public const string Head =
            "population               N  limit    truth  not 0   wrong in 100 (interval)  % of N: median   mean    max  best bet  ratio  nearer";

        public static Row Of(Population population)
        {
            var scores = population.Scores();
            var runs = Enumerable.Range(0, Seeds).Select(seed => population.Decide(scores, seed)).ToArray();
            var wrong = runs.Count(run => run.Passes != population.IsInside);
            var counted = runs.Select(run => (double)run.Counted).Order().ToArray();
            var best = population.BestBet();
            return new(
                population.Name,
                population.Units,
                population.Limit,
                population.Truth,
                population.NotUnknown,
                (double)wrong / Seeds,
                wrong == 0 ? 0 : Beta.InvCDF(wrong, Seeds - wrong + 1, 0.025),
                wrong == Seeds ? 1 : Beta.InvCDF(wrong + 1, Seeds - wrong, 0.975),
                (counted[(Seeds - 1) / 2] + counted[Seeds / 2]) / 2 / population.Units,
                counted.Average() / population.Units,
                counted[^1] / population.Units,
                best,
                counted.Average() / best,
                runs.Average(run => run.Nearer) / best);
        }

        public override string ToString()
        {
            var wrong = Invariant($"{100 * Wrong:0.0} ({100 * WrongLow:0.0} … {100 * WrongHigh:0.0})");
            return Invariant($"{Name,-19}  {Units,5}  {Limit,5:0.00}  {Truth,7:0.0000}  {NotUnknown,5:0.0}  {wrong,24}")
                + Invariant($"  {100 * MedianShare,14:0.0}  {100 * MeanShare,5:0.0}  {100 * MaxShare,5:0.0}")
                + Invariant($"  {BestBet,8}  {Ratio,5:0.00}  {NearerRatio,6:0.00}");
        }
    }
}
