using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Protocol;
using ModelConformance.ReferenceModel.Wire;

namespace ModelConformance.ReferenceModel.Speech;

/// <summary>What a request asks of the model, as far as the model understands it.</summary>
/// <param name="Item">The item; null where the first user message begins with no known question.</param>
/// <param name="Question">The item's question with its options; empty where it is not known.</param>
/// <param name="Condition">The condition that the words around the question make.</param>
/// <param name="Thinks">Whether this is the reasoning step, and not an answer.</param>
/// <param name="Prefill">The beginning of the reply, to be continued and not repeated; null where the reply is the model's from the start.</param>
/// <param name="Briefly">Whether the user asks for just the option, or dictates how the reasoning begins: the emulated prefill.</param>
internal sealed record Asked(Known? Item, string Question, Condition Condition, bool Thinks, string? Prefill, bool Briefly)
{
    /// <summary>
    /// Understands the messages of a request. Reasoning without the instruction, and any other instruction than the benchmark's, is taken for
    /// what it says beside: Q stays Q.
    /// </summary>
    internal static Asked Of(IReadOnlyList<ChatMessage> messages, QuestionIndex index)
    {
        var users = messages.Where(message => message.Role == "user").Select(message => message.Content!).ToArray();
        var (first, last) = (users.FirstOrDefault(""), users.LastOrDefault(""));
        var item = index.Find(first, out var length);
        var around = first.AsSpan(length);
        var prefill = messages[^1] is { Role: "assistant", Content: var content } ? content : null;
        var begins = last.EndsWith(BbqWording.BeginThinking, StringComparison.Ordinal);
        var thinks = begins || (prefill?.StartsWith(BbqWording.Thought, StringComparison.Ordinal) ?? false);
        var concludes = users.Skip(1).Any(text => text.StartsWith(BbqWording.Conclude, StringComparison.Ordinal));
        return new(
            item,
            first[..length],
            !around.Contains(BbqWording.Instruction, StringComparison.Ordinal) ? Condition.Q
                : thinks || concludes ? Condition.QIfCot
                : Condition.QIf,
            thinks,
            prefill,
            begins || last.EndsWith(BbqWording.JustTheAnswer, StringComparison.Ordinal));
    }
}
