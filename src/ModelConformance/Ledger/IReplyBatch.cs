using ModelConformance.Protocol;

namespace ModelConformance.Ledger;

/// <summary>Replies that are written together.</summary>
internal interface IReplyBatch
{
    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>The memory that they take, in bytes, about.</summary>
    long Size { get; }

    /// <summary>Adds one.</summary>
    void Add(ReplyKey key, Reply reply);

    /// <summary>Takes all out, and keeps the room for as many again.</summary>
    void Clear();
}
