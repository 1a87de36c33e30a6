using System.Text;
using ModelConformance.Protocol;
using ModelConformance.Targets.Wire;

namespace ModelConformance.Targets.Completions;

/// <summary>
/// OpenAI's Completions: one text that the model goes on with, as the paper's models saw it (Ganguli et al. 2023, section 3.2: the turns of a
/// <c>Human</c> and an <c>Assistant</c>). An answer's beginning is the end of that text.
/// </summary>
internal sealed class CompletionsProtocol(TargetSettings settings) : IProtocol
{
    private const string Human = "\n\nHuman:";
    private const string Assistant = "\n\nAssistant:";

    private readonly BodyWriter bodies = new(settings);

    /// <inheritdoc />
    public string Path => "/completions";

    /// <inheritdoc />
    public IReadOnlyList<Request> Requests(Conversation conversation, int sample)
    {
        var prompt = Prompt(conversation);
        var mode = conversation.Mode;
        if (mode != Mode.Continuation)
        {
            return [new(Asked(prompt, conversation, sample), conversation.MaxTokens, (choice, finish) => ReplyReader.Said(choice, finish, mode))];
        }

        return conversation.Continuations.IsDefaultOrEmpty
            ? throw new ArgumentException("A conversation whose continuations are measured has some.", nameof(conversation))
            : [.. conversation.Continuations.Select(continuation => new Request(
                Echoed(prompt + continuation, sample),
                MaxTokens: 1,
                (choice, finish) => Echo.Read(choice, finish, prompt, continuation, settings.ApiKey)))];
    }

    private static string Prompt(Conversation conversation)
    {
        var text = new StringBuilder();
        foreach (var turn in conversation.Turns)
        {
            text.Append(turn.Role == Role.User ? Human : Assistant).Append(' ').Append(turn.Text);
        }

        text.Append(Assistant).Append(conversation.Prefill.Text.Length == 0 ? "" : " ").Append(conversation.Prefill.Text);
        // The words that follow begin with a space of their own: a token that starts with one is another than the one that does not.
        return text[^1] == ' ' ? throw new ArgumentException("A prompt never ends in a space.", nameof(conversation)) : text.ToString();
    }

    private byte[] Asked(string prompt, Conversation conversation, int sample) =>
        bodies.Write(conversation.Mode, sample, conversation.MaxTokens, json => json.WriteString("prompt"u8, prompt), json =>
        {
            // A base model would write both sides of the conversation.
            json.WriteStartArray("stop"u8);
            json.WriteStringValue(Human);
            json.WriteEndArray();
            if (conversation.Mode == Mode.Logprobs)
            {
                json.WriteNumber("logprobs"u8, settings.TopLogprobs);
            }
        });

    // One token at least, since SGLang takes no 0; one alternative, since others give no log-probabilities at all for 0. Without a stop, which stands
    // in the echo.
    private byte[] Echoed(string text, int sample) =>
        bodies.Write(Mode.Continuation, sample, maxTokens: 1, json => json.WriteString("prompt"u8, text), json =>
        {
            json.WriteBoolean("echo"u8, true);
            json.WriteNumber("logprobs"u8, 1);
        });
}
