using System.Text.Json;

namespace ModelConformance.ReferenceModel.Wire;

/// <summary>Why a request gets no completion, in the shape of OpenAI's errors.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Message">What was found and what was expected.</param>
/// <param name="Param">The field at fault; null where it is none in particular.</param>
/// <param name="Code">The machine-readable reason; null where OpenAI gives none.</param>
internal sealed record RequestError(int Status, string Message, string? Param = null, string? Code = null)
{
    /// <summary>Writes <c>{"error":{"message","type","param","code"}}</c>.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteString("message"u8, Message);
        json.WriteString("type"u8, "invalid_request_error"u8);
        json.WriteString("param"u8, Param);
        json.WriteString("code"u8, Code);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
