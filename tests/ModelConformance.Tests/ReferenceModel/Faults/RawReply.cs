using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ModelConformance.Tests.ReferenceModel.Faults;

/// <summary>A reply as the bytes that came over a connection of its own, until its end.</summary>
/// <param name="Status">The status; 0 where the connection ended before it.</param>
/// <param name="Headers">The headers by name, in any case.</param>
/// <param name="Body">What came after them, chunks and all.</param>
/// <param name="WasReset">Whether the connection was reset, not closed.</param>
internal sealed record RawReply(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body, bool WasReset)
{
    internal string Text => Encoding.UTF8.GetString(Body);

    internal int Length => int.Parse(Headers["Content-Length"], CultureInfo.InvariantCulture);

    internal string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>Posts a chat and reads until the server ends the connection.</summary>
    /// <exception cref="SocketException">The connection was refused.</exception>
    internal static Task<RawReply> PostAsync(Uri baseUrl, string json) => PostAsync(baseUrl, json, int.MaxValue);

    /// <summary>Posts a chat and reads until the server ends the connection, or so many bytes of the body have come.</summary>
    internal static async Task<RawReply> PostAsync(Uri baseUrl, string json, int enough)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(baseUrl.Host, baseUrl.Port);
        var stream = client.GetStream();
        var body = Encoding.UTF8.GetBytes(json);
        using var read = new MemoryStream();
        var (wasReset, buffer) = (false, new byte[64 << 10]);
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"POST {baseUrl.AbsolutePath}/chat/completions HTTP/1.1\r\nHost: {baseUrl.Authority}\r\nConnection: close\r\n"
                + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"));
            await stream.WriteAsync(body);
            for (int count; BodyOf(read).Length < enough && (count = await stream.ReadAsync(buffer)) > 0;)
            {
                read.Write(buffer, 0, count);
            }
        }
        catch (IOException fault) when (fault.InnerException is SocketException
        {
            SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown,
        })
        {
            wasReset = true;
        }

        return Of(read.ToArray(), wasReset);
    }

    private static ReadOnlySpan<byte> BodyOf(MemoryStream read)
    {
        var bytes = read.GetBuffer().AsSpan(0, (int)read.Length);
        return bytes.IndexOf("\r\n\r\n"u8) is var end and >= 0 ? bytes[(end + 4)..] : [];
    }

    private static RawReply Of(byte[] bytes, bool wasReset)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return new(0, new Dictionary<string, string>(), bytes, wasReset);
        }

        var lines = Encoding.ASCII.GetString(bytes, 0, end).Split("\r\n");
        var headers = lines[1..].Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        return new(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, bytes[(end + 4)..], wasReset);
    }
}
