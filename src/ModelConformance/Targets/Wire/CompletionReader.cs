using System.Globalization;
using System.Text;
using System.Text.Json;
using ModelConformance.Protocol;

namespace ModelConformance.Targets.Wire;

/// <summary>
/// Reads a completion value by value, since every reply is read and most of what servers write is skipped: a serializer takes longer. A name or a
/// count in an unknown shape is none, and no reason to lose an answer; a first choice in an unknown shape is not guessed at.
/// </summary>
internal ref struct CompletionReader
{
    // Before a value is read it is at the value's first token, and at its last one afterwards.
    private Utf8JsonReader json;

    private CompletionReader(ReadOnlySpan<byte> bytes) => json = new(bytes);

    /// <summary>Reads a completion.</summary>
    /// <exception cref="JsonException">It is no JSON, or no completion.</exception>
    /// <exception cref="InvalidOperationException">A text is no UTF-8, or has half a surrogate pair.</exception>
    public static Completion Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new CompletionReader(bytes);
        reader.json.Read();
        var completion = reader.Completion();
        // Throws where something follows.
        reader.json.Read();
        return completion;
    }

    private Completion Completion()
    {
        Expect(JsonTokenType.StartObject);
        var completion = new Completion();
        while (IsAtMember())
        {
            if (Is("choices"u8))
            {
                completion.Choice = FirstChoice();
            }
            else if (Is("model"u8))
            {
                completion.Model = Name();
            }
            else if (Is("system_fingerprint"u8))
            {
                completion.Fingerprint = Name();
            }
            else if (Is("usage"u8))
            {
                completion.Usage = Usage();
            }
            else if (Is("error"u8))
            {
                completion.Error = Error();
            }
            else
            {
                json.Skip();
            }
        }

        return completion;
    }

    private Choice? FirstChoice()
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        Expect(JsonTokenType.StartArray);
        json.Read();
        if (json.TokenType == JsonTokenType.EndArray)
        {
            return null;
        }

        var first = json.TokenType == JsonTokenType.Null ? null : Choice();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            json.Skip();
        }

        return first;
    }

    private Choice Choice()
    {
        Expect(JsonTokenType.StartObject);
        var choice = new Choice();
        while (IsAtMember())
        {
            if (Is("message"u8))
            {
                (choice.Content, choice.Refusal) = Message();
            }
            else if (Is("text"u8))
            {
                choice.Text = Text();
            }
            else if (Is("finish_reason"u8))
            {
                choice.FinishReason = Text();
            }
            else if (Is("logprobs"u8))
            {
                choice.Logprobs = Logprobs();
            }
            else if (Is("error"u8))
            {
                choice.Error = Error();
            }
            else
            {
                json.Skip();
            }
        }

        return choice;
    }

    private (string? Content, string? Refusal) Message()
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        Expect(JsonTokenType.StartObject);
        (string? Content, string? Refusal) message = default;
        while (IsAtMember())
        {
            if (Is("content"u8))
            {
                message.Content = json.TokenType == JsonTokenType.StartArray ? Parts() : Text();
            }
            else if (Is("refusal"u8))
            {
                message.Refusal = Text();
            }
            else
            {
                json.Skip();
            }
        }

        return message;
    }

    // Content may be a list of parts, of which those of text are joined.
    private string Parts() =>
        JsonElement.ParseValue(ref json).EnumerateArray().Aggregate(new StringBuilder(), static (text, part) => text.Append(TextOf(part))).ToString();

    // Parts of other types (thinking, images) are no answer.
    private static string? TextOf(JsonElement part) => part switch
    {
        { ValueKind: JsonValueKind.String } => part.GetString(),
        { ValueKind: JsonValueKind.Object } when part.TryGetProperty("type", out var type) && type.ValueEquals("text")
            && part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String => text.GetString(),
        _ => null,
    };

    // An empty list or a false in their place are none.
    private Logprobs? Logprobs()
    {
        if (json.TokenType == JsonTokenType.StartObject)
        {
            return JsonSerializer.Deserialize(ref json, CompletionJson.Default.Logprobs);
        }

        json.Skip();
        return null;
    }

    private JsonElement? Error() => json.TokenType == JsonTokenType.Null ? null : JsonElement.ParseValue(ref json);

    private string? Text() => json.TokenType is JsonTokenType.String or JsonTokenType.Null
        ? json.GetString()
        : throw new JsonException($"A text is no {json.TokenType}.");

    // Some give a number in place of a name.
    private string? Name()
    {
        if (json.TokenType == JsonTokenType.String)
        {
            return json.GetString();
        }

        var other = JsonElement.ParseValue(ref json);
        return other.ValueKind == JsonValueKind.Number ? other.GetRawText() : null;
    }

    private TokenUsage Usage()
    {
        var usage = default(TokenUsage);
        if (!IsObject())
        {
            return usage;
        }

        while (IsAtMember())
        {
            if (Is("prompt_tokens"u8))
            {
                usage = usage with { Prompt = Count() };
            }
            else if (Is("completion_tokens"u8))
            {
                usage = usage with { Completion = Count() };
            }
            else if (Is("prompt_tokens_details"u8))
            {
                usage = usage with { Cached = Detail("cached_tokens"u8) };
            }
            else if (Is("completion_tokens_details"u8))
            {
                usage = usage with { Reasoning = Detail("reasoning_tokens"u8) };
            }
            else
            {
                json.Skip();
            }
        }

        return usage;
    }

    private long Detail(ReadOnlySpan<byte> name)
    {
        long count = 0;
        if (!IsObject())
        {
            return count;
        }

        while (IsAtMember())
        {
            if (Is(name))
            {
                count = Count();
            }
            else
            {
                json.Skip();
            }
        }

        return count;
    }

    // Some servers count in doubles, some in text. What is no count is 0.
    private long Count()
    {
        var count = json.TokenType switch
        {
            JsonTokenType.Number when json.TryGetInt64(out var whole) => whole,
            JsonTokenType.Number when json.TryGetDouble(out var number) => number,
            JsonTokenType.String when double.TryParse(json.GetString(), CultureInfo.InvariantCulture, out var number) => number,
            _ => 0,
        };
        json.Skip();
        return count is > 0 and < 1e8 ? (long)count : 0;
    }

    private void Expect(JsonTokenType type)
    {
        if (json.TokenType != type)
        {
            throw new JsonException($"Not {type} but {json.TokenType}.");
        }
    }

    // What is no object is passed over.
    private bool IsObject()
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
        }

        return json.TokenType == JsonTokenType.StartObject;
    }

    // Goes to the next member of an object, or to the object's end.
    private bool IsAtMember() => json.Read() && json.TokenType == JsonTokenType.PropertyName;

    // Goes to the value of the member, where that is its name. Names are rarely escaped, and only those need to be taken apart.
    private bool Is(ReadOnlySpan<byte> name) =>
        (json.ValueIsEscaped ? json.ValueTextEquals(name) : json.ValueSpan.SequenceEqual(name)) && json.Read();
}
