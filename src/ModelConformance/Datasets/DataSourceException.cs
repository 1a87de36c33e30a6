namespace ModelConformance.Datasets;

/// <summary>A source did not give a file, or gave other bytes. The message says what was found and where.</summary>
public sealed class DataSourceException : Exception
{
    /// <summary>A fault that asking again would not heal.</summary>
    public DataSourceException(string message)
        : base(message)
    {
    }

    /// <summary>A fault with the one behind it.</summary>
    public DataSourceException(string message, Exception? inner)
        : base(message, inner)
    {
    }

    /// <summary>Whether asking again may help: a broken connection, a busy server.</summary>
    public bool CanHeal { get; init; }

    /// <summary>How long the server asks to wait; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
