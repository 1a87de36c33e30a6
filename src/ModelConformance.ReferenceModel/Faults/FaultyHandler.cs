using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ModelConformance.ReferenceModel.Faults;

/// <summary>Answers HTTP requests as planned faults have it. <c>GET /faults</c>, which none hits, tells what was done. Thread-safe.</summary>
/// <param name="plan">The faults.</param>
/// <param name="port">The port that requests come through.</param>
/// <param name="handler">Answers them well.</param>
internal sealed class FaultyHandler(FaultPlan plan, ClosablePort port, RequestDelegate handler)
{
    private readonly ConcurrentDictionary<string, long> done = new();
    private long requests;
    private long answered;

    /// <summary>Answers one request.</summary>
    internal async Task HandleAsync(HttpContext http)
    {
        if (http.Request.Path == "/faults")
        {
            await TellAsync(http).ConfigureAwait(false);
            return;
        }

        var (fault, form) = plan.OfRequest(Interlocked.Increment(ref requests) - 1);
        if (fault is { } drawn)
        {
            Count(FaultPlan.NameOf(drawn));
        }

        if (fault == TransportFault.Refused)
        {
            port.CloseForAMoment();
            http.Abort();
            return;
        }

        var reply = await AnswerAsync(http).ConfigureAwait(false);
        if (await FaultyReply.SendAsync(http, reply, fault, form).ConfigureAwait(false) && reply.Status == StatusCodes.Status200OK)
        {
            Interlocked.Increment(ref answered);
        }
    }

    private async Task<HeldReply> AnswerAsync(HttpContext http)
    {
        // Read by the handler first, which knows what to say of a body that cannot be read.
        http.Request.EnableBuffering(bufferThreshold: ReferenceServer.LargestBody);
        var reply = await HeldReply.OfAsync(http, handler).ConfigureAwait(false);
        if (reply.Status != StatusCodes.Status200OK || !HttpMethods.IsPost(http.Request.Method))
        {
            return reply;
        }

        using var body = new MemoryStream();
        http.Request.Body.Position = 0;
        await http.Request.Body.CopyToAsync(body, http.RequestAborted).ConfigureAwait(false);
        if (plan.OfBody(body.GetBuffer().AsSpan(0, (int)body.Length)) is not { } odd || OddReply.Of(reply.Body, odd) is not { } changed)
        {
            return reply;
        }

        Count(FaultPlan.NameOf(odd));
        return reply with { Body = changed };
    }

    private void Count(string fault) => done.AddOrUpdate(fault, 1, static (_, count) => count + 1);

    private Task TellAsync(HttpContext http)
    {
        var tally = new
        {
            requests = Interlocked.Read(ref requests),
            answered = Interlocked.Read(ref answered),
            faults = new SortedDictionary<string, long>(done, StringComparer.Ordinal),
        };
        return new HeldReply(StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(tally)).SendAsync(http.Response);
    }
}
