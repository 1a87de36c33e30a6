using System.Text;
using ModelConformance.Benchmarks;
using ModelConformance.Protocol;
using ModelConformance.Targets;

namespace ModelConformance.Planning;

/// <summary>What a question takes of a target.</summary>
/// <param name="target">How it is asked.</param>
internal sealed class Questioning(TargetSettings target)
{
    private const int BytesPerToken = 4;

    private readonly int samples = target.SamplesPerQuestion;
    private readonly bool real = target.PrefillKind == TargetSettings.Real;

    /// <summary>
    /// The conversations of a question, each with what all its samples take: one, or two where the condition reasons. Those of the same number are
    /// asked once only, whatever question they belong to.
    /// </summary>
    public IEnumerable<(UInt128 Conversation, Effort Effort)> Of(IBenchmark benchmark, Item item, Condition condition)
    {
        if (!condition.Reasons)
        {
            var only = benchmark.Render(item, condition, target.Mode);
            return [(only.Hash(), Of(only) * samples)];
        }

        var thinking = benchmark.Render(item, condition, target.Mode);
        thinking = target.Mode == Mode.Sampling ? thinking with { Mode = target.Mode } : thinking;
        var reasoning = new string('x', BytesPerToken * thinking.MaxTokens);
        var answer = benchmark.Render(item, condition, target.Mode, reasoning);
        var first = thinking.Hash();

        // Each thought leads to an answer of its own, also where the questions after it are alike.
        return [(first, Of(thinking) * samples), (unchecked((31 * first) + answer.Hash()), Of(answer) * samples)];
    }

    /// <summary>What a conversation takes: a request, or one for each continuation that is measured.</summary>
    public Effort Of(Conversation conversation)
    {
        var prompt = conversation.Turns.Sum(turn => Encoding.UTF8.GetByteCount(turn.Text))
            + Encoding.UTF8.GetByteCount(real ? conversation.Prefill.Text : conversation.Prefill.Instead);
        return conversation.Mode == Mode.Continuation
            ? Effort.Of(conversation.Continuations.Select(continuation => One(prompt + Encoding.UTF8.GetByteCount(continuation), 1)))
            : One(prompt, conversation.MaxTokens);
    }

    private static Effort One(int bytes, int most) => new(1, (bytes + BytesPerToken - 1) / BytesPerToken, most);
}
