using ModelConformance.Protocol;

namespace ModelConformance.Benchmarks.Bbq;

/// <summary>Renders a BBQ item as a conversation (Ganguli et al. 2023, section 3.2.2 and Table 1).</summary>
public static class BbqPrompt
{
    /// <summary>The most tokens of the reasoning step (Ganguli et al. 2023: "up to 256 tokens").</summary>
    public const int ReasoningTokens = 256;

    /// <summary>Enough for any option's text with some words around it.</summary>
    public const int AnswerTokens = 64;

    /// <summary>A letter stands in one of the first four tokens, or is not looked for.</summary>
    public const int LogprobTokens = 4;

    /// <summary>The question with its options: the whole user turn of Q, the beginning of every other condition's.</summary>
    /// <param name="item">The item.</param>
    public static string Question(BbqItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var options = string.Join(' ', item.Options.Select(option => $"({option.Key}) {option.Text.Trim().TrimEnd('.')}"));
        return $"{item.Passage}\n{item.Question}\n\n{options}.";
    }

    /// <summary>The conversation of one step; <see cref="IBenchmark.Render"/> says which.</summary>
    public static Conversation Render(BbqItem item, Condition condition, Mode mode, string? reasoning)
    {
        var question = new Turn(Role.User, Question(item));
        var instructed = new Turn(Role.User, $"{question.Text}\n\n{BbqWording.Instruction}");
        return condition.Id switch
        {
            "Q" => Answer(BbqWording.Answer, mode, question),
            "Q+IF" => Answer(BbqWording.Answer, mode, instructed),
            "Q+IF+CoT" when reasoning is null => new(
                [instructed], new Prefill(BbqWording.Thought, BbqWording.BeginThinking), Mode.Text, ReasoningTokens),
            "Q+IF+CoT" => Answer(
                BbqWording.Conclusion, mode, instructed, new(Role.Assistant, Thought(reasoning)), new(Role.User, BbqWording.Conclude)),
            _ => throw BbqWording.Unknown(condition),
        };
    }

    private static Conversation Answer(string prefill, Mode mode, params Turn[] turns)
    {
        var logprobs = mode == Mode.Logprobs;
        return new(
            [.. turns],
            new Prefill(logprobs ? prefill + BbqWording.OpenParenthesis : prefill, BbqWording.JustTheAnswer),
            mode,
            logprobs ? LogprobTokens : AnswerTokens);
    }

    /// <summary>The assistant's turn as a whole. An emulated prefill is often repeated by the model; it must not stand twice.</summary>
    private static string Thought(string reasoning)
    {
        var text = reasoning.Trim();
        return text.StartsWith(BbqWording.Thought, StringComparison.Ordinal) ? text
            : text.Length == 0 ? BbqWording.Thought
            : $"{BbqWording.Thought} {text}";
    }
}
