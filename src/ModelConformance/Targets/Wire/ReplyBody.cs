using System.Buffers;
using System.IO.Compression;

namespace ModelConformance.Targets.Wire;

/// <summary>
/// Reads the body of a reply, unpacked and bounded. Not by the handler's own decompression, which is a stage of every request, packed or not, nor by
/// its buffer, of which one has a copy.
/// </summary>
internal static class ReplyBody
{
    /// <summary>The encodings that are understood, as a request names them.</summary>
    public const string Encodings = "gzip, deflate, br";

    /// <summary>Reads all of a body.</summary>
    /// <param name="content">The body.</param>
    /// <param name="most">The most bytes that it may have, unpacked.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The bytes, in an array of the shared pool; null where there are more.</returns>
    /// <exception cref="IOException">The body ended before its end.</exception>
    /// <exception cref="Exception">The body is not packed as it says; each of the unpackers has an exception of its own for that.</exception>
    public static async ValueTask<ArraySegment<byte>?> ReadAsync(HttpContent content, int most, CancellationToken cancellation)
    {
        var packed = content.Headers.NonValidated.TryGetValues("Content-Encoding", out var encoding) ? encoding.ToString() : "";
        var stream = Unpacked(await content.ReadAsStreamAsync(cancellation).ConfigureAwait(false), packed);
        await using var _ = stream.ConfigureAwait(false);
        if (packed.Length > 0 || content.Headers.ContentLength is not { } length)
        {
            return await ReadToEndAsync(stream, most, cancellation).ConfigureAwait(false);
        }

        if (length > most)
        {
            return null;
        }

        var body = ArrayPool<byte>.Shared.Rent((int)length);
        await stream.ReadExactlyAsync(body.AsMemory(0, (int)length), cancellation).ConfigureAwait(false);
        return new(body, 0, (int)length);
    }

    private static async ValueTask<ArraySegment<byte>?> ReadToEndAsync(Stream stream, int most, CancellationToken cancellation)
    {
        var body = ArrayPool<byte>.Shared.Rent(4096);
        for (var end = 0; end <= most;)
        {
            var read = await stream.ReadAsync(body.AsMemory(end), cancellation).ConfigureAwait(false);
            if (read == 0)
            {
                return new(body, 0, end);
            }

            end += read;
            if (end == body.Length)
            {
                Array.Resize(ref body, 2 * end);
            }
        }

        return null;
    }

    private static Stream Unpacked(Stream stream, string encoding) => encoding.ToLowerInvariant() switch
    {
        "gzip" or "x-gzip" => new GZipStream(stream, CompressionMode.Decompress),
        "deflate" => new ZLibStream(stream, CompressionMode.Decompress),
        "br" => new BrotliStream(stream, CompressionMode.Decompress),
        _ => stream,
    };
}
