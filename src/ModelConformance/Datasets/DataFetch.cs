using System.Collections.Immutable;
using Polly;
using Polly.Retry;

namespace ModelConformance.Datasets;

/// <summary>Brings pinned files into a data folder, and leaves there nothing but pinned files.</summary>
/// <param name="source">Where they come from.</param>
/// <param name="folder">Where they go.</param>
/// <param name="settings">How patiently.</param>
public sealed class DataFetch(IDataSource source, DataFolder folder, FetchSettings settings)
{
    /// <summary>Files on their way at the same time: enough to hide the waits between them, few enough for a mirror.</summary>
    private const int AtOnce = 4;

    private readonly ResiliencePipeline retries = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<DataSourceException>(fault => fault.CanHeal),
            MaxRetryAttempts = settings.Retries,
            Delay = settings.RetryDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            // Null leaves the wait to the two settings above.
            DelayGenerator = attempt => new((attempt.Outcome.Exception as DataSourceException)?.RetryAfter),
        })
        .Build();

    /// <summary>Fetches what is not there yet. A file that fails does not stop the others.</summary>
    /// <param name="files">The files that the folder shall hold.</param>
    /// <param name="observer">Hears of progress; null where nobody listens.</param>
    /// <param name="cancellation">Stops: files that are whole stay, the others leave nothing.</param>
    /// <returns>What became of each file, in the order given.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<ImmutableArray<FetchOutcome>> RunAsync(
        IReadOnlyList<DataFile> files, IFetchObserver? observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(files);
        var outcomes = new FetchOutcome[files.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForAsync(0, files.Count, options, async (index, token) =>
        {
            outcomes[index] = await FetchAsync(files[index], observer, token).ConfigureAwait(false);
            observer?.Settled(outcomes[index]);
        }).ConfigureAwait(false);
        return [.. outcomes];
    }

    private async Task<FetchOutcome> FetchAsync(DataFile file, IFetchObserver? observer, CancellationToken cancellation)
    {
        var path = folder.PathOf(file);
        try
        {
            var before = await folder.CheckAsync(file, cancellation).ConfigureAwait(false);
            if (before.State == FileState.Pinned)
            {
                return new FetchOutcome(file, FetchState.Present, null);
            }

            await retries.ExecuteAsync(
                async token => await FileTransfer.RunAsync(source, file, path, settings, observer, token).ConfigureAwait(false),
                cancellation).ConfigureAwait(false);
            return new FetchOutcome(file, before.State == FileState.Absent ? FetchState.Fetched : FetchState.Replaced, null);
        }
        catch (DataSourceException fault)
        {
            return new FetchOutcome(file, FetchState.Failed, fault.Message);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new FetchOutcome(file, FetchState.Failed, $"{path} cannot be written: {fault.Message}");
        }
    }
}
