namespace ModelConformance.Ledger;

/// <summary>A row of a table, by the positions of its columns; null where a column holds nothing.</summary>
internal interface IReplyRow
{
    /// <summary>A number.</summary>
    long? Number(int column);

    /// <summary>A text.</summary>
    string? Text(int column);

    /// <summary>Bytes.</summary>
    byte[]? Bytes(int column);
}
