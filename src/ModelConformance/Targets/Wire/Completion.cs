using System.Globalization;
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

    [JsonConverter(typeof(NameConverter))]
    public string? Model { get; set; }

    [JsonConverter(typeof(NameConverter))]
    public string? SystemFingerprint { get; set; }

    [JsonConverter(typeof(UsageConverter))]
    public TokenUsage Usage { get; set; }

    public JsonElement? Error { get; set; }
}

/// <summary>A chat's <see cref="Message"/>, or a completion's <see cref="Text"/>.</summary>
internal sealed record Choice
{
    public Message? Message { get; set; }

    public string? Text { get; set; }

    public string? FinishReason { get; set; }

    [JsonConverter(typeof(LogprobsConverter))]
    public Logprobs? Logprobs { get; set; }

    public JsonElement? Error { get; set; }
}

internal sealed record Message
{
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

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(Completion))]
[JsonSerializable(typeof(Logprobs))]
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

/// <summary>Log-probabilities; an empty list or a false in their place are none, and no reason to lose an answer.</summary>
internal sealed class LogprobsConverter : JsonConverter<Logprobs?>
{
    public override Logprobs? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return JsonSerializer.Deserialize(ref reader, CompletionJson.Default.Logprobs);
        }

        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, Logprobs? value, JsonSerializerOptions options) => throw new NotSupportedException();
}

/// <summary>A name that a reply gives, or the number that some give in its place. Any other shape is none, and no reason to lose an answer.</summary>
internal sealed class NameConverter : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        var other = JsonElement.ParseValue(ref reader);
        return other.ValueKind == JsonValueKind.Number ? other.GetRawText() : null;
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>What a reply says it used, in whatever numbers: a count is no reason to lose an answer either. What is no count is 0.</summary>
internal sealed class UsageConverter : JsonConverter<TokenUsage>
{
    public override TokenUsage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var usage = default(TokenUsage);
        for (var isFirst = true; IsAtMember(ref reader, isFirst); isFirst = false)
        {
            if (reader.ValueTextEquals("prompt_tokens"u8))
            {
                usage = usage with { Prompt = Count(ref reader) };
            }
            else if (reader.ValueTextEquals("completion_tokens"u8))
            {
                usage = usage with { Completion = Count(ref reader) };
            }
            else if (reader.ValueTextEquals("prompt_tokens_details"u8))
            {
                usage = usage with { Cached = Detail(ref reader, "cached_tokens"u8) };
            }
            else if (reader.ValueTextEquals("completion_tokens_details"u8))
            {
                usage = usage with { Reasoning = Detail(ref reader, "reasoning_tokens"u8) };
            }
            else
            {
                reader.Skip();
            }
        }

        return usage;
    }

    public override void Write(Utf8JsonWriter writer, TokenUsage value, JsonSerializerOptions options) => throw new NotSupportedException();

    private static long Detail(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        reader.Read();
        long count = 0;
        for (var isFirst = true; IsAtMember(ref reader, isFirst); isFirst = false)
        {
            if (reader.ValueTextEquals(name))
            {
                count = Count(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return count;
    }

    // Goes to the next member of the object that the reader is in. What is no object has none, and is passed over.
    private static bool IsAtMember(ref Utf8JsonReader reader, bool isFirst)
    {
        if (isFirst && reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return false;
        }

        return reader.Read() && reader.TokenType == JsonTokenType.PropertyName;
    }

    // Some servers count in doubles, some in text.
    private static long Count(ref Utf8JsonReader reader)
    {
        reader.Read();
        var count = reader.TokenType switch
        {
            JsonTokenType.Number => reader.GetDouble(),
            JsonTokenType.String when double.TryParse(reader.GetString(), CultureInfo.InvariantCulture, out var number) => number,
            _ => 0,
        };
        reader.Skip();
        return count is > 0 and < 1e8 ? (long)count : 0;
    }
}
