using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ModelConformance.ReferenceModel.Faults;

/// <summary>A reply that is ready and not yet sent.</summary>
/// <param name="Status">Its HTTP status.</param>
/// <param name="Body">Its JSON.</param>
internal sealed record HeldReply(int Status, byte[] Body)
{
    /// <summary>Lets a handler answer, and holds back what it says.</summary>
    internal static async Task<HeldReply> OfAsync(HttpContext http, RequestDelegate handler)
    {
        var wire = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var held = new MemoryStream();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(held));
        try
        {
            await handler(http).ConfigureAwait(false);
        }
        finally
        {
            http.Features.Set(wire);
        }

        return new(http.Response.StatusCode, held.ToArray());
    }

    /// <summary>Sends it, or another reply in its place, whole.</summary>
    internal async Task SendAsync(HttpResponse response, string? contentType = "application/json")
    {
        response.StatusCode = Status;
        response.ContentType = contentType;
        response.ContentLength = Body.Length;
        await response.Body.WriteAsync(Body).ConfigureAwait(false);
    }
}
