namespace ModelConformance.Datasets;

/// <summary>
/// One attempt to bring one file into a folder. The bytes go to <c>name.part</c>, are compared with the pin, and take the file's name in one step:
/// under its own name a file is always whole.
/// </summary>
internal static class FileTransfer
{
    private const int BufferBytes = 64 * 1024;

    /// <exception cref="DataSourceException">The source gave nothing, too much, or other bytes than the pinned ones.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static async Task RunAsync(
        IDataSource source, DataFile file, string path, FetchSettings settings, IFetchObserver? observer, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var partial = path + ".part";
        // Not shared: a second fetch into the same folder fails here instead of mixing its bytes in.
        var stream = new FileStream(partial, FileMode.Create, FileAccess.ReadWrite, FileShare.None, BufferBytes, FileOptions.Asynchronous);
        try
        {
            await using (stream.ConfigureAwait(false))
            {
                await CopyAsync(source, file, stream, settings, observer, cancellation).ConfigureAwait(false);
                await CompareAsync(source, file, stream, cancellation).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static async Task CopyAsync(
        IDataSource source, DataFile file, FileStream target, FetchSettings settings, IFetchObserver? observer, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            patience.CancelAfter(settings.Stall);
            using var content = await source.OpenAsync(file, patience.Token).ConfigureAwait(false);
            var total = content.Length ?? file.Bytes;
            var buffer = new byte[BufferBytes];
            int read;
            while ((read = await ReadAsync(source, file, content.Body, buffer, patience.Token).ConfigureAwait(false)) > 0)
            {
                patience.CancelAfter(settings.Stall);
                if (target.Length + read > settings.MostBytes)
                {
                    throw new DataSourceException($"{source.Locate(file)}: more than {settings.MostBytes:N0} bytes, the most that a file may have");
                }

                await target.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
                observer?.Received(file, target.Length, total);
            }

            // A body that ends early without telling: a proxy that closed the connection.
            if (content.Length > target.Length)
            {
                throw new DataSourceException($"{source.Locate(file)}: the connection ended after {target.Length:N0} of {content.Length:N0} bytes")
                {
                    CanHeal = true,
                };
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new DataSourceException($"{source.Locate(file)}: nothing came for {settings.Stall.TotalSeconds:0.#} s") { CanHeal = true };
        }
    }

    /// <summary>Tells a source that broke off, which may heal, from a disk that cannot be written, which will not.</summary>
    private static async Task<int> ReadAsync(IDataSource source, DataFile file, Stream body, byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellation).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or HttpRequestException)
        {
            throw new DataSourceException($"{source.Locate(file)}: the connection broke: {fault.Message}", fault) { CanHeal = true };
        }
    }

    private static async Task CompareAsync(IDataSource source, DataFile file, FileStream received, CancellationToken cancellation)
    {
        var found = await GitBlob.IdAsync(received, cancellation).ConfigureAwait(false);
        if (found != file.BlobId)
        {
            var expectedBytes = file.Bytes is { } bytes ? $" ({bytes:N0} bytes)" : "";
            throw new DataSourceException(
                $"{source.Locate(file)}: other bytes than the pinned file: found blob {found} ({received.Length:N0} bytes), "
                + $"expected {file.BlobId}{expectedBytes}");
        }
    }
}
