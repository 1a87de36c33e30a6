using ModelConformance.Protocol;

namespace ModelConformance.Collection;

/// <summary>An answer with the question it belongs to.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Answer">What the reply means.</param>
/// <param name="Reply">What came back.</param>
public sealed record ItemAnswer(Question Question, Answer Answer, Reply Reply)
{
    /// <summary>The item asked.</summary>
    public Item Item => Question.Item;

    /// <summary>The condition it was asked under.</summary>
    public Condition Condition => Question.Condition;

    /// <summary>The index of the repeat.</summary>
    public int Sample => Question.Sample;

    /// <summary>The reply to the step that reasons, under a condition that has one; null otherwise, and where the item ended with it.</summary>
    public Reply? Thought { get; init; }

    /// <summary>The reasoning that led to the answer; null where there was none. Untrusted.</summary>
    public string? Reasoning => Thought?.Text;

    /// <summary>Whether the target was not asked for this, neither for the thought nor for the answer: the ledger had them.</summary>
    public bool IsReplayed { get; init; }

    /// <summary>The replies that no question of this collection had before, out of the thought and the answer: two items may use the same words.</summary>
    public IReadOnlyList<Reply> New { get; init; } = [];
}
