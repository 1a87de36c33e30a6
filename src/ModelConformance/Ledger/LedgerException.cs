namespace ModelConformance.Ledger;

/// <summary>A ledger cannot be opened, read or written; the message says where, what was found and what to do, and holds no secret.</summary>
public sealed class LedgerException : Exception
{
    /// <summary>A fault.</summary>
    /// <param name="message">What a user is told.</param>
    /// <param name="inner">What caused it.</param>
    public LedgerException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>Whether another time may do, with nothing changed here: the database cannot be reached, or has too much to do or no room.</summary>
    public bool IsPassing { get; init; }
}
