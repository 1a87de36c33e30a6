using ModelConformance.Protocol;
using ModelConformance.Targets.Wire;

namespace ModelConformance.Targets.Completions;

/// <summary>Reads the log-probability of a continuation from a server's echo of prompt and continuation.</summary>
/// <remarks>
/// The tokens are laid along the text that was sent, so that each one's place is known. <c>text_offset</c> is not relied on: SGLang fills it with −1,
/// vLLM counts the beginning-of-text token too, and both write Python's code points, not UTF-16.
/// </remarks>
internal static class Echo
{
    // A beginning-of-text token, and the space that SentencePiece puts before all text; or two tokens of the first kind (ChatGLM).
    private const int MostAdded = 2;

    /// <summary>
    /// The sum of the log-probabilities of all tokens that reach past the prompt, not corrected for length. A token that straddles the prompt's end
    /// counts as a whole, since no part of it has a probability of its own.
    /// </summary>
    /// <param name="choice">What the server chose.</param>
    /// <param name="finish">How it ended.</param>
    /// <param name="prompt">What the continuation follows.</param>
    /// <param name="continuation">What was sent after it.</param>
    /// <param name="key">The key, which is not quoted.</param>
    /// <exception cref="TargetException">The server gives no log-probabilities with its echo.</exception>
    public static Attempt Read(Choice choice, Finish finish, string prompt, string continuation, string? key)
    {
        if (finish == Finish.ContentFilter)
        {
            return new(new Reply("", Finish.ContentFilter));
        }

        var sent = prompt + continuation;
        if (choice.Text?.StartsWith(sent, StringComparison.Ordinal) != true)
        {
            return Attempt.Hopeless($"the server does not echo what it was sent, but answers {Quotation.Of(choice.Text ?? "", 80, key)}");
        }

        var (at, added, sum) = (0, 0, 0.0);
        foreach (var position in choice.Logprobs?.Positions().TakeWhile(_ => at < sent.Length) ?? throw NoLogprobs())
        {
            if (End(sent, at, position.Token ?? "") is { } end)
            {
                // A token without text is a part of a character that the next one shows.
                sum += end > prompt.Length || at == prompt.Length ? NaturalLog.Of(position.Logprob) ?? throw NoLogprobs() : 0;
                at = end;
            }
            else if (at > 0 || ++added > MostAdded)
            {
                return Attempt.Hopeless(
                    $"the tokens of the server's echo do not spell what it was sent: {Quotation.Of(position.Token ?? "", 40, key)} stands "
                    + $"in place of {Quotation.Of(sent[at..], 40, key)}");
            }
        }

        return at == sent.Length
            ? new(new Reply("", Finish.Stop) { Continuations = [sum] })
            : throw NoLogprobs();
    }

    // Where a token ends that begins here; null where it does not stand here. Tokens decoded one by one may have lost their leading space.
    private static int? End(string sent, int at, string token) =>
        sent.AsSpan(at).StartsWith(token) ? at + token.Length
        : sent[at] == ' ' && sent.AsSpan(at + 1).StartsWith(token) ? at + 1 + token.Length
        : null;

    private static TargetException NoLogprobs() =>
        new("The server echoed the prompt without the log-probabilities of its tokens. " + ProbeCheck.NeedsEcho);
}
