namespace ModelConformance.Datasets;

/// <summary>Watches a fetch. Called from several threads at once.</summary>
public interface IFetchObserver
{
    /// <summary>Some bytes of a file came. An attempt that begins anew counts from 0 again.</summary>
    /// <param name="file">The file.</param>
    /// <param name="bytes">How many are there so far.</param>
    /// <param name="total">How many there will be, where that is known.</param>
    void Received(DataFile file, long bytes, long? total);

    /// <summary>A file is settled.</summary>
    void Settled(FetchOutcome outcome);
}
