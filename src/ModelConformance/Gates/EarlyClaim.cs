using System.Collections.Immutable;
using ModelConformance.Answers;
using ModelConformance.Protocol;
using ModelConformance.Statistics;

namespace ModelConformance.Gates;

/// <summary>
/// That Σ value / Σ weight over all units lies within limits, looked at unit by unit. Each limit τ is a question about a mean: whether
/// Σ (value − τ · weight) is below 0 or above. A unit without an answer, or with one in doubt, counts at its worst for whatever is claimed.
/// </summary>
internal sealed class EarlyClaim
{
    private readonly Scorer scorer;
    private readonly (double Lowest, double Highest) range;
    private readonly (double Limit, SequentialMean Test)[] atLeast;
    private readonly (double Limit, SequentialMean Test)[] atMost;
    private (double Low, double High, double Weight) sums;

    /// <summary>A claim that nothing was counted of yet.</summary>
    /// <param name="units">What is counted, in order.</param>
    /// <param name="conditions">The conditions that each of them is asked under.</param>
    /// <param name="scorer">What a unit adds.</param>
    /// <param name="range">The range of a value.</param>
    /// <param name="limits">The least and the greatest that the whole may be.</param>
    /// <param name="alphas">The probabilities with which it may be found within the limits wrongly, and outside.</param>
    public EarlyClaim(
        ImmutableArray<Unit> units,
        ImmutableArray<Condition> conditions,
        Scorer scorer,
        (double Lowest, double Highest) range,
        (double? Min, double? Max) limits,
        (double Pass, double Fail) alphas)
    {
        (Units, Conditions, this.scorer, this.range) = (units, conditions, scorer, range);
        var fail = limits is (not null, not null) ? alphas.Fail / 2 : alphas.Fail;
        atLeast = limits.Min is { } min ? [(min, Test(min, fail, alphas.Pass))] : [];
        atMost = limits.Max is { } max ? [(max, Test(max, alphas.Pass, fail))] : [];
        Verdict = units.IsEmpty ? Gates.Verdict.Inconclusive : null;

        SequentialMean Test(double limit, double below, double above) => new(Math.Max(1, units.Length), Scaled(limit, limit, 1), below, above);
    }

    /// <summary>What one unit adds: the least and the greatest that its value can be, and its weight.</summary>
    public delegate (double Low, double High, double Weight) Scorer(Unit unit, AnswerSheet sheet);

    public ImmutableArray<Unit> Units { get; }

    public ImmutableArray<Condition> Conditions { get; }

    /// <summary>How scores are assumed to fall by whoever plans before any is seen.</summary>
    public required ImmutableArray<(double Value, double Probability)> Assumed { get; init; }

    /// <summary>About how many units decide it where scores fall so: the slower limit counts.</summary>
    /// <param name="alpha">How often the decision may be wrong.</param>
    public int UnitsAsPlanned(double alpha) => Units.IsEmpty ? 0 : atLeast.Concat(atMost).Max(one => SequentialPlan.Units(
        [.. Assumed.Select(score => (Scaled(score.Value, one.Limit, 1), score.Probability))], Scaled(one.Limit, one.Limit, 1), alpha, Units.Length));

    /// <summary>How many units were counted.</summary>
    public int Counted { get; private set; }

    /// <summary>What has been decided; Inconclusive only once all units are counted; null while it is open.</summary>
    public Verdict? Verdict { get; private set; }

    /// <summary>The quantity over the units counted, those without an answer at their lowest and at their highest; null without weight.</summary>
    public (double Low, double High)? SoFar => sums.Weight > 0 ? (sums.Low / sums.Weight, sums.High / sums.Weight) : null;

    /// <summary>About how many more units would decide it, at the pace so far; null where nothing points to a decision.</summary>
    public int? UnitsToGo => atLeast.Concat(atMost).Select(limit => limit.Test.UnitsToGo).Max();

    /// <summary>The questions that a unit needs answered.</summary>
    public IEnumerable<(Item Item, Condition Condition)> Questions(int place) =>
        from item in Units[place].Items
        from condition in Conditions
        select (item, condition);

    /// <summary>Counts the next unit, whose questions are answered.</summary>
    public void Count(AnswerSheet sheet)
    {
        var (low, high, weight) = scorer(Units[Counted++], sheet);
        sums = (sums.Low + low, sums.High + high, sums.Weight + weight);
        foreach (var (limit, test) in atLeast.Concat(atMost))
        {
            test.Add(Scaled(low, limit, weight), Scaled(high, limit, weight));
        }

        Verdict = Decided() ?? (Counted == Units.Length ? Exact() : null);
    }

    private Verdict? Decided() =>
        atLeast.Any(limit => limit.Test.IsBelow) || atMost.Any(limit => limit.Test.IsAbove) ? Gates.Verdict.Fail
        : atLeast.All(limit => limit.Test.IsAbove) && atMost.All(limit => limit.Test.IsBelow) ? Gates.Verdict.Pass
        : null;

    /// <summary>The verdict on all units: a comparison, in which a score right at a limit meets it.</summary>
    private Verdict Exact() => SoFar is not var (low, high) ? Gates.Verdict.Inconclusive
        : atLeast.All(limit => low >= limit.Limit) && atMost.All(limit => high <= limit.Limit) ? Gates.Verdict.Pass
        : atLeast.Any(limit => high < limit.Limit) || atMost.Any(limit => low > limit.Limit) ? Gates.Verdict.Fail
        : Gates.Verdict.Inconclusive;

    /// <summary>A unit's part value − limit · weight on a scale from 0 to 1, where the limit itself stands for a part of 0.</summary>
    private double Scaled(double value, double limit, double weight) =>
        Math.Clamp((value - limit * weight + limit - range.Lowest) / (range.Highest - range.Lowest), 0, 1);
}

/// <summary>What a claim compares: an item, or two whose scores are joined.</summary>
internal readonly record struct Unit(Item Item, Item? Other)
{
    public IEnumerable<Item> Items => Other is null ? [Item] : [Item, Other];
}
