using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ModelConformance.Protocol;

namespace ModelConformance.Targets.Wire;

/// <summary>
/// Reads what a reply of HTTP 200 means. Its text is given as it is, also where it repeats a prefill: reading an answer is not done here.
/// </summary>
internal sealed class ReplyReader(TargetSettings settings, FaultReader faults, TargetObservations observations)
{
    /// <summary>The characters of text that are kept: more than any token limit of a benchmark gives.</summary>
    public const int MostCharacters = 64 * 1024;

    private volatile bool hasAnswered;

    /// <summary>Reads a reply.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="meaning">Reads its first choice, which ended so.</param>
    /// <param name="recorder">Told what the reply says about itself.</param>
    /// <exception cref="TargetException">The server does not do what the settings ask of it.</exception>
    public Attempt Read(ServerReply reply, Func<Choice, Finish, Attempt> meaning, CallRecorder recorder)
    {
        if (reply.IsHtml)
        {
            // A target that has answered is at the right address: something on the way has a bad moment.
            return hasAnswered
                ? Attempt.Healable(Attempt.Unreadable, faults.Page(reply, reply.Status))
                : throw new TargetException(
                    $"The target answers {faults.Page(reply, reply.Status)}. A proxy or a wrong address? "
                    + $"{TargetSettings.Variable(nameof(settings.BaseUrl))}={TargetSettings.Shown(TargetSettings.AddressOf(settings.BaseUrl)!)}.");
        }

        if (Parse(reply) is not { } completion)
        {
            return Attempt.Healable(
                Attempt.Unreadable, $"the reply is cut or no completion: {Quotation.Of(reply.Beginning, 80, settings.ApiKey)}");
        }

        if (completion.Choice is not { } choice)
        {
            return completion.Error is not null
                ? JudgeInside(reply, ServerFault.Read(reply))
                : Attempt.Healable(Attempt.Unreadable, $"the reply has no choices: {Quotation.Of(reply.Beginning, 80, settings.ApiKey)}");
        }

        hasAnswered = true;
        recorder.Read(completion.Model, completion.Fingerprint, completion.Usage);
        observations.Used(completion.Usage);
        // An engine that breaks off, or an upstream behind a gateway, leaves what was said so far: no answer, however much it looks like one.
        return Says(completion.Error) ? JudgeInside(reply, ServerFault.Read(reply))
            : Says(choice.Error) ? Attempt.Healable(
                Attempt.Unreadable, $"the reply holds an error: {Quotation.Of(choice.Error!.Value.GetRawText(), 300, settings.ApiKey)}")
            : FinishReason.Read(choice.FinishReason) is not { } finish ? Attempt.Healable(
                Attempt.Unreadable,
                $"the server ended its reply with {Quotation.Of(choice.FinishReason!, 60, settings.ApiKey)}, which is no end of a whole answer")
            : meaning(choice, finish);
    }

    // Some gateways write an error into every reply, with nothing in it.
    private static bool Says(JsonElement? error) => error is { } said && said.ValueKind switch
    {
        JsonValueKind.String => said.GetRawText() != "\"\"",
        JsonValueKind.Number => said.GetRawText() != "0",
        JsonValueKind.Object => said.EnumerateObject().Any(static member => Says(member.Value)),
        JsonValueKind.Array => said.EnumerateArray().Any(static one => Says(one)),
        var kind => kind == JsonValueKind.True,
    };

    // Gateways wrap an upstream's fault into HTTP 200. One without a status may be anything, so that it is tried again.
    private Attempt JudgeInside(ServerReply reply, ServerFault fault) =>
        int.TryParse(fault.Code, out var status) && status is >= 400 and < 600 ? faults.Judge(reply, status, fault)
        : fault.IsFilter ? new Attempt(new Reply("", Finish.ContentFilter))
        : fault.IsSpent ? throw new TargetException($"The target's quota is spent: {fault.Describe(settings.ApiKey)}.")
        : Attempt.Healable(Attempt.Unreadable, $"the reply holds an error: {fault.Describe(settings.ApiKey)}");

    /// <summary>What the model said.</summary>
    /// <exception cref="TargetException">The log-probabilities that <see cref="Mode.Logprobs"/> asks for are missing or none.</exception>
    public static Attempt Said(Choice choice, Finish finish, Mode mode)
    {
        var refusal = choice.Refusal;
        var content = choice.Content ?? choice.Text;
        finish = string.IsNullOrEmpty(refusal) ? finish : Finish.Refusal;
        var whole = string.IsNullOrEmpty(content) ? refusal ?? "" : content;
        var text = Cut(whole);
        // The server ignored its token limit, and this one cut the text.
        finish = text.Length < whole.Length && finish == Finish.Stop ? Finish.Length : finish;
        if (mode != Mode.Logprobs)
        {
            return new(new Reply(text, finish));
        }

        var tokens = TokensOf(choice.Logprobs);
        // A reply without a word (a reasoning model that was cut) has no token either; one that was withheld need not show any.
        return tokens.Any(token => !token.Top.IsEmpty) || text.Length == 0 || finish is Finish.ContentFilter or Finish.Refusal
            ? new(new Reply(text, finish) { Tokens = tokens })
            : throw NoLogprobs();
    }

    /// <summary>What is said where a server leaves out the log-probabilities that it was asked for.</summary>
    public static TargetException NoLogprobs() => new(
        "The server gave no log-probabilities, though it was asked for them and answered without an error. "
        + $"Set {TargetSettings.Variable(nameof(TargetSettings.Mode))}=text, or use a server and model that support logprobs.");

    private static string Cut(string text) =>
        text.Length <= MostCharacters ? text : text[..(char.IsHighSurrogate(text[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters)];

    private static ImmutableArray<TokenAlternatives> TokensOf(Logprobs? logprobs) =>
    [
        .. (logprobs?.Positions() ?? []).Take(TokenAlternatives.Positions)
            .Select(position => new TokenAlternatives(TopOf(position.TopLogprobs ?? []))),
    ];

    private static ImmutableArray<TokenLogprob> TopOf(List<Alternative?> alternatives)
    {
        var top = ImmutableArray.CreateBuilder<TokenLogprob>(alternatives.Count);
        foreach (var alternative in alternatives)
        {
            if (alternative is { Token: { } token } && NaturalLog.Of(alternative.Logprob) is { } logprob)
            {
                top.Add(new(token, logprob));
            }
        }

        top.Sort(static (one, other) => other.Logprob.CompareTo(one.Logprob));
        return top.DrainToImmutable();
    }

    private static Completion? Parse(ServerReply reply)
    {
        try
        {
            return CompletionReader.Read(reply.Content.Span);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // A token limit can cut a character in half, and some servers then write half a surrogate pair or half a UTF-8 sequence: that is an
            // answer still.
            return ParseMended(reply);
        }
    }

    private static Completion? ParseMended(ServerReply reply)
    {
        try
        {
            return CompletionReader.Read(Encoding.UTF8.GetBytes(LoneSurrogates.Mend(Encoding.UTF8.GetString(reply.Content.Span))));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
