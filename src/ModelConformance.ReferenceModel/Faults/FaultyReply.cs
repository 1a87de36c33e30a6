using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ModelConformance.ReferenceModel.Faults;

/// <summary>How each fault of transport looks on the wire.</summary>
internal static class FaultyReply
{
    /// <summary>What comes after a good reply that is huge: twice what this project's client takes.</summary>
    private const int Excess = 8 << 20;

    private static readonly TimeSpan BetweenBytes = TimeSpan.FromMilliseconds(500);

    /// <summary>Words that a server's or a proxy's defaults put there; the last sends none.</summary>
    private static readonly string?[] ContentTypes = ["text/plain; charset=utf-8", "application/octet-stream", "text/html", null];

    private static readonly string[] Encodings = ["gzip", "deflate", "br"];

    private static readonly TimeSpan[] Skews =
        [TimeSpan.FromHours(1), TimeSpan.FromHours(-1), TimeSpan.FromDays(1), TimeSpan.FromDays(-1)];

    private static readonly byte[] Page =
        "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n"u8.ToArray();

    /// <summary>Spoils a reply.</summary>
    /// <param name="http">The request.</param>
    /// <param name="good">What it would get.</param>
    /// <param name="fault">What goes wrong; <see cref="TransportFault.Refused"/> does before there is a reply.</param>
    /// <param name="form">Which form of it, where there are several.</param>
    /// <returns>Whether the good reply was sent, whole and for everyone to read.</returns>
    internal static async Task<bool> SendAsync(HttpContext http, HeldReply good, TransportFault? fault, ulong form)
    {
        var response = http.Response;
        switch (fault)
        {
            case null:
                await good.SendAsync(response).ConfigureAwait(false);
                return true;
            case TransportFault.ContentType:
                await good.SendAsync(response, ContentTypes[form % 4]).ConfigureAwait(false);
                return true;
            case TransportFault.Encoding:
                response.Headers.ContentEncoding = Encodings[form % 3];
                await good.SendAsync(response).ConfigureAwait(false);
                return false;
            case TransportFault.Slow:
                return await DribbleAsync(http, good).ConfigureAwait(false);
            case TransportFault.Skew when form % 2 == 0:
                Skew(response, Skews[form / 2 % 4], busy: false);
                await good.SendAsync(response).ConfigureAwait(false);
                return true;
            case TransportFault.Skew:
                Skew(response, Skews[form / 2 % 4], busy: true);
                await Error(429, "rate_limit_exceeded").SendAsync(response).ConfigureAwait(false);
                return false;
            case TransportFault.RateLimit:
                Patience(response, form);
                await Error(429, "rate_limit_exceeded").SendAsync(response).ConfigureAwait(false);
                return false;
            case TransportFault.Reset:
                await HalfAsync(http, good).ConfigureAwait(false);
                return false;
            case TransportFault.Huge:
                await WithExcessAsync(http, good).ConfigureAwait(false);
                return false;
            default:
                await Instead(good, fault.Value, form).SendAsync(response, fault == TransportFault.Html ? "text/html" : "application/json")
                    .ConfigureAwait(false);
                return false;
        }
    }

    private static HeldReply Instead(HeldReply good, TransportFault fault, ulong form) => fault switch
    {
        TransportFault.InternalError => Error(500, "internal_error"),
        TransportFault.BadGateway => Error(502, "bad_gateway"),
        TransportFault.Unavailable => Error(503, "unavailable"),
        TransportFault.Overloaded => Error(529, "overloaded_error"),
        TransportFault.Truncated => good with { Body = good.Body[..(good.Body.Length / 2)] },
        TransportFault.Html => new(form % 2 == 0 ? 502 : 200, Page),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "No reply can show it."),
    };

    private static HeldReply Error(int status, string code) => new(status, Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"error":{"message":"A planned fault: HTTP {{{status}}}.","type":"server_error","param":null,"code":"{{{code}}}"}}""")));

    /// <summary>How long to wait after HTTP 429, in one of the ways in which servers say it; or nothing.</summary>
    private static void Patience(HttpResponse response, ulong form)
    {
        var now = DateTimeOffset.UtcNow;
        response.Headers.Date = Date(now);
        _ = (form % 5) switch
        {
            0 => response.Headers.RetryAfter = "1",
            1 => response.Headers.RetryAfter = Date(now.AddSeconds(1)),
            2 => response.Headers.RetryAfter = "0m1s",
            3 => response.Headers["retry-after-ms"] = "200",
            _ => default,
        };
    }

    /// <summary>What a server says whose clock is wrong. Counted from its own <c>Date</c>, the wait is a second.</summary>
    private static void Skew(HttpResponse response, TimeSpan skew, bool busy)
    {
        var now = DateTimeOffset.UtcNow + skew;
        response.Headers.Date = Date(now);
        // Anthropic's limits, which are the ones with dates.
        response.Headers["anthropic-ratelimit-requests-remaining"] = busy ? "0" : "59";
        response.Headers["anthropic-ratelimit-requests-reset"] = now.AddSeconds(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        if (busy)
        {
            response.Headers.RetryAfter = Date(now.AddSeconds(1));
        }
    }

    private static string Date(DateTimeOffset time) => time.ToString("r", CultureInfo.InvariantCulture);

    private static async Task HalfAsync(HttpContext http, HeldReply good)
    {
        Begin(http, good);
        http.Response.ContentLength = good.Body.Length;
        await http.Response.Body.WriteAsync(good.Body.AsMemory(0, good.Body.Length / 2)).ConfigureAwait(false);
        await http.Response.Body.FlushAsync().ConfigureAwait(false);
        http.Abort();
    }

    private static async Task<bool> DribbleAsync(HttpContext http, HeldReply good)
    {
        Begin(http, good);
        http.Response.ContentLength = good.Body.Length;
        for (var at = 0; at < good.Body.Length && !http.RequestAborted.IsCancellationRequested; at++)
        {
            await http.Response.Body.WriteAsync(good.Body.AsMemory(at, 1)).ConfigureAwait(false);
            await http.Response.Body.FlushAsync().ConfigureAwait(false);
            await Task.Delay(BetweenBytes, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return !http.RequestAborted.IsCancellationRequested;
    }

    private static async Task WithExcessAsync(HttpContext http, HeldReply good)
    {
        Begin(http, good);
        await http.Response.Body.WriteAsync(good.Body).ConfigureAwait(false);
        var blank = new byte[64 << 10];
        blank.AsSpan().Fill((byte)' ');
        for (var sent = 0; sent < Excess && !http.RequestAborted.IsCancellationRequested; sent += blank.Length)
        {
            await http.Response.Body.WriteAsync(blank).ConfigureAwait(false);
        }
    }

    private static void Begin(HttpContext http, HeldReply good)
    {
        http.Response.StatusCode = good.Status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = null;
    }
}
