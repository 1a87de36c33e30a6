using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using ModelConformance.Protocol;

namespace ModelConformance.Targets.Wire;

/// <summary>
/// The JSON of a request, as far as both protocols share it. Every sampling parameter is written, since servers differ in what they default to, and
/// one choice is asked for: <c>n</c> above 1 is not portable, so that each repeat is a request with its own seed.
/// </summary>
internal sealed class BodyWriter(TargetSettings settings)
{
    // Quotes and apostrophes stay readable in a log of requests. This JSON goes into no page.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Kept from request to request.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? Buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? Json;

    private readonly HashSet<string> omitted = [.. settings.OmittedNames];

    /// <summary>A request's temperature: 1, the model's own distribution, where samples are drawn; 0, its most probable words, elsewhere.</summary>
    public static int Temperature(Mode mode) => mode == Mode.Sampling ? 1 : 0;

    /// <summary>A request's body.</summary>
    /// <param name="mode">How the reply is measured.</param>
    /// <param name="sample">The index of the repeat, sent as the seed.</param>
    /// <param name="maxTokens">The most tokens that the reply may have.</param>
    /// <param name="prompt">Writes what is asked.</param>
    /// <param name="rest">Writes what else the protocol needs.</param>
    public byte[] Write(Mode mode, int sample, int maxTokens, Action<Utf8JsonWriter> prompt, Action<Utf8JsonWriter> rest)
    {
        var buffer = Buffer ??= new(4096);
        var json = Json ??= new(buffer, Readable);
        // What was written before may have been given up in the middle.
        buffer.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        json.WriteString("model"u8, settings.Model);
        prompt(json);
        json.WriteNumber(settings.MaxTokensParameter, maxTokens);
        Write(json, "temperature", Temperature(mode));
        Write(json, "top_p", 1);
        Write(json, "n", 1);
        Write(json, "seed", sample);
        if (!omitted.Contains("stream"))
        {
            json.WriteBoolean("stream"u8, false);
        }

        rest(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private void Write(Utf8JsonWriter json, string name, int value)
    {
        if (!omitted.Contains(name))
        {
            json.WriteNumber(name, value);
        }
    }
}
