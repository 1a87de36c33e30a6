namespace ModelConformance.Snapshots;

/// <summary>Says what changed, to the person who decides whether it may.</summary>
public static class DriftMessage
{
    /// <summary>As many items as fit on one screen; the files hold the rest.</summary>
    private const int Shown = 20;

    /// <summary>The message: how many flips of how many, how many are allowed, their directions, and the first items.</summary>
    /// <param name="drift">What changed.</param>
    /// <param name="budget">What may change.</param>
    public static string Of(Drift drift, DriftBudget budget)
    {
        ArgumentNullException.ThrowIfNull(drift);
        ArgumentNullException.ThrowIfNull(budget);
        return string.Join('\n', drift.IsComparable ? Changes(drift, budget) : Incomparable(drift));
    }

    private static IEnumerable<string> Changes(Drift drift, DriftBudget budget)
    {
        yield return $"{drift.Changed} of {drift.Items} answers changed; {budget.Allowed(drift.Items)} may.";
        if (drift.NotCompared > 0)
        {
            yield return $"  not compared: {drift.NotCompared}, asked in one of the two runs only, since the gates were decided sooner in the other";
        }

        if (drift.Directions.Count > 0)
        {
            yield return $"  {string.Join(", ", drift.Directions)}";
        }

        if (drift.Added.Length + drift.Removed.Length > 0)
        {
            yield return $"  items added: {drift.Added.Length}, removed: {drift.Removed.Length}";
        }

        var all = drift.Flips.Select(flip => $"  {flip.Old.Item}  {Answer(flip.Old)} → {Answer(flip.New)}")
            .Concat(drift.Added.Select(item => $"  {item}  added"))
            .Concat(drift.Removed.Select(item => $"  {item}  removed"));
        foreach (var line in all.Take(Shown))
        {
            yield return line;
        }

        if (drift.Changed > Shown)
        {
            yield return $"  … and {drift.Changed - Shown} more";
        }
    }

    private static IEnumerable<string> Incomparable(Drift drift) => drift.Heading
        .Select(difference => $"  {difference.Name}: found '{difference.Found}', expected '{difference.Expected}'")
        .Prepend("The approved answers are answers to something else, so this is no drift: approve anew.");

    private static string Answer(SnapshotLine line) => line.Choice is null ? line.Meaning : $"{line.Choice} {line.Meaning}";
}
