using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ModelConformance.Benchmarks.Bbq;

namespace ModelConformance.ReferenceModel;

/// <summary>
/// Finds the item that a message asks. Keeps 128 bits of a SHA-256 of each question instead of the question: 58,492 items take some 4 MB, and
/// no text is held.
/// </summary>
internal sealed class QuestionIndex
{
    /// <summary>More blank lines than any question and instruction have; bounds the work for a hostile message.</summary>
    private const int MostBoundaries = 16;

    private readonly Dictionary<UInt128, Known> known;

    private QuestionIndex(Dictionary<UInt128, Known> known) => this.known = known;

    /// <summary>The index of some items. Where two ask the same words, the first counts.</summary>
    /// <exception cref="ArgumentException">An item's options are not a, b and c.</exception>
    internal static QuestionIndex Of(IEnumerable<BbqItem> items)
    {
        var known = new Dictionary<UInt128, Known>();
        foreach (var item in items)
        {
            known.TryAdd(Hash(BbqPrompt.Question(item)), new((ulong)Hash(item.Id), Roles.Of(item)));
        }

        return new(known);
    }

    /// <summary>
    /// The item whose question a message begins with, and the question's length. A question ends with the message or before a blank line; it
    /// holds blank lines itself, so each is tried.
    /// </summary>
    internal Known? Find(string message, out int length)
    {
        length = 0;
        for (var boundaries = 0; boundaries < MostBoundaries && length < message.Length; boundaries++)
        {
            var blank = message.IndexOf("\n\n", length == 0 ? 0 : length + 1, StringComparison.Ordinal);
            length = blank < 0 ? message.Length : blank;
            if (known.TryGetValue(Hash(message.AsSpan(0, length)), out var found))
            {
                return found;
            }
        }

        length = 0;
        return null;
    }

    private static UInt128 Hash(ReadOnlySpan<char> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}

/// <summary>An item of the index.</summary>
/// <param name="Id">64 bits of a hash of the item's id.</param>
/// <param name="Roles">What its options stand for.</param>
internal readonly record struct Known(ulong Id, Roles Roles);
