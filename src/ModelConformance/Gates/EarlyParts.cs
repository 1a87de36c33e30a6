using System.Collections.Immutable;
using ModelConformance.Answers;
using ModelConformance.Benchmarks;
using ModelConformance.Metrics;
using ModelConformance.Protocol;
using static System.FormattableString;

namespace ModelConformance.Gates;

/// <summary>What a gate claims and what it requires, as claims about means over a benchmark's units in a fixed order.</summary>
internal sealed class EarlyParts(IBenchmark benchmark, int seed)
{
    /// <summary>A claim of a gate.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="alphas">The probabilities with which it may pass wrongly, and fail.</param>
    public EarlyClaim Of(Claim claim, (double Pass, double Fail) alphas)
    {
        var quantity = claim.Quantity;
        var metric = benchmark.Metric(quantity.Metric);
        var (lowest, highest) = metric.ScoreRange;
        var units = Units(metric, benchmark.Slice(quantity.Slice), quantity.Context);
        var planned = metric.Planned(quantity.Context);
        return quantity.Minus is { } minus
            ? new(units, [quantity.Condition, minus], Difference, (lowest - highest, highest - lowest), (claim.Min, claim.Max), alphas)
            {
                Assumed = planned.Difference().Scores,
            }
            : new(units, [quantity.Condition], Score(metric, quantity.Condition), (lowest, highest), (claim.Min, claim.Max), alphas)
            {
                Assumed = planned.Scores,
            };

        (double, double, double) Difference(Unit unit, AnswerSheet sheet)
        {
            var first = UnitScore.Of(metric, unit.Item, unit.Other, sheet.Under(quantity.Condition));
            var second = UnitScore.Of(metric, unit.Item, unit.Other, sheet.Under(minus));
            return first.Weight == 1 && second.Weight == 1
                ? (first.Lowest - second.Highest, first.Highest - second.Lowest, 1)
                : throw new InvalidOperationException(
                    Invariant($"{metric.Id} weighs {unit.Item.Id} by {first.Weight} and {second.Weight}: see Metric.RatioIn."));
        }
    }

    /// <summary>What a gate requires, in each of its cells.</summary>
    public IEnumerable<Required> Requirements(Gate gate) =>
        from side in gate.Claims.SelectMany(claim => claim.Quantity.Conditions, (claim, condition) => (claim.Quantity, Condition: condition))
            .DistinctBy(side => side.Condition)
        from required in Requirements(gate.Requires, side.Quantity, side.Condition)
        select required;

    private IEnumerable<Required> Requirements(Requirements requires, Quantity quantity, Condition condition)
    {
        var metric = benchmark.Metric(quantity.Metric);
        var slice = benchmark.Slice(quantity.Slice);
        var cell = benchmark.Items.Where(item => item.Context == quantity.Context && slice.Holds(item))
            .SelectMany(item => metric.Pairing is not { } pairing ? [item] : pairing.Other(item) is { } other ? [item, other] : Array.Empty<Item>())
            .DistinctBy(item => item.Id);
        if (requires.Answered is { } answered)
        {
            yield return Share(Invariant($"answered at least {answered:0.####}"), (answered, null), answer => answer.AnsweredShare, 1);
        }

        if (requires.RefusedMax is { } most)
        {
            yield return Share(Invariant($"refused at most {most:0.####}"), (null, most), answer => answer.RefusedShare, 0);
        }

        foreach (var (key, floor) in requires.Floors)
        {
            var precondition = benchmark.Precondition(key);
            var floored = benchmark.Metric(precondition.Metric);
            foreach (var part in RequirementsJudge.Read(benchmark, metric, slice))
            {
                yield return new(
                    Invariant($"{key} at least {floor:0.####}{(part.Id == slice.Id ? "" : $" in {part.Id}")}"),
                    condition,
                    alphas => new(
                        Units(floored, part, precondition.Context),
                        [condition],
                        Score(floored, condition),
                        floored.ScoreRange,
                        (floor, null),
                        alphas)
                    {
                        Assumed = floored.Planned(precondition.Context).Scores,
                    });
            }
        }

        Required Share(string name, (double?, double?) limits, Func<Answer, double> share, double assumed) => new(name, condition, alphas => new(
            UnitOrder.By(seed, cell.Select(item => new Unit(item, null))),
            [condition],
            (unit, sheet) => share(sheet[unit.Item, condition]) is var value ? (value, value, 1) : default,
            (0, 1),
            limits,
            alphas)
        {
            Assumed = [(assumed, 1)],
        });
    }

    private ImmutableArray<Unit> Units(Metric metric, Slice slice, string? context) => UnitOrder.By(
        seed,
        benchmark.Items.Where(item => item.Context == context && slice.Holds(item))
            .Select(item => new Unit(item, metric.Pairing?.Other(item)))
            .Where(unit => (metric.Pairing is null) == (unit.Other is null) && unit.Items.All(metric.Counts)));

    private static EarlyClaim.Scorer Score(Metric metric, Condition condition) => (unit, sheet) =>
    {
        var score = UnitScore.Of(metric, unit.Item, unit.Other, sheet.Under(condition));
        return (score.Lowest, score.Highest, score.Weight);
    };

    /// <summary>Something that a gate requires under a condition, once it is known how often it may be found met wrongly, and unmet.</summary>
    public sealed record Required(string Name, Condition Condition, Func<(double Pass, double Fail), EarlyClaim> With);
}
