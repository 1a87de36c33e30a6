using System.Text.Json;
using System.Text.Json.Nodes;
using ModelConformance.ReferenceModel.Speech;

namespace ModelConformance.ReferenceModel.Faults;

/// <summary>How each fault of content changes a completion.</summary>
internal static class OddReply
{
    /// <summary>
    /// A completion with something odd about it. One that the fault does not fit is left as it is: a text completion has no tools and no parts, and
    /// what is said to a question that the model does not know, such as a client's probe, is no outcome.
    /// </summary>
    /// <param name="body">The JSON of a completion.</param>
    /// <param name="fault">What is to be odd.</param>
    /// <returns>The changed JSON; null where it is left as it is.</returns>
    internal static byte[]? Of(byte[] body, ContentFault fault)
    {
        var reply = JsonNode.Parse(body)!;
        var choice = (JsonObject)reply["choices"]![0]!;
        return Change(reply, choice, fault) ? JsonSerializer.SerializeToUtf8Bytes(reply) : null;
    }

    private static bool Change(JsonNode reply, JsonObject choice, ContentFault fault)
    {
        var message = choice["message"] as JsonObject;
        var said = (string)(message?["content"] ?? choice["text"])!;
        if (said == Phrases.Ignorance)
        {
            return false;
        }

        switch (fault)
        {
            case ContentFault.Choices:
                Others((JsonArray)reply["choices"]!, choice);
                return true;
            case ContentFault.Filter:
                choice["finish_reason"] = "content_filter";
                choice["logprobs"] = null;
                _ = message is null ? choice["text"] = "" : message["content"] = null;
                return true;
            case var _ when message is null:
                return false;
            case ContentFault.Parts:
                message["content"] = new JsonArray(Part(said[..(said.Length / 2)]), Part(said[(said.Length / 2)..]));
                return true;
            case ContentFault.Null:
                message["content"] = null;
                choice["logprobs"] = null;
                choice["finish_reason"] = "stop";
                return true;
            case ContentFault.Empty:
                message["content"] = "";
                choice["logprobs"] = null;
                choice["finish_reason"] = "length";
                return true;
            default:
                message["content"] = null;
                message["tool_calls"] = new JsonArray(JsonNode.Parse(
                    """{"id":"call_1","type":"function","function":{"name":"look_it_up","arguments":"{}"}}"""));
                choice["logprobs"] = null;
                choice["finish_reason"] = "tool_calls";
                return true;
        }
    }

    private static void Others(JsonArray choices, JsonObject first)
    {
        for (var index = 1; index <= 2; index++)
        {
            var other = (JsonObject)first.DeepClone();
            other["index"] = index;
            _ = other["message"] is { } message ? message["content"] = Phrases.Ignorance : other["text"] = Phrases.Ignorance;
            choices.Add(other);
        }
    }

    private static JsonObject Part(string text) => new() { ["type"] = "text", ["text"] = text };
}
