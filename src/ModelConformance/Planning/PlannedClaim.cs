using System.Globalization;
using ModelConformance.Answers;
using ModelConformance.Benchmarks;
using ModelConformance.Gates;
using ModelConformance.Metrics;
using ModelConformance.Statistics;

namespace ModelConformance.Planning;

/// <summary>What the items of a claim can decide, before one of them is asked.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Units">The items, or pairs of items, that can have a score.</param>
/// <param name="Clusters">The clusters that they fall into.</param>
/// <param name="Outlook">
/// The tightest limits that it passes with a probability of <see cref="DecidableEffect.Power"/> where the truth is in their middle; with one limit
/// the true value that it takes; or why neither can be said.
/// </param>
/// <param name="IsDecidable">
/// Whether those limits are no wider than the claim's own, or that value can be and be shown; null where it cannot be said beforehand.
/// </param>
/// <param name="Assumed">What was assumed of the scores; null where nothing was.</param>
public sealed record PlannedClaim(Claim Claim, int Units, int Clusters, string Outlook, bool? IsDecidable, PlannedScores? Assumed = null)
{
    /// <summary>The units that an early stop is expected to take if the scores fall as assumed; null where none is offered.</summary>
    public int? UnitsIfStoppedEarly { get; private init; }

    /// <summary>Plans a claim.</summary>
    /// <param name="gate">The claim's gate.</param>
    /// <param name="claim">It, or an alternative.</param>
    /// <param name="benchmark">The benchmark that it is about.</param>
    internal static PlannedClaim Of(Gate gate, Claim claim, IBenchmark benchmark)
    {
        var quantity = claim.Quantity;
        var metric = benchmark.Metric(quantity.Metric);
        var cell = CellScores.Read(benchmark, new AnswerSheet(), metric, benchmark.Slice(quantity.Slice), quantity.Context, quantity.Condition);
        int[] sizes = [.. cell.Units.CountBy(unit => unit.Observation.Cluster).Select(pair => pair.Value)];
        var contrasted = quantity.Minus is not null;
        var (lowest, highest) = contrasted ? metric.ContrastRange : metric.Range;

        // A limit at the end of the range excludes nothing.
        var bounds = new Bounds(claim.Min > lowest ? claim.Min : null, claim.Max < highest ? claim.Max : null, lowest, highest);
        var planned = metric.Estimator is ClusteredRatio ? metric.Planned(quantity.Context) : null;
        planned = contrasted ? planned?.Difference() : planned;
        if (cell.Units.Count == 0)
        {
            return Said("undefined: no item can have a score", false);
        }

        if (gate.Evidence == Evidence.Score)
        {
            return Said(
                gate.Stopping is null
                    ? "exact: no sampling error"
                    : string.Create(CultureInfo.InvariantCulture, $"the full run's verdict, but for a probability of {gate.Alpha:0.####}"),
                true) with
            {
                Assumed = planned,
                UnitsIfStoppedEarly = planned is null || EarlyFaults.Of(gate, benchmark).Any()
                    ? null
                    : new EarlyParts(benchmark, EarlyStopping.DefaultSeed).Of(claim, (gate.Alpha, gate.Alpha)).UnitsAsPlanned(gate.Alpha),
            };
        }

        if (metric.Estimator is not (ClusteredRatio or Correlation))
        {
            return Said("not planned: its error depends on more than how the scores spread", null);
        }

        var fewest = planned is null ? 4 : 2;
        if (sizes.Length < fewest)
        {
            return Said($"no interval: fewer than {fewest} clusters", false);
        }

        if (bounds is { Min: null, Max: null })
        {
            return Said("nothing is excluded", true);
        }

        var effect = planned is not null ? DecidableEffect.OfMean(planned, sizes)
            : contrasted ? DecidableEffect.OfCorrelationContrast(sizes.Length)
            : DecidableEffect.OfCorrelation(sizes.Length);

        // What a run leaves open in which every score is at the end of the range (ClusteredRatio).
        var open = planned is null ? 0 : (1 - Math.Pow(gate.Alpha, 1.0 / cell.Units.Count)) * (highest - lowest);
        var (outlook, decidable) = bounds.Outlook(claim, effect, gate.Alpha, open);
        return Said(outlook, decidable) with { Assumed = planned };

        PlannedClaim Said(string text, bool? isDecidable) => new(claim, cell.Units.Count, sizes.Length, text, isDecidable);
    }

    /// <summary>A claim's limits that exclude something, and the range that they lie in.</summary>
    private sealed record Bounds(double? Min, double? Max, double Lowest, double Highest)
    {
        public (string Text, bool IsDecidable) Outlook(Claim claim, DecidableEffect effect, double alpha, double open)
        {
            if (Min is { } min && Max is { } max)
            {
                var (low, high) = effect.Within(min, max, alpha);
                return (claim.Decidable(low, high, (Lowest, Highest)) ?? "no limits within its range", low >= min && high <= max);
            }

            var truth = Min is { } least ? effect.Above(least, alpha) : effect.Below(Max!.Value, alpha);
            return (
                string.Create(CultureInfo.InvariantCulture, $"a true value of at {(Min is null ? "most" : "least")} {truth:0.000}"),
                truth >= Lowest && truth <= Highest && (Min is null ? Max - Lowest : Highest - Min) >= open);
        }
    }
}
