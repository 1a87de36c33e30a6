using System.Collections.Immutable;
using System.Text.Json;
using ModelConformance.Protocol;

namespace ModelConformance.Ledger;

/// <summary>What tables hold of a reply besides its key, the same in every database (docs/ledger.md).</summary>
internal static class ReplyColumns
{
    private static readonly ReplyColumn[] Call =
    [
        // In steps of 100 ns, as time is counted here: PostgreSQL's own times have microseconds.
        Number("at", call => (call.At - DateTimeOffset.UnixEpoch).Ticks),
        Number("latency", call => call.Latency.Ticks),
        Number("requests", call => call.Requests),
        new ReplyColumn<string>("retries", reply => reply.Call is { } call ? Written(call.Retries) : null),
        Number("prompt_tokens", call => call.Usage.Prompt),
        Number("completion_tokens", call => call.Usage.Completion),
        Number("cached_tokens", call => call.Usage.Cached),
        Number("reasoning_tokens", call => call.Usage.Reasoning),
        Text("request_id", reply => reply.Call?.RequestId),
        Text("model", reply => reply.Call?.Model),
        Text("fingerprint", reply => reply.Call?.Fingerprint),
    ];

    /// <summary>Those of a reply, in the order in which <see cref="Read"/> wants them.</summary>
    public static ReplyColumn[] Reply { get; } =
    [
        .. Call,
        Text("finish", reply => reply.Finish.Word()),
        new ReplyColumn<byte[]>("tokens", reply => LogprobBytes.Of(reply.Tokens)),
        new ReplyColumn<byte[]>("continuations", reply => LogprobBytes.Of(reply.Continuations)),
        Text("text", reply => reply.Text),
    ];

    /// <summary>Those of a failed attempt.</summary>
    public static ReplyColumn[] Attempt { get; } = [.. Call, Text("error", reply => reply.Error ?? "")];

    /// <summary>The reply in a row.</summary>
    /// <param name="row">A row whose columns are those of <see cref="Reply"/>, behind others perhaps.</param>
    /// <param name="first">The position of the first of them.</param>
    public static Reply Read(IReplyRow row, int first)
    {
        return new(Text(14)!, FinishWord.Of(Text(11)!))
        {
            Tokens = LogprobBytes.Tokens(row.Bytes(first + 12)),
            Continuations = LogprobBytes.Continuations(row.Bytes(first + 13)),
            Call = row.Number(first) is not { } at ? null : new Call
            {
                At = DateTimeOffset.UnixEpoch.AddTicks(at),
                Latency = new TimeSpan(Number(1)),
                Requests = (int)Number(2),
                Retries = Retries(row.Text(first + 3)),
                Usage = new(Number(4), Number(5), Number(6), Number(7)),
                RequestId = Text(8),
                Model = Text(9),
                Fingerprint = Text(10),
            },
        };

        long Number(int column) => row.Number(first + column)!.Value;

        string? Text(int column) => row.Text(first + column) is { } text ? PlainText.Read(text) : null;
    }

    private static ReplyColumn<long?> Number(string name, Func<Call, long> value) =>
        new(name, reply => reply.Call is { } call ? value(call) : null);

    private static ReplyColumn<string> Text(string name, Func<Reply, string?> value) =>
        new(name, reply => value(reply) is { } text ? PlainText.Of(text) : null);

    // A cause is made plain before it becomes JSON, which has no half surrogate pairs either.
    private static string? Written(ImmutableSortedDictionary<string, int> retries) =>
        retries.Count == 0 ? null : JsonSerializer.Serialize(retries.ToDictionary(pair => PlainText.Of(pair.Key), pair => pair.Value));

    private static ImmutableSortedDictionary<string, int> Retries(string? written) => written is null
        ? Protocol.Call.NoRetries
        : JsonSerializer.Deserialize<Dictionary<string, int>>(written)!.ToImmutableSortedDictionary(
            pair => PlainText.Read(pair.Key), pair => pair.Value, StringComparer.Ordinal);
}
