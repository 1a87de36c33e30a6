namespace ModelConformance.Snapshots;

/// <summary>Whether a received text may stand for the verified one.</summary>
/// <param name="IsEqual">Equal enough.</param>
/// <param name="Message">What differs all the same, or too much.</param>
public sealed record SnapshotComparison(bool IsEqual, string Message)
{
    /// <summary>
    /// Compares answers under a drift budget: the one rule of both snapshot engines, which ask it only where the texts differ.
    /// </summary>
    /// <param name="received">The received snapshot's text.</param>
    /// <param name="verified">The approved snapshot's text.</param>
    /// <param name="budget">What may change.</param>
    /// <exception cref="SnapshotFormatException">The received text is no snapshot of answers.</exception>
    public static SnapshotComparison OfAnswers(string received, string verified, DriftBudget budget)
    {
        var answers = AnswerSnapshot.Parse(received);
        try
        {
            var drift = Drift.Between(AnswerSnapshot.Parse(verified), answers);
            return new(drift.IsWithin(budget), DriftMessage.Of(drift, budget));
        }
        catch (SnapshotFormatException fault)
        {
            return new(false, $"The approved snapshot cannot be read ({fault.Message}): approve anew.");
        }
    }

    /// <summary>Compares texts in which any difference counts, and shows the first lines that differ.</summary>
    /// <param name="received">The received text.</param>
    /// <param name="verified">The approved text.</param>
    public static SnapshotComparison OfText(string received, string verified)
    {
        ArgumentNullException.ThrowIfNull(received);
        ArgumentNullException.ThrowIfNull(verified);
        var (now, old) = (received.Split('\n'), verified.Split('\n'));
        var changes = old.Except(now).Select(line => $"- {line}").Concat(now.Except(old).Select(line => $"+ {line}")).ToArray();
        string[] shown = changes.Length switch
        {
            0 => ["The same lines in another order, or another number of times."],
            > 20 => [.. changes.Take(20), $"… and {changes.Length - 20} more"],
            _ => changes,
        };
        return new(received == verified, string.Join('\n', shown));
    }
}
