namespace ModelConformance.Datasets;

/// <summary>Another data folder, for example a share that a team keeps: the same paths as in any data folder.</summary>
/// <param name="root">The folder.</param>
public sealed class FolderDataSource(string root) : IDataSource
{
    private readonly DataFolder folder = new(root);

    /// <inheritdoc />
    public string Locate(DataFile file) => folder.PathOf(file);

    /// <inheritdoc />
    public Task<DataContent> OpenAsync(DataFile file, CancellationToken cancellation)
    {
        var path = folder.PathOf(file);
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 4096, FileOptions.Asynchronous);
            return Task.FromResult(new DataContent(stream, stream.Length, null));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DataSourceException(File.Exists(path) ? $"{path}: {fault.Message}" : $"{path}: no such file", fault);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        // Nothing is held between files.
    }
}
