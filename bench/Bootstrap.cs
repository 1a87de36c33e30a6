using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Runs;
using ModelConformance.Statistics;
using static ModelConformance.Bench.Turns;

namespace ModelConformance.Bench;

/// <summary>
/// The cluster bootstrap of a paired contrast over as many items as BBQ has, in its templates, against one that draws the same templates and
/// walks their items in each resample. They take turns, must agree to the last bit, and the medians are compared.
/// </summary>
internal static class Bootstrap
{
    private const int Rounds = 7;
    private const double Level = 0.95;

    public static int Run(bool json)
    {
        var (structure, clusters) = Templates();
        var random = new Random(20221015);
        Observation[] second = [.. clusters.Select(cluster => new Observation(random.Next(-1, 2), 1, cluster))];
        Observation[] first = [.. second.Select(o => o with { Value = random.Next(3) > 0 ? o.Value : 0 })];

        double[] sums = new double[Rounds], items = new double[Rounds];
        for (var round = -1; round < Rounds; round++)
        {
            // One round of warm-up, kept nowhere; who begins alternates.
            var naiveFirst = round % 2 == 0;
            var (walked, slow) = naiveFirst ? Timed(() => Naive(first, second)) : default;
            var (estimate, fast) = Timed(() => ClusterBootstrap.Contrast(first, second, Level));
            (walked, slow) = naiveFirst ? (walked, slow) : Timed(() => Naive(first, second));
            if ((estimate.Interval!.Low, estimate.Interval.High) != walked)
            {
                throw new InvalidOperationException($"The two differ: {estimate.Interval} and {walked}.");
            }

            if (round >= 0)
            {
                (sums[round], items[round]) = (fast, slow);
            }
        }

        var ratio = Median([.. items.Zip(sums, (slow, fast) => slow / fast)]);
        Console.WriteLine(json
            ? JsonSerializer.Serialize(new { structure, items = clusters.Length, rounds = Rounds, sums = Median(sums), walks = Median(items), ratio })
            : string.Create(CultureInfo.InvariantCulture, $"""
                {ClusterBootstrap.Resamples:N0} resamples of a paired contrast over {clusters.Length:N0} items in {structure}
                median of {Rounds} turns after 1 of warm-up
                sums of clusters   {Median(sums),8:0.0} ms
                walks the items    {Median(items),8:0.0} ms  (the same interval)
                ratio              {ratio,8:0}
                """));
        return 0;
    }

    /// <summary>The clusters drawn by the same numbers, their items added up one by one.</summary>
    private static (double Low, double High) Naive(Observation[] first, Observation[] second)
    {
        var differences = first.Zip(second, (x, y) => (x.Cluster, Difference: x.Value - y.Value))
            .GroupBy(item => item.Cluster, item => item.Difference).OrderBy(cluster => cluster.Key).Select(cluster => cluster.ToArray()).ToArray();
        var random = new SplitMix64(ClusterBootstrap.Seed);
        var means = new double[ClusterBootstrap.Resamples];
        for (var resample = 0; resample < means.Length; resample++)
        {
            var (sum, n) = (0.0, 0);
            for (var draw = 0; draw < differences.Length; draw++)
            {
                foreach (var difference in differences[random.Below(differences.Length)])
                {
                    sum += difference;
                    n++;
                }
            }

            means[resample] = sum / n;
        }

        Array.Sort(means);
        var rank = (int)((means.Length + 1) * ((1 - Level) / 2));
        return (means[rank - 1], means[^rank]);
    }

    /// <summary>The template of every item of BBQ, or of as many items in as many templates of even size where the data is not here.</summary>
    private static (string Structure, int[] Clusters) Templates()
    {
        if (RunSettings.Load(Directory.GetCurrentDirectory()).Data.Root is not { } root)
        {
            return ("343 templates of even size", [.. Enumerable.Range(0, 58_492).Select(i => i % 343)]);
        }

        var numbers = new Dictionary<string, int>();
        int[] clusters = [.. BbqBenchmark.Open(root).Questions.Select(item =>
            numbers.TryGetValue(item.Cluster, out var number) ? number : numbers[item.Cluster] = numbers.Count)];
        return ($"BBQ's {numbers.Count} templates", clusters);
    }

    private static (T Result, double Milliseconds) Timed<T>(Func<T> work)
    {
        var watch = Stopwatch.StartNew();
        var result = work();
        return (result, watch.Elapsed.TotalMilliseconds);
    }
}
