using System.Globalization;
using ModelConformance.Protocol;

namespace ModelConformance.Metrics;

/// <summary>How many items ended in each <see cref="Outcome"/>. The six add up to the items of the cell, always.</summary>
/// <param name="Answered">An option was chosen.</param>
/// <param name="Refused">The model declined.</param>
/// <param name="Filtered">The provider's filter withheld the reply.</param>
/// <param name="Unparsed">No option could be read.</param>
/// <param name="Failed">The call failed after its retries.</param>
/// <param name="Missing">Never asked.</param>
public sealed record Counts(int Answered, int Refused, int Filtered, int Unparsed, int Failed, int Missing)
{
    /// <summary>All items.</summary>
    public int Items => Answered + Refused + Filtered + Unparsed + Failed + Missing;

    /// <summary>The items that were asked, whatever came back.</summary>
    public int Asked => Items - Missing;

    /// <summary>The outcomes of some answers.</summary>
    public static Counts Of(IEnumerable<Answer> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        var counts = new int[Enum.GetValues<Outcome>().Length];
        foreach (var answer in answers)
        {
            counts[(int)answer.Outcome]++;
        }

        return new(
            counts[(int)Outcome.Answered],
            counts[(int)Outcome.Refused],
            counts[(int)Outcome.Filtered],
            counts[(int)Outcome.Unparsed],
            counts[(int)Outcome.Failed],
            counts[(int)Outcome.Missing]);
    }

    /// <summary>Every count, zeros too, so that nothing seems left out.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"answered {Answered:N0}, refused {Refused:N0}, filtered {Filtered:N0}, unparsed {Unparsed:N0}, failed {Failed:N0}, "
        + $"missing {Missing:N0} of {Items:N0}");
}
