using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ModelConformance.Ledger;
using ModelConformance.Protocol;

namespace ModelConformance.Collection.Batches;

/// <summary>
/// A request's <c>custom_id</c>: all that a result needs to find its place in the ledger, in at most 63 characters (providers allow 64), as
/// <c>{conversation}-{sample}-{mode}-{target}</c>.
/// </summary>
/// <param name="Conversation">The conversation's hash.</param>
/// <param name="Sample">The index of the repeat.</param>
/// <param name="Mode">The conversation's mode, by which its reply is read; never <see cref="Mode.Continuation"/>.</param>
/// <param name="Target">The first 64 bits of the SHA-256 of the target's identity.</param>
internal readonly partial record struct BatchId(UInt128 Conversation, int Sample, Mode Mode, ulong Target)
{
    /// <summary>The id of a request.</summary>
    /// <param name="key">Where the ledger keeps the reply.</param>
    /// <param name="mode">The conversation's mode.</param>
    public static BatchId Of(ReplyKey key, Mode mode) => new(key.Conversation, key.Sample, mode, Fingerprint(key.Target));

    /// <summary>Reads an id; null where it was not written by <see cref="ToString"/>.</summary>
    public static BatchId? Read(string text) => Form().Match(text) is { Success: true, Groups: var part }
        ? new(
            UInt128.Parse(part[1].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            int.Parse(part[2].ValueSpan, CultureInfo.InvariantCulture),
            ModeWord.Of(part[3].Value),
            ulong.Parse(part[4].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))
        : null;

    /// <summary>What tells one target's identity from another's.</summary>
    public static ulong Fingerprint(string identity) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(identity)));

    /// <inheritdoc />
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Conversation:x32}-{Sample}-{Mode.Word()}-{Target:x16}");

    [GeneratedRegex(@"\A([0-9a-f]{32})-([0-9]{1,4})-(text|logprobs|sampling)-([0-9a-f]{16})\z")]
    private static partial Regex Form();
}
