using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ModelConformance.ReferenceModel.Speech;

namespace ModelConformance.ReferenceModel.Wire;

/// <summary>
/// Writes the log-probabilities of tokens. At the option's letter they are the three letters and some distractors; anywhere else the token
/// itself and the distractors. They add up to less than 1, as a vocabulary's first few do, and a small <c>top_logprobs</c> cuts the list and
/// changes nothing in it.
/// </summary>
internal static class TokenAlternatives
{
    /// <summary>The probability of a token that is no letter of an option.</summary>
    private const double Itself = 0.98;

    /// <summary>
    /// What any model might begin with instead: no option's letter and no word that a reader could take for an answer. Each is given as
    /// finished JSON, 0.008 for the first and 0.55 of the one before for every other, together less than 0.018.
    /// </summary>
    private static readonly ImmutableArray<(string Token, byte[] Json)> Distractors =
    [
        .. new[]
        {
            "The", "I", "It", "This", "\n", " ", "**", "Based", "Answer", "Option",
            "In", "According", "From", "Let", "Well", "So", "My", "Given", "We", "To",
        }.Select((token, i) => (token, Entry(token, Math.Log(0.008) + i * Math.Log(0.55)))),
    ];

    /// <summary>Writes the property <c>logprobs</c> for tokens of an utterance.</summary>
    /// <param name="json">Where to, inside the choice.</param>
    /// <param name="utterance">What is said.</param>
    /// <param name="tokens">Its tokens as far as they are sent.</param>
    /// <param name="top">How many alternatives to show, 0 … 20.</param>
    internal static void Write(Utf8JsonWriter json, Utterance utterance, List<Range> tokens, int top)
    {
        json.WriteStartObject("logprobs"u8);
        json.WriteStartArray("content"u8);
        foreach (var range in tokens)
        {
            var token = utterance.Text.AsSpan(range);
            var isLetter = range.Start.Value == utterance.LetterAt;
            json.WriteStartObject();
            Fields(json, token, Math.Log(isLetter ? LetterProbabilities.Chosen : Itself));
            json.WriteStartArray("top_logprobs"u8);
            var left = isLetter ? Letters(json, token[0], top) : Just(json, token, top);
            for (var i = 0; left > 0 && i < Distractors.Length; i++)
            {
                if (!token.SequenceEqual(Distractors[i].Token))
                {
                    json.WriteRawValue(Distractors[i].Json, skipInputValidation: true);
                    left--;
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNull("refusal"u8);
        json.WriteEndObject();
    }

    /// <summary>The chosen letter, then the others; returns how many alternatives are left to show.</summary>
    private static int Letters(Utf8JsonWriter json, char chosen, int top)
    {
        var left = Just(json, [chosen], top, LetterProbabilities.Chosen);
        for (var letter = 'a'; letter <= 'c'; letter++)
        {
            left = letter == chosen ? left : Just(json, [letter], left, LetterProbabilities.Other);
        }

        return left;
    }

    private static int Just(Utf8JsonWriter json, ReadOnlySpan<char> token, int left, double probability = Itself)
    {
        if (left == 0)
        {
            return 0;
        }

        json.WriteStartObject();
        Fields(json, token, Math.Log(probability));
        json.WriteEndObject();
        return left - 1;
    }

    private static void Fields(Utf8JsonWriter json, ReadOnlySpan<char> token, double logprob)
    {
        Span<byte> bytes = stackalloc byte[256];
        json.WriteString("token"u8, token);
        json.WriteNumber("logprob"u8, logprob);
        json.WriteStartArray("bytes"u8);

        // A longer token (nobody's vocabulary has one) shows its first bytes.
        Encoding.UTF8.TryGetBytes(token[..Math.Min(token.Length, bytes.Length / 3)], bytes, out var count);
        foreach (var value in bytes[..count])
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    private static byte[] Entry(string token, double logprob)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            Fields(json, token, logprob);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
