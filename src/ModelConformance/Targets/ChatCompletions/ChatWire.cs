using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ModelConformance.Targets.ChatCompletions;

/// <summary>The parts of a chat completion that a measurement needs; whatever else servers add is skipped.</summary>
internal sealed record ChatCompletion(List<ChatChoice?>? Choices, string? Model, string? SystemFingerprint, ChatUsage? Usage, JsonElement? Error);

internal sealed record ChatChoice(ChatMessage? Message, string? FinishReason, ChatLogprobs? Logprobs);

internal sealed record ChatMessage([property: JsonConverter(typeof(ChatContentConverter))] string? Content, string? Refusal);

internal sealed record ChatLogprobs(List<ChatPosition?>? Content);

internal sealed record ChatPosition(List<ChatAlternative?>? TopLogprobs);

internal sealed record ChatAlternative(string? Token, double? Logprob);

// Doubles: some servers count in them, and a count is no reason to lose an answer.
internal sealed record ChatUsage(
    double? PromptTokens, double? CompletionTokens, ChatPromptDetails? PromptTokensDetails, ChatCompletionDetails? CompletionTokensDetails)
{
    public TokenUsage ToTokens() => new(
        Count(PromptTokens), Count(CompletionTokens), Count(PromptTokensDetails?.CachedTokens), Count(CompletionTokensDetails?.ReasoningTokens));

    private static long Count(double? tokens) => tokens is > 0 and < 1e12 ? (long)tokens : 0;
}

internal sealed record ChatPromptDetails(double? CachedTokens);

internal sealed record ChatCompletionDetails(double? ReasoningTokens);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(ChatCompletion))]
internal sealed partial class ChatJson : JsonSerializerContext;

/// <summary>Content is a string, null, or a list of parts, of which those of text are joined.</summary>
internal sealed class ChatContentConverter : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.Null)
        {
            return reader.GetString();
        }

        var element = JsonElement.ParseValue(ref reader);
        return element.ValueKind == JsonValueKind.Array
            ? element.EnumerateArray().Aggregate(new StringBuilder(), static (text, part) => text.Append(TextOf(part))).ToString()
            : throw new JsonException("Content is neither a string nor a list of parts.");
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    // Parts of other types (thinking, images) are no answer.
    private static string? TextOf(JsonElement part) => part switch
    {
        { ValueKind: JsonValueKind.String } => part.GetString(),
        { ValueKind: JsonValueKind.Object } when part.TryGetProperty("type", out var type) && type.ValueEquals("text")
            && part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String => text.GetString(),
        _ => null,
    };
}
