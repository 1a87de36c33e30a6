using System.Buffers.Binary;

namespace ModelConformance.Ledger;

/// <summary>
/// One sample of a conversation, whichever target it is drawn from. In three plain numbers: runs keep one for every question, and tables that are
/// looked up by it stay a third smaller than by a <see cref="UInt128"/>.
/// </summary>
/// <param name="High">The upper half of the conversation's hash.</param>
/// <param name="Low">The lower half.</param>
/// <param name="Sample">The index of the repeat.</param>
internal readonly record struct Draw(ulong High, ulong Low, int Sample)
{
    public Draw(UInt128 conversation, int sample)
        : this((ulong)(conversation >> 64), (ulong)conversation, sample)
    {
    }

    public Draw(ReadOnlySpan<byte> conversation, int sample)
        : this(BinaryPrimitives.ReadUInt64BigEndian(conversation), BinaryPrimitives.ReadUInt64BigEndian(conversation[8..]), sample)
    {
    }
}
