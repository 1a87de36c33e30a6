using ModelConformance.Protocol;

namespace ModelConformance.Ledger;

/// <summary>Replies that are written together, as they are.</summary>
internal sealed class KeptReplies : List<KeptReply>, IReplyBatch
{
    /// <inheritdoc />
    public void Add(ReplyKey key, Reply reply) => Add(new KeptReply(key, reply));
}
