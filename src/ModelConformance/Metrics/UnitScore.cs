using ModelConformance.Benchmarks;
using ModelConformance.Protocol;

namespace ModelConformance.Metrics;

/// <summary>The score of what a metric compares: of an item, or of two that are joined.</summary>
/// <param name="IsScored">Whether there is a score.</param>
/// <param name="Value">The score, at the middle of its doubt; 0 where there is none.</param>
/// <param name="Lowest">The least that it can be.</param>
/// <param name="Highest">The greatest.</param>
/// <param name="Weight">Its weight; that of an item without a score is 1.</param>
internal readonly record struct UnitScore(bool IsScored, double Value, double Lowest, double Highest, double Weight)
{
    /// <summary>Whether there is a score, and no doubt about it.</summary>
    public bool IsCertain => IsScored && Highest <= Lowest;

    /// <summary>The score under one condition.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="item">An item that counts.</param>
    /// <param name="other">The one that it is joined with; null where the metric has no <see cref="Metric.Pairing"/>.</param>
    /// <param name="given">The answers.</param>
    public static UnitScore Of(Metric metric, Item item, Item? other, Func<Item, Answer> given) => Of(metric, item, given(item), other, given);

    /// <summary>The same where the item's own answer is known already.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="item">An item that counts.</param>
    /// <param name="answer">Its answer.</param>
    /// <param name="other">The one that it is joined with.</param>
    /// <param name="given">The other one's answer.</param>
    public static UnitScore Of(Metric metric, Item item, Answer answer, Item? other, Func<Item, Answer> given)
    {
        var score = ScoreOf(metric, item, answer);
        var range = RangeOf(metric, score);
        var own = new UnitScore(score is not null, score?.Value ?? 0, range.Lowest, range.Highest, score?.Weight ?? 1);
        if (other is null)
        {
            return own;
        }

        var pairing = metric.Pairing!;
        var second = ScoreOf(metric, other, given(other));
        var (lowest, highest) = pairing.Range(range, RangeOf(metric, second));
        return new(
            own.IsScored && second is not null, pairing.Join(own.Value, second?.Value ?? 0), lowest, highest, own.Weight * (second?.Weight ?? 1));
    }

    private static (double Lowest, double Highest) RangeOf(Metric metric, Score? score) =>
        score is { } known ? (known.Value - known.Doubt, known.Value + known.Doubt) : (metric.Lowest, metric.Highest);

    private static Score? ScoreOf(Metric metric, Item item, Answer answer) =>
        metric.ScoresEveryOutcome || answer.Outcome == Outcome.Answered ? metric.Score(item, answer) : null;
}
