using System.Net.Http.Headers;
using System.Text;
using RestSharp;

namespace ModelConformance.Targets.Wire;

/// <summary>An HTTP reply of any status, its body read whole and bounded by the client.</summary>
internal sealed record ServerReply(int Status, HttpResponseHeaders Headers, string? ContentType, byte[] Body)
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>The body without a byte order mark, which JSON may not have and proxies add.</summary>
    public ReadOnlyMemory<byte> Content => Body.AsSpan().StartsWith(ByteOrderMark) ? Body.AsMemory(3) : Body;

    /// <summary>The beginning of the body as text; what is no UTF-8 is replaced.</summary>
    public string Beginning => Encoding.UTF8.GetString(Content.Span[..Math.Min(Content.Length, 8192)]);

    /// <summary>A page for people: a proxy's error, a login form, a wrong address. JSON that calls itself one is none.</summary>
    public bool IsHtml => Content.Span.TrimStart(" \t\r\n"u8) switch
    {
        [(byte)'<', ..] => true,
        [(byte)'{', ..] => false,
        _ => ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true,
    };

    /// <summary>
    /// Takes the place of RestSharp's own reading, which would copy the body into an array, a string and header objects. RestSharp calls it for every
    /// status, after the client has received the whole body: nothing waits here.
    /// </summary>
    public static RestResponse Take(HttpResponseMessage message, RestRequest request)
    {
        using var stream = message.Content.ReadAsStream();
        var body = new byte[stream.Length];
        stream.ReadExactly(body);
        return new Holder(request)
        {
            StatusCode = message.StatusCode,
            ResponseStatus = ResponseStatus.Completed,
            Reply = new ServerReply((int)message.StatusCode, message.Headers, message.Content.Headers.ContentType?.ToString(), body),
        };
    }

    /// <summary>The reply that <see cref="Take"/> put into a response; null where none came.</summary>
    public static ServerReply? From(RestResponse response) => (response as Holder)?.Reply;

    private sealed class Holder(RestRequest request) : RestResponse(request)
    {
        public ServerReply? Reply { get; init; }
    }
}
