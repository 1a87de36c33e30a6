using System.Globalization;
using System.Text.Json;
using MathNet.Numerics.Distributions;
using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Runs;
using ModelConformance.Statistics;

namespace ModelConformance.Bench;

/// <summary>
/// How often the intervals hold the truth: simulated ambiguous answers on BBQ's own numbers of items per template, by category and of all together.
/// Each template draws its share of answers that are not "unknown", which way those lean, and how many of them an instruction turns into "unknown",
/// from Beta distributions, so that the items of a template go together: the effect is the correlation that this gives two items in each.
/// </summary>
internal static class Coverage
{
    private const int Samples = 2000;
    private const double Alpha = 0.05;

    // The mean share that is not "unknown"; the mean share of those that is biased; whether the quantity is what the instruction changes.
    private static readonly Model[] Models =
    [
        new("both ways", 0.3, 0.5, false),
        new("leaning", 0.3, 0.65, false),
        new("contrast", 0.3, 0.65, true),
        new("skewed", 0.3, 0.9, false),
        new("skewed, rare", 0.1, 0.9, false),
    ];

    private static readonly (string Name, double Correlation)[] Effects = [("weak", 0.1), ("strong", 0.3)];

    public static int Run(bool json)
    {
        if (RunSettings.Load(Directory.GetCurrentDirectory()).Data.Root is not { } root)
        {
            Console.Error.WriteLine(
                $"The numbers of items per template come from the published data: set {RunSettings.Prefix}Data__Root to its folder.");
            return 2;
        }

        var items = BbqBenchmark.Open(root).Questions.Where(item => item is { Context: BbqItem.Ambiguous, Target: not null }).ToArray();
        var slices = items.GroupBy(item => item.Slice).Select(category => (Id: category.Key, Sizes: Sizes(category))).Append(("all", Sizes(items)));
        var rows = (
            from model in Models
            from slice in slices
            from effect in Effects
            select (model, slice, effect)).AsParallel().AsOrdered().Select(row => Simulated(row.model, row.slice, row.effect)).ToArray();
        if (json)
        {
            Array.ForEach(rows, row => Console.WriteLine(JsonSerializer.Serialize(row)));
            return 0;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            In 100 of {Samples:N0} samples each: the 95 % interval holds the truth, by templates (with its own 95 % interval) and by items as
            independent; an alpha of {Alpha} passes wrongly with the truth right at the limit. * by templates outside 92.5 … 97
            model         slice                 templates   items  effect  by templates           by items  wrong
            """));
        foreach (var row in rows)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Model,-12}  {row.Slice,-20}  {row.Templates,9}  {row.Items,6}  {row.Effect,-6}  {100 * row.Clustered,5:0.0} "
                + $"({100 * row.Low:0.0} … {100 * row.High:0.0}) {(row.AsPromised ? ' ' : '*')}  {100 * row.Naive,8:0.0}  {100 * row.Wrong,5:0.0}"));
        }

        Console.WriteLine();
        foreach (var model in rows.GroupBy(row => row.Model))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{model.Key,-12}  {model.Count(row => row.AsPromised)} of {model.Count()} rows within 92.5 … 97: by templates "
                + $"{100 * model.Min(row => row.Clustered):0.0} … {100 * model.Max(row => row.Clustered):0.0}, by items "
                + $"{100 * model.Min(row => row.Naive):0.0} … {100 * model.Max(row => row.Naive):0.0}, wrong passes "
                + $"{100 * model.Min(row => row.Wrong):0.0} … {100 * model.Max(row => row.Wrong):0.0}"));
        }

        return 0;
    }

    private static int[] Sizes(IEnumerable<BbqItem> items) => [.. items.CountBy(item => item.Cluster).Select(pair => pair.Value)];

    private static Row Simulated(Model model, (string Id, int[] Sizes) slice, (string Name, double Correlation) effect)
    {
        var random = new Random(20221015);
        var (notUnknown, biased, removed) = (Share(model.NotUnknown), Share(model.Biased), Share(0.5));
        var bias = model.NotUnknown * (2 * model.Biased - 1);
        var (truth, n) = (model.IsContrast ? -0.5 * bias : bias, slice.Sizes.Sum());
        var (asked, instructed) = (new Observation[slice.Sizes.Length], new Observation[slice.Sizes.Length]);
        var (clustered, naive, wrong) = (0, 0, 0);
        for (var sample = 0; sample < Samples; sample++)
        {
            // A template's sum is all that it adds to the estimate, as one observation of that weight.
            var (sum, squares) = (0, 0);
            for (var template = 0; template < asked.Length; template++)
            {
                var size = slice.Sizes[template];
                var answered = Binomial.Sample(random, notUnknown.Sample(), size);
                var up = Binomial.Sample(random, biased.Sample(), answered);
                var down = answered - up;
                asked[template] = new(up - down, size, template);
                if (model.IsContrast)
                {
                    // Each answer that becomes "unknown" takes its ±1 away.
                    var share = removed.Sample();
                    (up, down) = (Binomial.Sample(random, share, down), Binomial.Sample(random, share, up));
                    instructed[template] = asked[template] with { Value = asked[template].Value + up - down };
                }

                sum += up - down;
                squares += up + down;
            }

            var mean = (double)sum / n;
            var reach = Normal.InvCDF(0, 1, 0.975) * Math.Sqrt((squares - n * mean * mean) / (n - 1.0) / n);
            naive += Math.Abs(mean - truth) <= reach ? 1 : 0;
            clustered += Interval(0.95) is { } interval && interval.Low <= truth && truth <= interval.High ? 1 : 0;
            wrong += Interval(1 - 2 * Alpha) is { } bound && bound.High < truth ? 1 : 0;
        }

        var held = Proportion.Of(clustered, Samples, 0.95);
        return new(
            model.Name,
            slice.Id,
            slice.Sizes.Length,
            n,
            effect.Name,
            held.Value!.Value,
            held.Interval!.Low,
            held.Interval.High,
            (double)naive / Samples,
            (double)wrong / Samples);

        Beta Share(double mean) => new(mean * (1 / effect.Correlation - 1), (1 - mean) * (1 / effect.Correlation - 1), random);
        Interval? Interval(double level) =>
            (model.IsContrast ? ClusteredRatio.Contrast(instructed, asked, level, -1, 1) : ClusteredRatio.Of(asked, level, -1, 1)).Interval;
    }

    private sealed record Model(string Name, double NotUnknown, double Biased, bool IsContrast);

    private sealed record Row(
        string Model, string Slice, int Templates, int Items, string Effect, double Clustered, double Low, double High, double Naive, double Wrong)
    {
        public bool AsPromised => Clustered is >= 0.925 and <= 0.97;
    }
}
