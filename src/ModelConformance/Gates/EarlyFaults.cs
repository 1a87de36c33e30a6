using ModelConformance.Benchmarks;
using ModelConformance.Statistics;

namespace ModelConformance.Gates;

/// <summary>What a gate says that a part of its items cannot decide.</summary>
internal static class EarlyFaults
{
    /// <summary>The faults of a gate that is to stop early; none where it can.</summary>
    public static IEnumerable<string> Of(Gate gate, IBenchmark benchmark)
    {
        if (gate.Evidence != Evidence.Score)
        {
            yield return "found \"early\", which decides what the full run's score would be, expected it with \"evidence\": \"score\"";
        }

        foreach (var quantity in gate.Claims.Select(claim => claim.Quantity))
        {
            var metric = benchmark.Metric(quantity.Metric);
            if (quantity.IsAgainstApproved)
            {
                yield return "found \"early\", expected full: every approved answer is there to be compared";
            }
            else if (metric.Estimator is not ClusteredRatio)
            {
                yield return $"found \"early\", expected full: {metric.Id} is no mean over items";
            }
            else if (quantity.Minus is not null && metric.RatioIn.Contains(quantity.Context))
            {
                yield return $"found \"early\", expected full: a difference of two ratios ({metric.Id}, {quantity.Context}) is no mean over items";
            }
        }

        if (gate.Requires.Answered is null && gate.Claims.Any(claim => claim.Quantity is { Minus: not null, IsAgainstApproved: false }))
        {
            // With one side wholly unanswered there is no contrast, which no part of the items can tell.
            yield return "found \"early\" for a contrast, expected it with answered among what the gate requires";
        }

        foreach (var key in gate.Requires.Floors.Keys)
        {
            var metric = benchmark.Metric(benchmark.Precondition(key).Metric);
            if (metric.Estimator is not ClusteredRatio)
            {
                yield return $"found \"early\", expected full, or requires without {key}: {metric.Id} is no mean over items";
            }
        }
    }
}
