using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ModelConformance.Ledger;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Ledger;

/// <summary>Replies and keys of every kind, and how two are compared.</summary>
internal static class Replies
{
    // What databases and encodings trip over: NUL, the escape itself, halves of pairs, whole pairs, the byte order mark, what is no character.
    private static readonly Gen<string> OddText = Gen
        .Elements("\0", "\u001a", "\u001a0000", "\ud83d", "\ude00", "😀", "\ufeff", "\uffff", "é", "'", "\\x", "a", "\r\n")
        .ListOf().Select(parts => string.Concat(parts));

    private static readonly Gen<string> Text = Gen.OneOf(
        OddText,
        Gen.Constant(""),
        Gen.Choose(0, char.MaxValue).Select(code => (char)code).ArrayOf().Select(chars => new string(chars)),
        Gen.Choose(1, 60_000).Select(length => new string('é', length)));

    private static readonly Gen<double> Logprob = Gen.OneOf(
        Gen.Elements(0, -0.0, double.NegativeInfinity, double.PositiveInfinity, double.NaN, double.Epsilon, double.MinValue, -1 / 3.0),
        Gen.Choose(int.MinValue, 0).Select(number => number / 7.0));

    private static readonly Gen<TokenAlternatives> Position =
        (from token in OddText from logprob in Logprob select new TokenLogprob(token, logprob)).ListOf().Select(top => new TokenAlternatives([.. top]));

    private static readonly Gen<Call> AnyCall =
        from at in Gen.Choose(0, int.MaxValue)
        from latency in Gen.Choose(0, int.MaxValue)
        from requests in Gen.Choose(1, int.MaxValue)
        from causes in Gen.OneOf(OddText, Gen.Elements("HTTP 429", "connection")).ListOf()
        from tokens in Gen.Choose(0, int.MaxValue).Select(tokens => 3L * tokens).Four()
        from names in Gen.OneOf(OddText, Gen.Constant<string>(null!)).Three()
        select new Call
        {
            At = new DateTimeOffset(1960, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(at * 700_000_007L),
            Latency = new TimeSpan(latency),
            Requests = requests,
            Retries = causes.Distinct().ToImmutableSortedDictionary(cause => cause, cause => cause.Length + 1, StringComparer.Ordinal),
            Usage = new(tokens.Item1, tokens.Item2, tokens.Item3, tokens.Item4),
            RequestId = names.Item1,
            Model = names.Item2,
            Fingerprint = names.Item3,
        };

    /// <summary>Any reply that is none of a failed call.</summary>
    public static Gen<Reply> Any { get; } =
        from text in Text
        from finish in Gen.Elements(Enum.GetValues<Finish>().Where(finish => finish != Finish.Failed))
        from tokens in Position.ListOf()
        from continuations in Logprob.ListOf()
        from call in Gen.OneOf(AnyCall, Gen.Constant<Call>(null!))
        select new Reply(text, finish) { Tokens = [.. tokens], Continuations = [.. continuations], Call = call };

    /// <summary>Any reply of a failed call.</summary>
    public static Gen<Reply> AnyFailed { get; } =
        from error in OddText
        from call in Gen.OneOf(AnyCall, Gen.Constant<Call>(null!))
        select Reply.Failed(error) with { Call = call };

    /// <summary>One of a few keys, so that some come twice.</summary>
    public static Gen<ReplyKey> FewKeys { get; } =
        from target in Gen.Elements("", "target", "Target", "a line with \0 and \ud83d", new string('x', 10_000))
        from conversation in Gen.Elements(UInt128.Zero, UInt128.One, UInt128.One << 64, UInt128.MaxValue)
        from sample in Gen.Choose(0, 2)
        select new ReplyKey(target, conversation, sample);

    /// <summary>The key of a number: every number its own.</summary>
    public static ReplyKey Key(int number) => new("target", (UInt128)(uint)number * 0x9E3779B97F4A7C15UL, number % 3);

    /// <summary>A reply of a number, as long as an answer with its reasons.</summary>
    public static Reply Numbered(int number) => new($"Reply {number} {new string('.', 1000)}", Finish.Stop)
    {
        Call = new() { At = DateTimeOffset.UnixEpoch.AddSeconds(number), Requests = 1 + number % 3, Usage = new(number, 1, 0, 0) },
    };

    /// <summary>All that is in a reply, to the last bit, in ASCII: equal exactly where the replies are.</summary>
    public static string All(Reply? reply)
    {
        if (reply is null)
        {
            return "none";
        }

        var all = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{reply.Finish} {Ascii(reply.Text)} {Ascii(reply.Error)}");
        foreach (var position in reply.Tokens)
        {
            all.Append(" [").AppendJoin(' ', position.Top.Select(top => $"{Ascii(top.Token)} {Bits(top.Logprob)}")).Append(']');
        }

        all.Append(" (").AppendJoin(' ', reply.Continuations.Select(Bits)).Append(')');
        return reply.Call is not { } call ? all.ToString() : all.Append(CultureInfo.InvariantCulture, $"""
             {call.At:O} {call.Latency} {call.Requests} {string.Join(' ', call.Retries.Select(retry => $"{Ascii(retry.Key)} {retry.Value}"))}
            {call.Usage} {Ascii(call.RequestId)} {Ascii(call.Model)} {Ascii(call.Fingerprint)}
            """).ToString();
    }

    private static string Bits(double number) => $"{BitConverter.DoubleToInt64Bits(number):x}";

    private static string Ascii(string? text) =>
        text is null ? "null" : $"\"{string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? $"{c}" : $"\\{(int)c:x4}"))}\"";
}
