using ModelConformance.Protocol;

namespace ModelConformance.Ledger;

/// <summary>Replies that are written together.</summary>
internal interface IReplyBatch
{
    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>Adds one.</summary>
    void Add(ReplyKey key, Reply reply);
}
