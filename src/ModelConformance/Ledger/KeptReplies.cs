using ModelConformance.Protocol;

namespace ModelConformance.Ledger;

/// <summary>Replies that are written together, as they are.</summary>
internal sealed class KeptReplies : List<KeptReply>, IReplyBatch
{
    // What a token's alternative takes, and what a reply takes besides its text and those.
    private const int Alternative = 64, Rest = 1024;

    /// <inheritdoc />
    public long Size { get; private set; }

    /// <inheritdoc />
    public new void Clear()
    {
        base.Clear();
        Size = 0;
    }

    /// <inheritdoc />
    public void Add(ReplyKey key, Reply reply)
    {
        Add(new KeptReply(key, reply));
        Size += Rest + sizeof(char) * (reply.Text.Length + (reply.Error?.Length ?? 0))
            + Alternative * reply.Tokens.Sum(static position => position.Top.Length);
    }
}
