using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace ModelConformance.Protocol;

/// <summary>What the target is asked: turns in order, the last a user's, and perhaps the beginning of the assistant's answer.</summary>
/// <param name="Turns">The turns before the answer. White space in them is part of the stimulus.</param>
/// <param name="Prefill">How the assistant's answer begins.</param>
/// <param name="Mode">
/// How the reply is measured. A reasoning step is <see cref="Mode.Text"/>, or <see cref="Mode.Sampling"/> where the answer is sampled too: each
/// sample then has its own reasoning.
/// </param>
/// <param name="MaxTokens">The most tokens that the reply may have.</param>
public sealed record Conversation(ImmutableArray<Turn> Turns, Prefill Prefill, Mode Mode, int MaxTokens)
{
    // Kept from call to call: a run hashes every conversation.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? Unhashed;

    /// <summary>
    /// What may follow the <see cref="Prefill"/>, in the order of the item's options: the texts whose log-probabilities are asked for in
    /// <see cref="Mode.Continuation"/>, with the space that each begins with. Empty in every other mode.
    /// </summary>
    public ImmutableArray<string> Continuations { get; init; } = [];

    /// <summary>
    /// The first 128 bits of a SHA-256 over everything in the conversation: two conversations share it only where a reply to one is a reply to
    /// the other.
    /// </summary>
    public UInt128 Hash()
    {
        var bytes = Unhashed ??= new ArrayBufferWriter<byte>(4096);
        bytes.ResetWrittenCount();
        foreach (var turn in Turns)
        {
            Append(turn.Role.ToString());
            Append(turn.Text);
        }

        Append(Prefill.Text);
        Append(Prefill.Instead);
        Append(Mode.ToString());
        Append(MaxTokens.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (var continuation in Continuations)
        {
            Append(continuation);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes.WrittenSpan, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);

        // A length before each part, so that no two lists of parts run together into the same bytes.
        void Append(string part)
        {
            var span = bytes.GetSpan(sizeof(int) + Encoding.UTF8.GetMaxByteCount(part.Length));
            var length = Encoding.UTF8.GetBytes(part, span[sizeof(int)..]);
            BinaryPrimitives.WriteInt32LittleEndian(span, length);
            bytes.Advance(sizeof(int) + length);
        }
    }
}

/// <summary>One turn of a conversation.</summary>
/// <param name="Role">Who speaks.</param>
/// <param name="Text">What is said; never ends in a space.</param>
public sealed record Turn(Role Role, string Text);

/// <summary>Who speaks a turn: "Human" and "Assistant" in the paper's prompts.</summary>
public enum Role
{
    /// <summary>The person who asks.</summary>
    User,

    /// <summary>The model.</summary>
    Assistant,
}

/// <summary>The beginning of the assistant's answer, which the model continues.</summary>
/// <param name="Text">The words put into the assistant's mouth.</param>
/// <param name="Instead">The user's closing sentence that asks for the same where a target cannot be prefilled ("emulated").</param>
public sealed record Prefill(string Text, string Instead);
