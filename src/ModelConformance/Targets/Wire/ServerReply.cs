using System.Net.Http.Headers;
using System.Text;

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

    /// <summary>The reply in a response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="body">Its body.</param>
    public static ServerReply Of(HttpResponseMessage response, byte[] body) => new(
        (int)response.StatusCode,
        response.Headers,
        // As it came: to take it apart costs as much as the rest of the headers.
        response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type) ? type.ToString() : null,
        body);
}
