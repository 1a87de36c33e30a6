using ModelConformance.Protocol;

namespace ModelConformance.Targets.ChatCompletions;

/// <summary>What the answer to the first, tiny question shows of a target.</summary>
internal static class ChatProbe
{
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
                "HTTP 429" => $"The target is at its rate limit: {reply.Error}. Run again later, or raise the limit; "
                    + $"{TargetSettings.Variable(nameof(settings.Retries))} is {settings.Retries}.",
                _ => $"The target does not answer a first, tiny question: {reply.Error}. "
                    + $"Is {TargetSettings.Variable(nameof(settings.BaseUrl))}={settings.BaseUrl} its address, and is it ready?",
            });
        }

        if (settings.Mode == Mode.Logprobs && reply.Tokens.All(token => token.Top.IsEmpty) && reply.Finish is Finish.Stop or Finish.Length)
        {
            throw ChatReplyReader.NoLogprobs();
        }

        if (settings.Prefill == "real" && reply.Text.TrimStart().StartsWith(question.Prefill.Text, StringComparison.OrdinalIgnoreCase))
        {
            throw new TargetException(
                $"The server does not continue the beginning of an answer but starts again: it was given {Quotation.Of(question.Prefill.Text)} and answered "
                + $"{Quotation.Of(reply.Text, 80, settings.ApiKey)}. Set {TargetSettings.Variable(nameof(settings.Prefill))}=emulated.");
        }
    }
}
