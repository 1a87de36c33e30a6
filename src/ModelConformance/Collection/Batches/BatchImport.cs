using System.Text;
using System.Text.Json;
using ModelConformance.Datasets;
using ModelConformance.Ledger;
using ModelConformance.Protocol;
using ModelConformance.Targets;

namespace ModelConformance.Collection.Batches;

/// <summary>What was found in the results of a batch.</summary>
/// <param name="Lines">The results read.</param>
/// <param name="Kept">Those that are now in the ledger, the <paramref name="Withheld"/> among them.</param>
/// <param name="Withheld">Replies that a provider's filter or the model's refusal took the place of: outcomes, not faults.</param>
/// <param name="Repeated">Those to requests that the ledger had a reply to, from an earlier line or from elsewhere: the first one stays.</param>
/// <param name="Failed">Those without a reply, kept as failed attempts: the next export has their requests again.</param>
public sealed record BatchImport(int Lines, int Kept, int Withheld, int Repeated, int Failed)
{
    /// <summary>The results that are looked up and made safe at once.</summary>
    private const int AtOnce = 1024;

    /// <summary>File, line and reason of the first that <see cref="Failed"/>; null where none did. A server's words in it are bounded and escaped.</summary>
    public string? FirstFailure { get; init; }

    /// <summary>
    /// File, line and reason of the first that says that the target cannot be asked so at all (wrong key, unknown model, unsupported parameter, spent
    /// quota, no log-probabilities); null where none does. Such a line has <see cref="Failed"/>.
    /// </summary>
    public string? Fault { get; init; }

    /// <summary>
    /// Keeps the replies that a provider's batch, or vLLM's <c>run_batch</c>, gave to requests that <see cref="BatchExport"/> wrote. Files of errors
    /// are read too, in any order; a file may be imported again.
    /// </summary>
    /// <param name="target">The target that the requests were written for.</param>
    /// <param name="ledger">Where the replies are kept.</param>
    /// <param name="files">JSON lines of <c>custom_id</c>, <c>response</c> and <c>error</c>.</param>
    /// <param name="cancellation">Ends the import; what was kept before stands.</param>
    /// <exception cref="ArgumentException">The target has no batches.</exception>
    /// <exception cref="DataException">
    /// A line is no result, or one to a request of another target: file and line. What stands before it is kept.
    /// </exception>
    /// <exception cref="LedgerException">The ledger cannot be read or written.</exception>
    public static async Task<BatchImport> ReadAsync(ITarget target, ILedger ledger, IEnumerable<string> files, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(files);
        var batch = target as IBatchTarget ?? throw new ArgumentException("The target has no batches.", nameof(target));
        var import = new BatchImport(0, 0, 0, 0, 0);
        var results = new List<Result>();
        try
        {
            foreach (var result in files.SelectMany(file => Results(batch, file)))
            {
                results.Add(result);
                if (results.Count == AtOnce)
                {
                    await KeepAsync().ConfigureAwait(false);
                }
            }
        }
        catch (DataException)
        {
            await KeepAsync().ConfigureAwait(false);
            throw;
        }

        await KeepAsync().ConfigureAwait(false);
        return import;

        async Task KeepAsync()
        {
            var kept = await ledger.FindAsync(results.ConvertAll(result => result.Key), cancellation).ConfigureAwait(false);
            var answered = results.Zip(kept).Where(pair => pair.Second is not null).Select(pair => pair.First.Key).ToHashSet();
            foreach (var result in results)
            {
                import = import.With(result, isRepeated: answered.Contains(result.Key));
                if (!answered.Contains(result.Key))
                {
                    await ledger.KeepAsync(result.Key, result.Reply, cancellation).ConfigureAwait(false);
                    _ = result.Reply.Finish != Finish.Failed && answered.Add(result.Key);
                }
            }

            // So that the next lookup sees these.
            await ledger.FlushAsync(cancellation).ConfigureAwait(false);
            results.Clear();
        }
    }

