using System.Collections.Frozen;
using ModelConformance.Protocol;

namespace ModelConformance.Targets.Wire;

/// <summary>What a reply's <c>finish_reason</c> means.</summary>
internal static class FinishReason
{
    // Names beyond OpenAI's own are what gateways pass through from other providers and what servers say in their own words, in any case.
    private static readonly FrozenDictionary<string, Finish> Known = new (Finish Finish, string[] Words)[]
    {
        // A call of a tool that was not offered is how a model ended its answer, malformed or not: an outcome, and the same when asked again.
        (Finish.Stop, [
            "", "stop", "stop_sequence", "eos", "eos_token", "end_turn", "end", "eot", "complete", "completed", "finished", "done",
            "unknown", "finish_reason_unspecified", "tool_calls", "tool_call", "tool_use", "function_call",
            "malformed_function_call", "unexpected_tool_call", "too_many_tool_calls"]),
        // vLLM cuts what repeats itself.
        (Finish.Length, ["length", "max_tokens", "max_length", "model_length", "model_context_window_exceeded", "repetition"]),
        (Finish.Refusal, ["refusal"]),
        (Finish.ContentFilter, [
            "safety", "recitation", "language", "blocklist", "prohibited_content", "spii", "sensitive", "guardrail_intervened", "error_toxic"]),
    }.SelectMany(end => end.Words, static (end, word) => KeyValuePair.Create(word, end.Finish)).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>How a reply ended. A server that says nothing gave what it had.</summary>
    /// <returns>
    /// Null where it did not: it was broken off (<c>abort</c> in vLLM and SGLang, <c>error</c>, DeepSeek's <c>insufficient_system_resource</c>), or
    /// the word is unknown, and may mean that.
    /// </returns>
    public static Finish? Read(string? word)
    {
        // Some join words by a hyphen.
        var name = (word ?? "").Replace('-', '_');
        return Known.TryGetValue(name, out var finish) ? finish
            : name.StartsWith("content_filter", StringComparison.OrdinalIgnoreCase) ? Finish.ContentFilter
            : null;
    }
}
