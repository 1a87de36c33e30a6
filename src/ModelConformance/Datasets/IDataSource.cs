namespace ModelConformance.Datasets;

/// <summary>A place that pinned files can be had from. What it gives is never trusted: the caller compares the bytes.</summary>
public interface IDataSource : IDisposable
{
    /// <summary>Where the source would look for a file, for messages: a URL or a path.</summary>
    string Locate(DataFile file);

    /// <summary>Begins to read a file.</summary>
    /// <exception cref="DataSourceException">The source does not give the file.</exception>
    Task<DataContent> OpenAsync(DataFile file, CancellationToken cancellation);
}

/// <summary>A file's bytes on their way.</summary>
/// <param name="Body">The bytes, read once from beginning to end.</param>
/// <param name="Length">How many there will be, where the source says so.</param>
/// <param name="Owner">What is to be closed with the stream; null where there is nothing else.</param>
public sealed record DataContent(Stream Body, long? Length, IDisposable? Owner) : IDisposable
{
    /// <inheritdoc />
    public void Dispose()
    {
        Body.Dispose();
        Owner?.Dispose();
    }
}
