using System.Text.Json;
using ModelConformance.Protocol;
using ModelConformance.Targets.Wire;

namespace ModelConformance.Targets.ChatCompletions;

/// <summary>OpenAI's Chat Completions: messages with roles, which the server puts into the model's template. White space is kept as it is.</summary>
internal sealed class ChatProtocol(TargetSettings settings) : IProtocol
{
    private readonly bool real = settings.PrefillKind == TargetSettings.Real;
    private readonly BodyWriter bodies = new(settings);

    /// <inheritdoc />
    public string Path => "/chat/completions";

    /// <inheritdoc />
    public IReadOnlyList<Request> Requests(Conversation conversation, int sample)
    {
        var mode = conversation.Mode;
        return [new(Body(conversation, sample), conversation.MaxTokens, (choice, finish) => ReplyReader.Said(choice, finish, mode))];
    }

    private byte[] Body(Conversation conversation, int sample)
    {
        var continues = real && conversation.Prefill.Text.Length > 0;
        return bodies.Write(conversation.Mode, sample, conversation.MaxTokens, json => WriteMessages(json, conversation, continues), json =>
        {
            if (conversation.Mode == Mode.Logprobs)
            {
                json.WriteBoolean("logprobs"u8, true);
                json.WriteNumber("top_logprobs"u8, settings.TopLogprobs);
            }

            if (continues)
            {
                json.WriteBoolean("continue_final_message"u8, true);
                json.WriteBoolean("add_generation_prompt"u8, false);
            }
        });
    }

    private void WriteMessages(Utf8JsonWriter json, Conversation conversation, bool continues)
    {
        var (turns, prefill) = (conversation.Turns, conversation.Prefill);
        var last = turns[^1].Text;
        var more = real || prefill.Instead.Length == 0 ? "" : $"\n\n{prefill.Instead}";
        // A space before the answer changes the answer's first token; a template may or may not remove it.
        if ((continues ? prefill.Text : more.Length > 0 ? more : last).EndsWith(' '))
        {
            throw new ArgumentException("A prompt never ends in a space.", nameof(conversation));
        }

        json.WriteStartArray("messages"u8);
        for (var i = 0; i < turns.Length - 1; i++)
        {
            WriteMessage(json, turns[i].Role, turns[i].Text);
        }

        WriteMessage(json, Role.User, last, more);
        if (continues)
        {
            WriteMessage(json, Role.Assistant, prefill.Text);
        }

        json.WriteEndArray();
    }

    private static void WriteMessage(Utf8JsonWriter json, Role role, string text, string more = "")
    {
        json.WriteStartObject();
        json.WriteString("role"u8, role == Role.User ? "user"u8 : "assistant"u8);
        json.WritePropertyName("content"u8);
        // Piece by piece: to put them together would copy the whole prompt.
        json.WriteStringValueSegment(text, isFinalSegment: false);
        json.WriteStringValueSegment(more, isFinalSegment: true);
        json.WriteEndObject();
    }
}
