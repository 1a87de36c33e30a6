using System.Text;
using ModelConformance.Protocol;

namespace ModelConformance.Benchmarks.Reading;

/// <summary>Finds what a reply states about the options.</summary>
internal sealed class Statements
{
    private static readonly string[] Links = ["or", "and", "nor", "either", "both", "option", "choice", ",", ":", "-", "(", ")"];
    private static readonly string[] Asking = ["who", "which", "what", "whose", "whom", "is", "was", "did", "does"];

    private readonly ReplyTokens reply;
    private readonly bool cut;
    private readonly bool[] hidden;
    private readonly HashSet<int> predicates = [];
    private readonly List<Mention> mentions;

    /// <summary>Reads a reply; the parameters are those of <see cref="OptionReader.Read"/>.</summary>
    public Statements(ReplyTokens reply, IReadOnlyList<Option> options, string? unknown, string? question, bool cut)
    {
        this.reply = reply;
        this.cut = cut;
        hidden = new bool[reply.Count];
        mentions = MentionFinder.Texts(reply, options);
        Hide(mentions);
        HidePredicate(question);
        var people = mentions.Where(mention => mention.Key != unknown).ToArray();
        mentions = [.. mentions.Select(mention => mention.Key == unknown ? mention with { Kind = MentionKind.Unknown } : mention)];
        if (unknown is not null)
        {
            foreach (var (start, end) in UnknownPhrases.In(reply, people))
            {
                var found = new Mention(start, end, unknown, MentionKind.Unknown);
                if (!hidden[start] && !people.Any(found.Overlaps))
                {
                    // Where phrases share words they are one: their union.
                    var same = mentions.Where(found.Overlaps).ToArray();
                    mentions.RemoveAll(same.Contains);
                    found = found with { Start = same.Select(m => m.Start).Append(start).Min(), End = same.Select(m => m.End).Append(end).Max() };
                    mentions.Add(found);
                }
            }
        }

        mentions.AddRange(MentionFinder.Letters(reply, options, mentions));
        mentions.RemoveAll(mention => IsAsked(mention.Start));
        mentions.Sort((one, other) => one.Start.CompareTo(other.Start));
        Hide(mentions);
        All = [.. Groups().Select(Classify)];
    }

    /// <summary>The statements, in the order of the reply.</summary>
    public IReadOnlyList<Statement> All { get; }

    private void Hide(IEnumerable<Mention> found)
    {
        foreach (var mention in found)
        {
            Array.Fill(hidden, true, mention.Start, mention.End - mention.Start);
        }
    }

    /// <summary>
    /// The question's own words after "who": where the reply repeats them ("was not on time"), their "not" denies nobody, and whoever is
    /// named in front of them is the answer.
    /// </summary>
    private void HidePredicate(string? question)
    {
        var words = ItemWords.Of(question ?? "");
        if (words.Length < 3 || words[0] != "who")
        {
            return;
        }

        for (var i = 0; i < reply.Count; i++)
        {
            if (reply.At(i, words[1..]))
            {
                predicates.Add(i);
                Array.Fill(hidden, true, i, words.Length - 1);
            }
        }
    }

    private bool IsAsked(int at)
    {
        var end = reply.SentenceEnd(at);
        return end < reply.Count && reply[end].Text == "?"
            && Enumerable.Range(reply.SentenceStart(at), at - reply.SentenceStart(at)).Any(i => Asking.Contains(reply[i].Text));
    }

    private IEnumerable<List<Mention>> Groups()
    {
        List<Mention>? group = null;
        foreach (var mention in mentions)
        {
            if (group is not null && Linked(group, mention))
            {
                group.Add(mention);
                continue;
            }

            if (group is not null)
            {
                yield return group;
            }

            group = [mention];
        }

        if (group is not null)
        {
            yield return group;
        }
    }

