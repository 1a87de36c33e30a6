using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace ModelConformance.Targets;

/// <summary>How long a server asks to wait.</summary>
internal static partial class RetryAfter
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    // The three of HTTP (RFC 9110, 5.6.7), and ISO 8601. Nothing less: "12, 12", two waits that a proxy joined, would be a day in December.
    private static readonly string[] Dates =
        ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    private static readonly (string Remaining, string Reset)[] Limits =
    [
        ("x-ratelimit-remaining", "x-ratelimit-reset"),
        .. new[] { "requests", "tokens" }.Select(limit => ($"x-ratelimit-remaining-{limit}", $"x-ratelimit-reset-{limit}")),
        .. new[] { "requests", "tokens", "input-tokens", "output-tokens" }
            .Select(limit => ($"anthropic-ratelimit-{limit}-remaining", $"anthropic-ratelimit-{limit}-reset")),
    ];

    /// <summary>
    /// The wait named by <c>retry-after-ms</c>, else <c>Retry-After</c> (seconds, a date, or a duration such as <c>1m30s</c>), else by the
    /// <c>x-ratelimit-reset</c> (OpenRouter's, a moment in milliseconds since 1970), <c>x-ratelimit-reset-…</c> or <c>anthropic-ratelimit-…-reset</c>
    /// of the limit that is used up (which come with replies of every kind, and mean a wait only with HTTP 429). Null where
    /// nothing is said, or nothing that lies ahead: the usual pauses then hold.
    /// </summary>
    /// <param name="status">The reply's status.</param>
    /// <param name="headers">The reply's headers.</param>
    /// <param name="time">The clock that dates are counted from where the reply has no <c>Date</c>.</param>
    public static TimeSpan? Read(int status, HttpResponseHeaders headers, TimeProvider time)
    {
        var said = Value(headers, "Retry-After");
        var wait = Milliseconds(Value(headers, "retry-after-ms"))
            ?? Seconds(said, headers, time) ?? Duration(said) ?? Date(said, headers, time)
            ?? (status == 429 ? Reset(headers, time, isUsedUp: static remaining => remaining is null or "0") : null);
        return wait > TimeSpan.Zero ? wait : null;
    }

    /// <summary>
    /// When a limit is open again that a reply of any kind says is used up: <c>x-ratelimit-remaining-…: 0</c> (OpenAI and those that follow it),
    /// <c>x-ratelimit-remaining: 0</c>, <c>anthropic-ratelimit-…-remaining: 0</c>. Null where none is.
    /// </summary>
    /// <param name="headers">The reply's headers.</param>
    /// <param name="time">The clock that dates are counted from where the reply has no <c>Date</c>.</param>
    public static TimeSpan? UsedUp(HttpResponseHeaders headers, TimeProvider time) =>
        HasLimits(headers) && Reset(headers, time, isUsedUp: static remaining => remaining == "0") is { } wait && wait > TimeSpan.Zero ? wait : null;

    // Of every reply: one look at the few headers that most have, in place of one for each that might be there.
    private static bool HasLimits(HttpResponseHeaders headers)
    {
        foreach (var header in headers.NonValidated)
        {
            if (header.Key.Contains("ratelimit", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static string? Value(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.FirstOrDefault()?.Trim() : null;

    // A limit with something left is not the one that was hit; its reset is when it is full again.
    private static TimeSpan? Reset(HttpResponseHeaders headers, TimeProvider time, Func<string?, bool> isUsedUp)
    {
        TimeSpan? latest = null;
        foreach (var (remaining, reset) in Limits)
        {
            if (isUsedUp(Value(headers, remaining)) && Value(headers, reset) is { } said)
            {
                latest = Later(latest, Duration(said) ?? Seconds(said, headers, time) ?? Date(said, headers, time));
            }
        }

        return latest;
    }

    private static TimeSpan? Later(TimeSpan? one, TimeSpan? other) => one > other || other is null ? one : other;

    // What would be a wait of thirty years is a moment: seconds since 1970, or milliseconds.
    private static TimeSpan? Seconds(string? text, HttpResponseHeaders headers, TimeProvider time) => Number(text) switch
    {
        >= 1e12 and var moment => Bounded(moment / 1000 - Now(headers, time).ToUnixTimeMilliseconds() / 1000.0),
        >= 1e9 and var moment => Bounded(moment - Now(headers, time).ToUnixTimeMilliseconds() / 1000.0),
        { } number => Bounded(number),
        null => null,
    };

    private static TimeSpan? Milliseconds(string? text) => Number(text) is { } number ? Bounded(number / 1000) : null;

    // NaN and Infinity are numbers to the parser, and no waits.
    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;

    // The server's own clock, which may be hours off this one's.
    private static DateTimeOffset Now(HttpResponseHeaders headers, TimeProvider time) => headers.Date ?? time.GetUtcNow();

    private static TimeSpan? Date(string? text, HttpResponseHeaders headers, TimeProvider time) =>
        DateTimeOffset.TryParseExact(
            text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out var date)
            ? date - Now(headers, time)
            : null;

    private static TimeSpan? Duration(string? text) =>
        text is { Length: > 0 and < 64 } && Durations().Match(text) is { Success: true } match
            ? Bounded(match.Groups["part"].Captures.Zip(match.Groups["unit"].Captures, static (part, unit) =>
                (Number(part.Value) ?? 0) * unit.Value switch { "d" => 86400, "h" => 3600, "m" => 60, "s" => 1, _ => 0.001 }).Sum())
            : null;

    private static TimeSpan Bounded(double seconds) => seconds < Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Longest;

    [GeneratedRegex(@"^(?:(?<part>[0-9]+(?:\.[0-9]+)?)(?<unit>ms|d|h|m|s))+$", RegexOptions.CultureInvariant)]
    private static partial Regex Durations();
}
