using ModelConformance.Protocol;

namespace ModelConformance.Targets.Wire;

/// <summary>What the answer to the first, tiny question shows of a target.</summary>
internal static class ProbeCheck
{
    /// <summary>What to do where a server cannot measure continuations.</summary>
    public static readonly string NeedsEcho =
        $"{TargetSettings.Variable(nameof(TargetSettings.Mode))}=continuation needs a server that echoes a prompt with its log-probabilities "
        + "(vLLM, SGLang); logprobs needs those of an answer's first tokens alone.";

    /// <summary>Passes where the target can do what the settings ask of it. A reply that the provider filtered shows nothing, and passes.</summary>
    /// <exception cref="TargetException">It cannot.</exception>
    public static void Check(TargetSettings settings, Conversation question, Attempt attempt)
    {
        var reply = attempt.Reply;
        if (reply.Finish == Finish.Failed)
        {
            throw new TargetException(attempt.Cause switch
            {
                Attempt.Connection => $"{reply.Error}. Is the server running? {TargetSettings.Variable(nameof(settings.BaseUrl))}={settings.BaseUrl}",
                Attempt.Timeout => $"{reply.Error}. A model that is still loading needs another run, or more time: "
                    + $"{TargetSettings.Variable(nameof(settings.TimeoutSeconds))} is {settings.TimeoutSeconds}. Otherwise, is "
                    + $"{TargetSettings.Variable(nameof(settings.BaseUrl))}={settings.BaseUrl} its address?",
                "HTTP 429" => $"The target is at its rate limit: {reply.Error}. Run again later, or raise the limit; "
                    + $"{TargetSettings.Variable(nameof(settings.Retries))} is {settings.Retries}.",
                _ when settings.Mode == Mode.Continuation => $"The target does not measure a first, tiny continuation: {reply.Error}. {NeedsEcho}",
                _ => $"The target does not answer a first, tiny question: {reply.Error}. "
                    + $"Is {TargetSettings.Variable(nameof(settings.BaseUrl))}={settings.BaseUrl} its address, and is it ready?",
            });
        }

        if (settings.Mode == Mode.Logprobs && reply.Tokens.All(token => token.Top.IsEmpty) && reply.Finish is Finish.Stop or Finish.Length)
        {
            throw ReplyReader.NoLogprobs();
        }

        if (settings.PrefillKind == TargetSettings.Real
            && reply.Text.TrimStart().StartsWith(question.Prefill.Text, StringComparison.OrdinalIgnoreCase))
        {
            throw new TargetException(
                "The server does not continue the beginning of an answer but starts again: it was given "
                + $"{Quotation.Of(question.Prefill.Text)} and answered {Quotation.Of(reply.Text, 80, settings.ApiKey)}. "
                + (settings.Protocol == TargetSettings.Chat
                    ? $"Set {TargetSettings.Variable(nameof(settings.Prefill))}=emulated."
                    : "It may put the prompt into a chat template (Ollama does): use a server that does not, or "
                        + $"{TargetSettings.Variable(nameof(settings.Protocol))}={TargetSettings.Chat}."));
        }
    }
}
