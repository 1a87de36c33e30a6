using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace ModelConformance.Datasets;

/// <summary>The name that git gives to a file's bytes: <c>sha1("blob " + length + "\0" + bytes)</c>.</summary>
internal static class GitBlob
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>The id of everything in a stream, from its beginning.</summary>
    /// <param name="content">A seekable stream: the length is hashed before the bytes.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>40 lower-case hex digits.</returns>
    public static async Task<string> IdAsync(Stream content, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(content);
        content.Position = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes($"blob {content.Length}\0"));
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int read;
            while ((read = await content.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
            {
                hash.AppendData(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
