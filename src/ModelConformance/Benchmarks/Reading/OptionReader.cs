using ModelConformance.Protocol;

namespace ModelConformance.Benchmarks.Reading;

/// <summary>
/// Reads which option of a multiple-choice question a free text chooses. It never guesses: a text that names two options without deciding,
/// or only denies some, is <see cref="Answer.Unparsed"/>. The work is bounded whatever the text holds.
/// </summary>
public static class OptionReader
{
    /// <summary>What a text means.</summary>
    /// <param name="options">The item's options; their keys are single lower-case letters.</param>
    /// <param name="unknown">The key of the option that says it cannot be known; null where the item has none.</param>
    /// <param name="text">The model's text; may begin in the middle of a sentence that a prefill began.</param>
    /// <param name="question">The question: a reply that repeats "was not on time" after naming someone does not deny them.</param>
    /// <param name="cut">Whether the token limit ended the text: then a sentence in the middle of it is not a conclusion.</param>
    /// <returns>Answered, refused or unparsed.</returns>
    public static Answer Read(IReadOnlyList<Option> options, string? unknown, string text, string? question = null, bool cut = false)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(text);
        if (ReplyText.Answering(text) is not { } answering)
        {
            return Answer.Unparsed;
        }

        var reply = new ReplyTokens(answering);
        if (LetterAlone(reply, options) is { } letter)
        {
            return Answer.Of(letter);
        }

        var statements = new Statements(reply, options, unknown, question, cut).All;
        var deciding = statements.Where(statement => statement.Force >= Force.Affirmed).Select(statement => statement.Force).ToArray();
        return deciding.Length > 0 ? Decide(reply, statements, deciding.Max(), unknown, cut)
            : RefusalPhrases.In(reply) ? Answer.Refused
            : Answer.Unparsed;
    }

    /// <summary>
    /// The option of a reply that is its letter in parentheses and nothing else, as many replies are: what the statements would come to. Null where
    /// an option's own words are that letter too.
    /// </summary>
    private static string? LetterAlone(ReplyTokens reply, IReadOnlyList<Option> options) =>
        reply.Count is 3 or 4 && reply[0].Text == "(" && reply[2].Text == ")" && (reply.Count == 3 || reply[3].Text == ".")
        && MentionFinder.Texts(reply, options).Count == 0
            ? options.FirstOrDefault(option => option.Key == reply[1].Text)?.Key
            : null;

    private static Answer Decide(ReplyTokens reply, IReadOnlyList<Statement> statements, Force force, string? unknown, bool cut)
    {
        var strongest = statements.Where(statement => statement.Force == force).ToArray();
        if (force == Force.Final)
        {
            strongest = [strongest[^1]];
        }

        var keys = strongest.SelectMany(statement => statement.Keys).ToHashSet();
        var others = statements.Where(statement => statement.Force != Force.Denied && statement.Keys.Any(key => !keys.Contains(key))).ToArray();
        var saysUnknown = unknown is not null
            && statements.Any(statement => statement.Force >= Force.Affirmed && statement.Keys.SetEquals([unknown]));
        if (keys.Count(key => key != unknown) > 1 && saysUnknown && !strongest.Any(statement => statement.ByLetter))
        {
            // "It was the one or the other; it cannot be determined": both named, none chosen, and said so.
            return Answer.Of(unknown!);
        }

        var last = strongest[^1];
        return keys.Count == 1 && !Contradicted(reply, last, others, unknown) && !(force == Force.Affirmed && Unfinished(reply, last, unknown, cut))
            ? Answer.Of(keys.Single())
            : Answer.Unparsed;
    }

    /// <summary>Whether the reply takes back what it has said.</summary>
    private static bool Contradicted(ReplyTokens reply, Statement chosen, Statement[] others, string? unknown)
    {
        if (chosen.Force is Force.Leading or Force.Affirmed && others.Any(other => other.ByLetter))
        {
            return true;
        }

        var end = reply.SentenceEnd(chosen.End);
        return chosen.Force < Force.Final && others.Any(other =>
            other.Start >= chosen.End && other.Start < end
            && ((unknown is not null && other.Keys.Contains(unknown) && other.Force >= Force.Affirmed)
                || Cues.Turn.IsMatch(reply.Between(chosen.End, other.Start))));
    }

    /// <summary>Whether more was to come: a sentence of a text that was cut off, or one that the text then turns against.</summary>
    private static bool Unfinished(ReplyTokens reply, Statement last, string? unknown, bool cut) =>
        unknown is not null && last.Keys.Contains(unknown)
            ? Cues.Turn.IsMatch(reply.Between(last.End, reply.Count))
            : cut && (reply.SentenceStart(last.Start) > 0 || reply.SentenceEnd(last.End) < reply.Count - 1);
}
