using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using ModelConformance.Protocol;

namespace ModelConformance.Targets.ChatCompletions;

/// <summary>The JSON that a conversation becomes. White space of the stimulus is kept as it is.</summary>
internal sealed class ChatRequest(TargetSettings settings)
{
    /// <summary>The most alternatives that OpenAI and vLLM give for a token.</summary>
    public const int TopLogprobs = 20;

    // Quotes and apostrophes stay readable in a log of requests. This JSON goes into no page.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly bool real = settings.Prefill == "real";
    private readonly HashSet<string> omitted = [.. settings.OmittedNames];

    /// <summary>
    /// Every sampling parameter is written, since servers differ in what they default to, and one choice is asked for: <c>n</c> above 1 is not
    /// portable, so that each repeat is a request with its own seed.
    /// </summary>
    /// <param name="conversation">What is asked.</param>
    /// <param name="sample">The index of the repeat, sent as the seed.</param>
    /// <exception cref="ArgumentException">The conversation does not end in a user's turn, or ends in a space.</exception>
    public byte[] Body(Conversation conversation, int sample)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("model"u8, settings.Model);
            var continues = WriteMessages(json, conversation);
            json.WriteNumber(settings.MaxTokensParameter, conversation.MaxTokens);
            WriteSamplers(json, sample);
            if (conversation.Mode == Mode.Logprobs)
            {
                json.WriteBoolean("logprobs"u8, true);
                json.WriteNumber("top_logprobs"u8, TopLogprobs);
            }

            if (continues)
            {
                json.WriteBoolean("continue_final_message"u8, true);
                json.WriteBoolean("add_generation_prompt"u8, false);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private bool WriteMessages(Utf8JsonWriter json, Conversation conversation)
    {
        var (turns, prefill) = (conversation.Turns, conversation.Prefill);
        if (turns.IsDefaultOrEmpty || turns[^1].Role != Role.User)
        {
            throw new ArgumentException("A conversation ends in a user's turn.", nameof(conversation));
        }

        var continues = real && prefill.Text.Length > 0;
        var last = real || prefill.Instead.Length == 0 ? turns[^1].Text : $"{turns[^1].Text}\n\n{prefill.Instead}";
        // A space before the answer changes the answer's first token; a template may or may not remove it.
        if ((continues ? prefill.Text : last).EndsWith(' '))
        {
            throw new ArgumentException("A prompt never ends in a space.", nameof(conversation));
        }

        json.WriteStartArray("messages"u8);
        for (var i = 0; i < turns.Length - 1; i++)
        {
            WriteMessage(json, turns[i].Role, turns[i].Text);
        }

        WriteMessage(json, Role.User, last);
        if (continues)
        {
            WriteMessage(json, Role.Assistant, prefill.Text);
        }

        json.WriteEndArray();
        return continues;
    }

    private static void WriteMessage(Utf8JsonWriter json, Role role, string text)
    {
        json.WriteStartObject();
        json.WriteString("role"u8, role == Role.User ? "user"u8 : "assistant"u8);
        json.WriteString("content"u8, text);
        json.WriteEndObject();
    }

    private void WriteSamplers(Utf8JsonWriter json, int sample)
    {
        Write("temperature", 0);
        Write("top_p", 1);
        Write("n", 1);
        Write("seed", sample);
        if (!omitted.Contains("stream"))
        {
            json.WriteBoolean("stream"u8, false);
        }

        void Write(string name, int value)
        {
            if (!omitted.Contains(name))
            {
                json.WriteNumber(name, value);
            }
        }
    }
}
