using System.Text.Json;
using System.Text.Json.Serialization;

namespace ModelConformance.ReferenceModel.Wire;

/// <summary>A message's content: a string, or parts of which all are text and which are joined.</summary>
internal sealed class MessageText : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        using var parts = JsonDocument.ParseValue(ref reader);
        return parts.RootElement.ValueKind == JsonValueKind.Array
            ? string.Concat(parts.RootElement.EnumerateArray().Select(Text))
            : throw new JsonException("content must be a string or an array of text parts");
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    private static string? Text(JsonElement part) =>
        part.ValueKind == JsonValueKind.Object
        && part.TryGetProperty("type", out var type) && type.ValueEquals("text")
        && part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : throw new JsonException("content parts other than text are not supported");
}
