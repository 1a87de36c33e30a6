using ModelConformance.Protocol;

namespace ModelConformance.Snapshots;

/// <summary>One item's normalised answer: <c>bbq/Age/17  c  unknown</c>, or <c>bbq/Age/17  -  refused</c>.</summary>
/// <param name="Item">The item's id.</param>
/// <param name="Choice">The key of the chosen option; null where there was no answer.</param>
/// <param name="Meaning">What the choice means, or why there is none.</param>
public sealed record SnapshotLine(string Item, string? Choice, string Meaning)
{
    private const string NoChoice = "-";
    private static readonly Answer[] Without = [Answer.Refused, Answer.Filtered, Answer.Unparsed, Answer.Failed, Answer.Missing];

    // Two spaces, so that the columns are told apart at a glance without padding: a longer id must not move the other lines.
    private const string Between = "  ";

    /// <summary>What an item without an answer can read.</summary>
    internal static readonly IReadOnlySet<string> Unanswered = Without.Select(answer => Word(answer.Outcome)).ToHashSet(StringComparer.Ordinal);

    /// <summary>The line of an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="answer">What it was answered.</param>
    /// <param name="meaning">What choosing an option of it means.</param>
    public static SnapshotLine Of(Item item, Answer answer, Func<Item, string, string> meaning)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(meaning);
        return answer.Choice is { } choice
            ? new(item.Id, choice, meaning(item, choice))
            : new(item.Id, null, Word(answer.Outcome));
    }

    /// <summary>The line as a snapshot shows it.</summary>
    /// <exception cref="ArgumentException">A part of it is not a plain word, or a choice reads like the lack of one.</exception>
    public string Render() => Choice == NoChoice || (Choice is null && !Unanswered.Contains(Meaning))
        ? throw new ArgumentException($"'{Choice ?? NoChoice}' cannot mean '{Meaning}' in a snapshot.")
        : string.Join(Between, PlainWord.Check(Item), Choice is null ? NoChoice : PlainWord.Check(Choice), PlainWord.Check(Meaning));

    /// <summary>The opposite of <see cref="Render"/>; null where the text is no such line.</summary>
    internal static SnapshotLine? Parse(string text)
    {
        var parts = text.Split(Between);
        return parts.Length != 3 || !parts.All(PlainWord.Is) ? null
            : parts[1] != NoChoice ? new(parts[0], parts[1], parts[2])
            : Unanswered.Contains(parts[2]) ? new(parts[0], null, parts[2])
            : null;
    }

    /// <summary>The answer that it stands for, as far as a snapshot holds it.</summary>
    internal Answer ToAnswer() => Choice is null ? Without.Single(answer => Word(answer.Outcome) == Meaning) : Answer.Of(Choice);

    private static string Word(Outcome outcome) => outcome.ToString().ToLowerInvariant();
}
