using System.Collections.Immutable;
using ModelConformance.Ledger;
using ModelConformance.Protocol;

namespace ModelConformance.Collection;

/// <summary>A conversation on the way to an answer: the one that reasons, or the one that answers.</summary>
/// <param name="Question">What it is about.</param>
/// <param name="Conversation">What is asked.</param>
/// <param name="Key">Where the ledger keeps the reply.</param>
internal sealed record Step(Question Question, Conversation Conversation, ReplyKey Key)
{
    /// <summary>The sample of the question's first conversation, be this it or not: questions that share it share their calls.</summary>
    public Draw FirstWords { get; private init; } = Key.Draw;

    /// <summary>Whether another question of the collection has the same words: they share a call.</summary>
    public bool IsRepeat { get; private init; }

    /// <summary>The reply to the step before; null in the first one.</summary>
    public Reply? Thought { get; private init; }

    /// <summary>Whether a reply so far came from the target, and not from the ledger.</summary>
    public bool WasAsked { get; private init; }

    /// <summary>The replies so far that the collection had not had before.</summary>
    private ImmutableArray<Reply> New { get; init; } = [];

    /// <summary>The first step of a question.</summary>
    /// <param name="target">The target's identity.</param>
    /// <param name="question">The question.</param>
    /// <param name="mode">How answers are measured.</param>
    public static Step First(string target, Question question, Mode mode)
    {
        if (question.Sample > 0 && mode != Mode.Sampling)
        {
            throw new ArgumentException($"In the mode {mode.Word()} a repeat is the same answer again.", nameof(question));
        }

        var conversation = question.Benchmark.Render(question.Item, question.Condition, mode);

        // Of one and the same reasoning, the samples would be no draws of the answer.
        conversation = question.Condition.Reasons && mode == Mode.Sampling ? conversation with { Mode = mode } : conversation;
        return new(question, conversation, new(target, conversation.Hash(), question.Sample));
    }

    /// <summary>The step after this one; null where the reply to this one ends the question.</summary>
    /// <param name="reply">The reply to this step.</param>
    /// <param name="isNew">Whether no question had it before.</param>
    /// <param name="wasAsked">Whether the target was asked for it.</param>
    /// <param name="mode">How answers are measured.</param>
    public Step? Next(Reply reply, bool isNew, bool wasAsked, Mode mode)
    {
        if (!Question.Condition.Reasons || Thought is not null || reply.Finish is not (Finish.Stop or Finish.Length))
        {
            return null;
        }

        var conversation = Question.Benchmark.Render(Question.Item, Question.Condition, mode, reply.Text);
        return new(Question, conversation, Key with { Conversation = conversation.Hash() })
        {
            FirstWords = FirstWords,
            IsRepeat = IsRepeat,
            Thought = reply,
            WasAsked = wasAsked,
            New = isNew ? [reply] : [],
        };
    }

    /// <summary>The same step of a question that is not the first of its words: what it has so far is not new.</summary>
    public Step AsRepeat() => this with { IsRepeat = true, New = [] };

    /// <summary>The answer that the reply to the last step gives.</summary>
    /// <inheritdoc cref="Next" />
    public ItemAnswer Answer(Reply reply, bool isNew, bool wasAsked, Mode mode) =>
        new(Question, Question.Benchmark.Read(Question.Item, reply, mode), reply)
        {
            Thought = Thought,
            IsReplayed = !wasAsked && !WasAsked,
            New = isNew ? [.. New, reply] : New,
        };
}
