using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace ModelConformance.Targets;

/// <summary>How long a server asks to wait.</summary>
internal static partial class RetryAfter
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary>
    /// The wait named by <c>retry-after-ms</c>, else <c>Retry-After</c> (seconds, a date, or a duration such as <c>1m30s</c>), else by the
    /// <c>x-ratelimit-reset-…</c> of the limit that is used up (which come with replies of every kind, and mean a wait only with HTTP 429). Null
    /// where nothing is said, or nothing that lies ahead: the usual pauses then hold.
    /// </summary>
    /// <param name="status">The reply's status.</param>
    /// <param name="headers">The reply's headers.</param>
    /// <param name="now">What a date is counted from where the reply has no <c>Date</c>: a server whose clock is wrong is wrong in both.</param>
    public static TimeSpan? Read(int status, HttpResponseHeaders headers, DateTimeOffset now)
    {
        var wait = Milliseconds(Value("retry-after-ms"))
            ?? Seconds(Value("Retry-After")) ?? Duration(Value("Retry-After")) ?? Date(Value("Retry-After"), headers.Date ?? now)
            ?? (status == 429 ? Later(Reset("requests"), Reset("tokens")) : null);
        return wait > TimeSpan.Zero ? wait : null;

        string? Value(string name) => headers.TryGetValues(name, out var values) ? values.FirstOrDefault()?.Trim() : null;

        // A limit with something left is not the one that was hit; its reset is when it is full again.
        TimeSpan? Reset(string limit) => Value($"x-ratelimit-remaining-{limit}") is null or "0"
            ? Duration(Value($"x-ratelimit-reset-{limit}")) ?? Seconds(Value($"x-ratelimit-reset-{limit}"))
            : null;
    }

    private static TimeSpan? Later(TimeSpan? one, TimeSpan? other) => one > other || other is null ? one : other;

    private static TimeSpan? Seconds(string? text) => Number(text) is { } number ? Bounded(number) : null;

    private static TimeSpan? Milliseconds(string? text) => Number(text) is { } number ? Bounded(number / 1000) : null;

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static TimeSpan? Date(string? text, DateTimeOffset now) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date - now : null;

    private static TimeSpan? Duration(string? text) =>
        text is { Length: > 0 and < 64 } && Durations().Match(text) is { Success: true } match
            ? Bounded(match.Groups["part"].Captures.Zip(match.Groups["unit"].Captures, static (part, unit) =>
                (Number(part.Value) ?? 0) * unit.Value switch { "d" => 86400, "h" => 3600, "m" => 60, "s" => 1, _ => 0.001 }).Sum())
            : null;

    private static TimeSpan Bounded(double seconds) => seconds < Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Longest;

    [GeneratedRegex(@"^(?:(?<part>[0-9]+(?:\.[0-9]+)?)(?<unit>ms|d|h|m|s))+$", RegexOptions.CultureInvariant)]
    private static partial Regex Durations();
}
