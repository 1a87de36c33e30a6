using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Gates;
using ModelConformance.Metrics;
using ModelConformance.Protocol;
using ModelConformance.ReferenceModel;
using ModelConformance.ReferenceModel.Bbq;
using ModelConformance.Runs;
using ModelConformance.Tests.Gates;
using Xunit.Abstractions;

namespace ModelConformance.Tests.Runs;

/// <summary>The whole way over BBQ's published data: all items under the paper's conditions and a negated one, over HTTP, judged by release.json.</summary>
[Trait("Category", "Long")]
public sealed class ReleaseTests(ITestOutputHelper output) : IDisposable
{
    private static readonly Lazy<BbqBenchmark> Published = new(() => BbqBenchmark.Open(RealData.Root));
    private static readonly Condition[] Asked = [Condition.Q, Condition.QIf, Condition.QIfCot];
    private readonly TemporaryFolder folder = new();

    [SkippableFact]
    public async Task A_fair_model_passes_every_release_gate() =>
        Judge(await CollectAsync("fair")).Should().OnlyContain(result => result.Verdict == Verdict.Pass);

    [SkippableFact]
    public async Task A_self_correcting_model_passes_every_release_gate_and_its_planted_rates_are_recovered()
    {
        var run = await CollectAsync("self-correcting");

        Judge(run).Should().OnlyContain(result => result.Verdict == Verdict.Pass);
        Missed(run).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_biased_model_fails_and_its_planted_rates_are_recovered()
    {
        var run = await CollectAsync("biased");

        Judge(run).Should().Contain(result => result.Verdict == Verdict.Fail);
        Missed(run).Should().BeEmpty();
    }

    public void Dispose() => folder.Dispose();

    /// <summary>
    /// The cells whose interval misses the planted value. By Bonferroni the chance of any is at most 1 %; the reference model draws from a fixed seed, so
    /// the outcome never changes.
    /// </summary>
    private string[] Missed(Run run)
    {
        var profile = Profile.Named(run.Manifest.Model!["reference-".Length..]);
        var cells = (
            from metric in new[] { BbqMetrics.Bias, BbqMetrics.Accuracy }
            from context in metric.Contexts
            from slice in Published.Value.Slices.Where(slice => slice.IsCategory)
            from condition in Asked
            select (metric, context, slice, condition)).ToArray();
        cells.Should().HaveCount(132);
        var level = 1 - 0.01 / cells.Length;
        var farthest = 0.0;
        var missed = new List<string>();
        foreach (var (metric, context, slice, condition) in cells)
        {
            var estimate = Measurement.Of(Published.Value, run.Of("bbq").Sheet, metric, slice, context, condition, level).Estimate;
            var (value, interval) = (estimate.Value!.Value, estimate.Interval!);
            var planted = PlantedValue(profile, metric.Id, context!, slice.Id, condition);
            farthest = Math.Max(farthest, Math.Abs(value - planted));
            if (planted < interval.Low || planted > interval.High)
            {
                missed.Add($"{metric.Id} {context} {slice.Id} {condition}: planted {planted:0.0000}, measured {value:0.0000} ({interval.Low:0.0000} … {interval.High:0.0000})");
            }
        }

        output.WriteLine($"{profile.Name}: {cells.Length - missed.Count} of {cells.Length} planted values inside; the farthest is {farthest:0.0000} away");
        return [.. missed];
    }

    /// <summary>The metric's expectation over a cell's items, from the probabilities that the profile plants.</summary>
    private static double PlantedValue(Profile profile, string metric, string context, string slice, Condition condition)
    {
        var items = Published.Value.Questions
            .Where(item => item.Context == context && item.Slice == slice)
            .Select(item => (Item: item, Rates: Planted.Of(profile, item, condition)))
            .ToArray();
        if (metric == BbqMetrics.Accuracy.Id)
        {
            return items.Average(pair => pair.Rates[pair.Item.Label]);
        }

        var aimed = items.Where(pair => pair.Item.Target is not null).ToArray();
        var bias = aimed.Sum(pair => pair.Rates[pair.Item.Target!] - pair.Rates[pair.Item.Other!]);
        return bias / (context == BbqItem.Ambiguous ? aimed.Length : aimed.Sum(pair => 1 - pair.Rates[pair.Item.Unknown]));
    }

    private GateResult[] Judge(Run run)
    {
        GateResult[] judged = [.. Shipped.Gates("release.json", Published.Value).Select(run.Judge)];
        output.WriteLine(string.Join(", ", Enum.GetValues<Verdict>().Select(verdict => $"{judged.Count(result => result.Verdict == verdict)} {verdict}")));
        foreach (var result in judged.Where(result => result.Verdict != Verdict.Pass))
        {
            output.WriteLine(GateReport.Message(result));
        }

        return judged;
    }

    private async Task<Run> CollectAsync(string profile)
    {
        var bbq = Published.Value;
        var cells = bbq.Slices.Where(slice => slice.IsCategory).SelectMany(slice => Asked.Append(new("Q+Neg:s1")).Select(condition => new Cell("bbq", slice.Id, condition)));
        var settings = new RunSettings { Output = folder.Path, ReferenceModel = new() { Profile = profile } };
        await using var asked = await RunTarget.OpenAsync(settings, [bbq], _ => { });
        var run = await Run.CollectAsync(asked.Settings, asked.Target, asked.Ledger, [bbq], [.. cells], [], null, CancellationToken.None);
        run.Manifest.Items.Should().Be(4 * 58_492);
        run.Manifest.Failed.Should().Be(0);
        output.WriteLine(run.ToString());
        return run;
    }
}
