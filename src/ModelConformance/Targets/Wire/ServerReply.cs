using System.Buffers;
using System.Net.Http.Headers;
using System.Text;

namespace ModelConformance.Targets.Wire;

/// <summary>An HTTP reply of any status, its body read whole and bounded by the client.</summary>
internal sealed record ServerReply(int Status, HttpResponseHeaders Headers, string? ContentType, ArraySegment<byte> Body) : IDisposable
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>The body without a byte order mark, which JSON may not have and proxies add.</summary>
    public ReadOnlyMemory<byte> Content => Body.AsSpan().StartsWith(ByteOrderMark) ? Body[3..] : Body;

    /// <summary>The beginning of the body as text; what is no UTF-8 is replaced.</summary>
    public string Beginning => Encoding.UTF8.GetString(Content.Span[..Math.Min(Content.Length, 8192)]);

    /// <summary>A page for people: a proxy's error, a login form, a wrong address. JSON that calls itself one is none.</summary>
    public bool IsHtml => Content.Span.TrimStart(" \t\r\n"u8) switch
    {
        [(byte)'<', ..] => true,
        [(byte)'{', ..] => false,
        _ => ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true,
    };

    /// <summary>The reply in a response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="body">Its body, in an array of the shared pool.</param>
    public static ServerReply Of(HttpResponseMessage response, ArraySegment<byte> body) => new(
        (int)response.StatusCode,
        response.Headers,
        // As it came: to take it apart costs as much as the rest of the headers.
        response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type) ? type.ToString() : null,
        body);

    /// <summary>Gives the body's array to the shared pool: the reply has been read.</summary>
    public void Dispose() => ArrayPool<byte>.Shared.Return(Body.Array!);
}
