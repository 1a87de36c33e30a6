namespace ModelConformance.Datasets;

/// <summary>How patiently files are fetched.</summary>
public sealed record FetchSettings
{
    /// <summary>The attempts after the first where the fault can heal, at least 1; default 3.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The wait before the first retry, doubled for each further one, unless the server asks for another; default one second.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long no byte may come before an attempt counts as broken; default one minute.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The most bytes that a file may have: no pinned file comes near; default 64 MiB.</summary>
    public long MostBytes { get; init; } = 64L * 1024 * 1024;
}