    private BatchImport With(Result result, bool isRepeated) => (isRepeated, result.Reply.Finish) switch
    {
        (true, _) => this with { Lines = Lines + 1, Repeated = Repeated + 1 },
        (_, Finish.Failed) => this with
        {
            Lines = Lines + 1,
            Failed = Failed + 1,
            FirstFailure = FirstFailure ?? $"{result.Place}: {result.Reply.Error}",
            Fault = Fault ?? (result.IsFault ? $"{result.Place}: {result.Reply.Error}" : null),
        },
        (_, Finish.ContentFilter or Finish.Refusal) => this with { Lines = Lines + 1, Kept = Kept + 1, Withheld = Withheld + 1 },
        _ => this with { Lines = Lines + 1, Kept = Kept + 1 },
    };

    private static IEnumerable<Result> Results(IBatchTarget target, string file)
    {
        if (!File.Exists(file))
        {
            throw new DataException($"{file}: {(Directory.Exists(file) ? "is a folder. Name the files in it" : "there is no such file")}.");
        }

        var fingerprint = BatchId.Fingerprint(target.Identity);
        using var stream = File.OpenRead(file);
        foreach (var line in JsonLine.Read(stream, Path.GetFileName(file)))
        {
            var id = IdOf(line, fingerprint, target.Identity);
            var (reply, isFault) = Read(target, Came(line), id.Mode);
            yield return new(new(target.Identity, id.Conversation, id.Sample), reply, isFault, $"{Path.GetFileName(file)}:{line.Number}");
        }
    }

    private static (Reply Reply, bool IsFault) Read(IBatchTarget target, BatchResult result, Mode mode)
    {
        try
        {
            return (target.Read(result, mode), false);
        }
        catch (TargetException fault)
        {
            // The other lines cost money too: they are read all the same.
            return (Reply.Failed(fault.Message), true);
        }
    }

    private static BatchId IdOf(JsonLine line, ulong fingerprint, string identity)
    {
        var text = line.Text("custom_id");
        var id = BatchId.Read(text) ?? throw line.Fault(
            $"custom_id {Quotation.Of(text, 80)} was not written by 'batch export': expected are results of its files.");
        return id.Target == fingerprint ? id : throw line.Fault(
            $"custom_id {text} is of another target, or of one asked otherwise: it ends in {id.Target:x16}, and {fingerprint:x16} stands for "
            + $"{identity}. Import with the settings of the export.");
    }

    // Without a response, what is told of the fault is read as gateways put it: an error in a reply of HTTP 200.
    private static BatchResult Came(JsonLine line)
    {
        var (response, error) = (Member(line.Element, "response"), Member(line.Element, "error"));
        if (response is null && error is null)
        {
            throw line.Fault("expected a 'response' or an 'error' of a batch's results; what 'batch export' wrote are its requests.");
        }

        var body = Member(response, "body")?.GetRawText() ?? $$"""{"error":{{error?.GetRawText() ?? "\"no body\""}}}""";
        return new(
            Member(response, "status_code") is { ValueKind: JsonValueKind.Number } status && status.TryGetInt32(out var code) ? code : 200,
            Encoding.UTF8.GetBytes(body),
            Member(response, "request_id") is { ValueKind: JsonValueKind.String } ? line.Text("response.request_id") : null,
            Made(Member(Member(response, "body"), "created")));
    }

    // Seconds since 1970; what is no time of this century is none.
    private static DateTimeOffset? Made(JsonElement? created) =>
        created is { ValueKind: JsonValueKind.Number } seconds && seconds.TryGetInt64(out var since) && since is > 946_684_800 and < 4_102_444_800
            ? DateTimeOffset.FromUnixTimeSeconds(since)
            : null;

    private static JsonElement? Member(JsonElement? of, string name) =>
        of is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
            ? member
            : null;

    private sealed record Result(ReplyKey Key, Reply Reply, bool IsFault, string Place);
}
