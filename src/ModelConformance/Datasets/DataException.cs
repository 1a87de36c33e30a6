namespace ModelConformance.Datasets;

/// <summary>Data or recorded answers that cannot be read. The message gives file, line and field, what was found and what was expected.</summary>
public sealed class DataException : Exception
{
    /// <summary>A fault at a place in a file.</summary>
    /// <param name="file">The file's name or path.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="fault">What was found and what was expected.</param>
    public DataException(string file, int line, string fault)
        : base($"{file}:{line}: {fault}")
    {
    }

    /// <summary>A fault of a whole file or folder.</summary>
    /// <param name="message">What was found, what was expected, where, and what to do.</param>
    public DataException(string message)
        : base(message)
    {
    }
}
