using System.Buffers;
using System.Collections.Immutable;
using ModelConformance.Protocol;

namespace ModelConformance.Targets.Wire;

/// <summary>Writes down how a reply is had, over all requests that its conversation takes and all their repeats. For one call, not thread-safe.</summary>
internal sealed class CallRecorder(string? key)
{
    /// <summary>The characters kept of a name that a server gives.</summary>
    private const int MostCharacters = 256;

    private static readonly SearchValues<char> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(char.IsControl)]);

    private static readonly string[] RequestIds = ["x-request-id", "request-id"];

    private ImmutableSortedDictionary<string, int> retries = Call.NoRetries;
    private DateTimeOffset at;
    private TimeSpan latency;
    private int requests;
    private string? requestId;
    private string? model;
    private string? fingerprint;

    /// <summary>The tokens used so far.</summary>
    public TokenUsage Usage { get; private set; }

    /// <summary>A request is sent.</summary>
    public void Sent(DateTimeOffset now)
    {
        at = now;
        requests++;
        requestId = null;
    }

    /// <summary>A reply came, whatever it says.</summary>
    public void Received(ServerReply reply)
    {
        foreach (var name in RequestIds)
        {
            requestId ??= reply.Headers.NonValidated.TryGetValues(name, out var values) ? Name(values.FirstOrDefault()) : null;
        }
    }

    /// <summary>A reply told about itself.</summary>
    public void Read(string? itsModel, string? itsFingerprint, TokenUsage itsUsage)
    {
        model = Name(itsModel);
        fingerprint = Name(itsFingerprint);
        Usage += itsUsage;
    }

    /// <summary>A request is repeated.</summary>
    public void Retried(string cause) => retries = retries.SetItem(cause, retries.GetValueOrDefault(cause) + 1);

    /// <summary>A request has got its last reply, or none at all.</summary>
    /// <param name="took">What the last attempt took.</param>
    public void Ended(TimeSpan took) => latency += took;

    /// <summary>The call so far.</summary>
    public Call ToCall() => new()
    {
        At = at,
        Latency = latency,
        Requests = requests,
        Retries = retries,
        Usage = Usage,
        RequestId = requestId,
        Model = model,
        Fingerprint = fingerprint,
    };

    // A server's word: bounded, on one line, and without the key that some echo. Null where nothing is left.
    private string? Name(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var open = string.IsNullOrEmpty(key) ? text : text.Replace(key, "[key]", StringComparison.Ordinal);
        if (open.Length <= MostCharacters && !open.AsSpan().ContainsAny(Controls))
        {
            return open;
        }

        var plain = string.Concat(open.Where(c => !char.IsControl(c)));
        return plain.Length <= MostCharacters ? plain : plain[..(char.IsHighSurrogate(plain[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters)];
    }
}
