using System.Collections.Immutable;
using ModelConformance.Protocol;

namespace ModelConformance.Ledger;

/// <summary>
/// Log-probabilities as bytes, to the last bit. Tokens: the number of positions; of each, the number of alternatives; of each, its text and its
/// log-probability. Continuations: their log-probabilities. Numbers are 7 bits a byte, texts UTF-8 (<see cref="PlainText"/>) behind their length,
/// log-probabilities 8 bytes, the lowest first.
/// </summary>
internal static class LogprobBytes
{
    /// <summary>The bytes; null of none.</summary>
    public static byte[]? Of(ImmutableArray<TokenAlternatives> tokens)
    {
        if (tokens.IsDefaultOrEmpty)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write7BitEncodedInt(tokens.Length);
        foreach (var position in tokens)
        {
            writer.Write7BitEncodedInt(position.Top.Length);
            foreach (var (token, logprob) in position.Top)
            {
                writer.Write(PlainText.Of(token));
                writer.Write(logprob);
            }
        }

        return bytes.ToArray();
    }

    /// <inheritdoc cref="Of(ImmutableArray{TokenAlternatives})" />
    public static byte[]? Of(ImmutableArray<double> continuations)
    {
        if (continuations.IsDefaultOrEmpty)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        foreach (var logprob in continuations)
        {
            writer.Write(logprob);
        }

        return bytes.ToArray();
    }

    /// <summary>The tokens that the bytes say.</summary>
    public static ImmutableArray<TokenAlternatives> Tokens(byte[]? bytes)
    {
        if (bytes is null)
        {
            return [];
        }

        using var reader = new BinaryReader(new MemoryStream(bytes));
        return Many(reader.Read7BitEncodedInt(), () => new TokenAlternatives(Many(reader.Read7BitEncodedInt(), Token)));

        TokenLogprob Token() => new(PlainText.Read(reader.ReadString()), reader.ReadDouble());
    }

    /// <summary>The continuations' log-probabilities that the bytes say.</summary>
    public static ImmutableArray<double> Continuations(byte[]? bytes)
    {
        if (bytes is null)
        {
            return [];
        }

        using var reader = new BinaryReader(new MemoryStream(bytes));
        return Many(bytes.Length / sizeof(double), reader.ReadDouble);
    }

    private static ImmutableArray<T> Many<T>(int count, Func<T> read)
    {
        var all = ImmutableArray.CreateBuilder<T>();
        for (var i = 0; i < count; i++)
        {
            all.Add(read());
        }

        return all.DrainToImmutable();
    }
}