    private bool Linked(List<Mention> group, Mention next)
    {
        var last = group[^1];
        var between = Enumerable.Range(last.End, Math.Max(0, next.Start - last.End)).Select(i => reply[i].Text).ToArray();
        if (last.Kind == MentionKind.Letter && next.Kind != MentionKind.Letter
            && between is [] or ["."] or ["\n"] or ["is"] or [":", "\n"] or [".", "\n"])
        {
            return true;
        }

        // Lines of their own, one after the other, are a list: of the options, mostly.
        var list = reply.SentenceStart(group[0].Start) is var from && Masked(from, group[0].Start).Trim(' ', '-').Length == 0
            && (reply.SentenceEnd(next.End) == next.End || next.Kind == MentionKind.Letter) && between.Any(word => word is "." or "\n");
        return (between.Length > 0 || last.Kind == MentionKind.Letter || next.Kind == MentionKind.Letter)
            && between.All(word => Links.Contains(word) || (list && word is "." or "\n"));
    }

    private Statement Classify(List<Mention> group)
    {
        var (start, end) = (group[0].Start, group[^1].End);
        var keys = group.Select(mention => mention.Key).ToHashSet();
        return new(start, end, keys, Force(group, start, end), group.Any(mention => mention.Kind == MentionKind.Letter));
    }

    private Force Force(List<Mention> group, int start, int end)
    {
        var sentence = reply.SentenceStart(start);
        var before = Masked(sentence, start).Replace("if i had to ", "", StringComparison.Ordinal);
        var clause = Masked(reply.ClauseStart(start), start);
        var after = Masked(end, reply.SentenceEnd(end));
        var phrase = group.All(mention => mention.Kind == MentionKind.Unknown);
        var predicate = predicates.Contains(end);
        if (Cues.Denying.IsMatch(clause)
            || (!phrase && !predicate && !Cues.About.IsMatch(after) && Cues.Denied.IsMatch(after)))
        {
            return Reading.Force.Denied;
        }

        if (!phrase && FollowsUnknown(sentence, start))
        {
            return Reading.Force.Denied;
        }

        if (!phrase && (Cues.Conditional.IsMatch(before) || Cues.Others.IsMatch(clause)))
        {
            return Reading.Force.Named;
        }

        var closed = predicate || Cues.Closed.IsMatch(after);
        return Cues.Final.IsMatch(before) || IsLastLine(start, end) ? Reading.Force.Final
            : Cues.Answer.IsMatch(before) || (!phrase && Cues.Correct.IsMatch(after)) || (closed && Cues.Therefore.IsMatch(before))
                ? Reading.Force.Answer
            : phrase ? Reading.Force.Affirmed
            : Cues.Opening.IsMatch(Opening(start)) && (closed || IsWholeReply(group, end)) ? Reading.Force.Leading
            : predicate || Cues.Copula.IsMatch(before) || Cues.Contrast.IsMatch(before) ? Reading.Force.Affirmed
            : Reading.Force.Named;
    }

    /// <summary>All that the reply says first, but for questions.</summary>
    private string Opening(int start)
    {
        var text = Masked(0, start);
        return text[(text.LastIndexOf('?') + 1)..].TrimStart(' ');
    }

    /// <summary>Whether it is named as what is not known: "it is not said whether …", without a turn to something new between.</summary>
    private bool FollowsUnknown(int sentence, int start) => mentions.Any(mention =>
        mention.Kind == MentionKind.Unknown && mention.Start >= sentence && mention.End <= start
        && Enumerable.Range(mention.End, start - mention.End).Any(i => reply[i].IsWord)
        && !Enumerable.Range(mention.End, start - mention.End).Any(i => Cues.ClauseBreaks.Contains(reply[i].Text)));

    /// <summary>A conclusion on a line of its own at the end.</summary>
    private bool IsLastLine(int start, int end) =>
        start > 0 && reply[start - 1].Text == "\n" && Masked(end, reply.Count).All(c => c is '.' or ' ' or '\n');

    /// <summary>A reply of one sentence that names nobody else: "The baker burnt it." A cut one may be the beginning of anything.</summary>
    private bool IsWholeReply(List<Mention> group, int end) =>
        !cut && reply.SentenceEnd(end) >= reply.Count - 1 && !Cues.Modal.IsMatch(Masked(end, reply.Count))
        && mentions.All(mention => mention.Key == group[0].Key);

    /// <summary>The tokens from one position up to another, with a mark in place of what is already understood.</summary>
    private string Masked(int start, int end)
    {
        if (start >= end)
        {
            return "";
        }

        var text = new StringBuilder();
        for (var i = start; i < end; i++)
        {
            text.Append(hidden[i] ? "_" : reply[i].Text).Append(' ');
        }

        return text.ToString();
    }
}
