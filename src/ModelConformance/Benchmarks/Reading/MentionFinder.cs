using ModelConformance.Protocol;

namespace ModelConformance.Benchmarks.Reading;

/// <summary>Finds the options' letters and whole texts in a reply, by whole words only.</summary>
internal static class MentionFinder
{
    private static readonly string[] Determiners = ["the", "a", "an", "my", "your", "this", "that"];

    // What may stand before an option's text without belonging to it. After any other word it could be a part of something longer:
    // "the pastry baker" is not the option "baker".
    private static readonly HashSet<string> Before = new(
        ("is was are were be been being that it by with of to and or not but than for from as between either neither nor both only just likely "
            + "probably clearly definitely possibly perhaps maybe actually simply answer option choice letter choose pick select say think believe "
            + "guess therefore thus hence so because since if whether who which about against rather instead no yes named called in at on when "
            + "while then would must could unlike except mean means meaning identify identifies").Split(' '),
        StringComparer.Ordinal);

    // What a letter may stand behind, and in front of, where neither a parenthesis nor punctuation marks it as a letter.
    private static readonly HashSet<string> BeforeLetter = new(
        "answer option choice letter is was be choose pick select with say or and not either neither nor both between think guess believe".Split(' '),
        StringComparer.Ordinal);

    private static readonly HashSet<string> AfterLetter = new(
        "because since as is was seems would the or and nor but".Split(' '), StringComparer.Ordinal);

    /// <summary>The options named by their whole text; where one text holds another, the longer counts.</summary>
    public static List<Mention> Texts(ReplyTokens reply, IReadOnlyList<Option> options)
    {
        var found = new List<Mention>();
        foreach (var option in options)
        {
            var words = Words(option.Text);
            for (var at = 0; words.Length > 0 && at < reply.Count; at++)
            {
                var end = Match(reply, at, words);
                if (end > at && Article(reply, at, IsName(option)) is { } start)
                {
                    found.Add(new(start, end, option.Key, MentionKind.Text));
                }
            }
        }

        if (found.Count > 1)
        {
            found.RemoveAll(one => found.Any(other => other != one && other.Overlaps(one) && other.End - other.Start > one.End - one.Start));
            found = [.. found.OrderBy(mention => mention.Start)];
        }

        return found;
    }

    /// <summary>The options named by their letter, outside of the places already taken.</summary>
    public static IEnumerable<Mention> Letters(ReplyTokens reply, IReadOnlyList<Option> options, IReadOnlyList<Mention> taken)
    {
        for (var i = 0; i < reply.Count; i++)
        {
            var key = Key(options, reply[i].Text);
            if (key is null || taken.Any(mention => i >= mention.Start && i < mention.End))
            {
                continue;
            }

            var previous = i == 0 ? "\n" : reply[i - 1].Text;
            var next = i + 1 == reply.Count ? "\n" : reply[i + 1].Text;
            var textNext = taken.Any(mention => mention.Start == i + 1 && mention.Kind != MentionKind.Unknown);
            if (reply[i].Joined || (i + 1 < reply.Count && reply[i + 1].Joined))
            {
                continue;
            }

            if (previous == "(" ? next is ")" or "\n" : next == ")" && (i == 0 || !reply[i - 1].IsWord || BeforeLetter.Contains(previous)))
            {
                yield return new(previous == "(" ? i - 1 : i, Math.Min(i + 2, reply.Count), key, MentionKind.Letter);
            }
            else if (Alone(i == 0 || reply[i - 1].EndsSentence || previous is ":" or "," or "-", previous, next, key, textNext))
            {
                yield return new(i, i + 1, key, MentionKind.Letter);
            }
        }
    }

    private static string? Key(IReadOnlyList<Option> options, string word)
    {
        for (var i = 0; i < options.Count; i++)
        {
            if (options[i].Key == word)
            {
                return word;
            }
        }

        return null;
    }

    /// <summary>The words of an option without its leading article.</summary>
    private static ReadOnlySpan<string> Words(string text)
    {
        var words = ItemWords.Of(text);
        return words.Length > 1 && words[0] is "the" or "a" or "an" or "my" ? words[1..] : words;
    }

    private static bool IsName(Option option) =>
        option.Text.Length > 0 && char.IsUpper(option.Text[0]) && !Determiners.Contains(option.Text.Split(' ')[0].ToLowerInvariant());

    /// <summary>The token after the option's words, or -1. Marks between them do not matter.</summary>
    private static int Match(ReplyTokens reply, int at, ReadOnlySpan<string> words)
    {
        var i = at;
        foreach (var word in words)
        {
            while (i > at && i < reply.Count && reply[i].Text is "," or "." or "-" or "(" or ")")
            {
                i++;
            }

            if (i >= reply.Count || reply[i].Text != word)
            {
                return -1;
            }

            i++;
        }

        return reply[at].Joined || (i < reply.Count && reply[i].Joined) ? -1 : i;
    }

    /// <summary>Where the mention begins with its article; null where the word before makes it a part of something else.</summary>
    private static int? Article(ReplyTokens reply, int at, bool name)
    {
        if (at == 0 || !reply[at - 1].IsWord)
        {
            return at;
        }

        var previous = reply[at - 1];
        return Determiners.Contains(previous.Text) ? at - 1
            : Before.Contains(previous.Text) || previous.Text is "b" or "c" || (name && !previous.Capital && !previous.Joined) ? at
            : null;
    }

    private static bool Alone(bool opens, string previous, string next, string key, bool textNext)
    {
        var marked = next is "." or "," or ":" or "-" or "\n" or "?" or ")";
        var follows = AfterLetter.Contains(next);
        return key == "a"
            ? (opens || BeforeLetter.Contains(previous)) && (marked || follows)
            : previous is "option" or "choice" or "answer" or "letter"
                || ((opens || BeforeLetter.Contains(previous)) && (marked || follows || textNext));
    }
}
