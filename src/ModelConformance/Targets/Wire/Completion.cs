using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModelConformance.Protocol;

namespace ModelConformance.Targets.Wire;

/// <summary>
/// The parts of a completion, of a chat or of a text, that a measurement needs; whatever else servers add is skipped. One shape for both protocols,
/// since servers mix them. With setters, which the serializer fills in half the time that it takes for parameters of a constructor.
/// </summary>
internal sealed record Completion
{
    public List<Choice?>? Choices { get; set; }

    public string? Model { get; set; }

    public string? SystemFingerprint { get; set; }

    public Usage? Usage { get; set; }

    public JsonElement? Error { get; set; }
}

/// <summary>A chat's <see cref="Message"/>, or a completion's <see cref="Text"/>.</summary>
internal sealed record Choice
{
    public Message? Message { get; set; }

    public string? Text { get; set; }

    public string? FinishReason { get; set; }

    public Logprobs? Logprobs { get; set; }
}

internal sealed record Message
{

    public JsonElement? Error { get; set; }
    [JsonConverter(typeof(ContentConverter))]
    public string? Content { get; set; }

    public string? Refusal { get; set; }
}

/// <summary>Positions in <paramref name="Content"/> (chat; llama.cpp and Ollama always), or lists that run in parallel (completions).</summary>
internal sealed record Logprobs(
    List<Position?>? Content, List<string?>? Tokens, List<double?>? TokenLogprobs, List<Dictionary<string, double?>?>? TopLogprobs)
{
    /// <summary>The positions of either shape, in order.</summary>
    public IEnumerable<Position> Positions() => Content is { Count: > 0 }
        ? Content.Select(static position => position ?? new(null, null, null))
        : (Tokens ?? []).Select((token, i) => new Position(
            token,
            TokenLogprobs?.ElementAtOrDefault(i),
            [.. (TopLogprobs?.ElementAtOrDefault(i) ?? []).Select(static pair => new Alternative(pair.Key, pair.Value))]));
}

internal sealed record Position(string? Token, double? Logprob, List<Alternative?>? TopLogprobs);

internal sealed record Alternative(string? Token, double? Logprob);

// Doubles: some servers count in them, and a count is no reason to lose an answer.
internal sealed record Usage
{
    public double? PromptTokens { get; set; }

    public double? CompletionTokens { get; set; }

    public PromptDetails? PromptTokensDetails { get; set; }

    public CompletionDetails? CompletionTokensDetails { get; set; }

    public TokenUsage ToTokens() => new(
        Count(PromptTokens), Count(CompletionTokens), Count(PromptTokensDetails?.CachedTokens), Count(CompletionTokensDetails?.ReasoningTokens));

    private static long Count(double? tokens) => tokens is > 0 and < 1e12 ? (long)tokens : 0;
}

internal sealed record PromptDetails
{
    public double? CachedTokens { get; set; }
}

internal sealed record CompletionDetails
{
    public double? ReasoningTokens { get; set; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(Completion))]
internal sealed partial class CompletionJson : JsonSerializerContext;

/// <summary>Content is a string, null, or a list of parts, of which those of text are joined.</summary>
internal sealed class ContentConverter : JsonConverter<string?>
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
