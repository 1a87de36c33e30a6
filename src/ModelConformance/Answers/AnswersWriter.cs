using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using ModelConformance.Benchmarks;
using ModelConformance.Collection;
using ModelConformance.Protocol;

namespace ModelConformance.Answers;

/// <summary>
/// Writes answers as they come, in the form that <see cref="AnswersFile"/> reads. The file bears its name only once it is whole; until
/// <see cref="Complete"/> it ends in <c>.part</c>, and stays so where the run is interrupted or cut.
/// </summary>
public sealed class AnswersWriter : IDisposable
{
    /// <summary>"Q+IF" and not "Q\u002BIF": the file is searched by people too. Control characters and line ends stay escaped.</summary>
    private static readonly JsonWriterOptions Readable = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string path;
    private readonly IBenchmark benchmark;
    private readonly string target;
    private readonly string prefill;
    private readonly ArrayBufferWriter<byte> line = new();
    private readonly Utf8JsonWriter json;
    private readonly Dictionary<Condition, string> wordings = [];
    private FileStream? stream;

    /// <summary>Takes away an older file of the name. The new one begins with its first answer.</summary>
    /// <param name="path">The file.</param>
    /// <param name="benchmark">The benchmark answered.</param>
    /// <param name="target">The model's name.</param>
    /// <param name="prefill">How the answers' beginning reached the model: <c>real</c> or <c>emulated</c>.</param>
    public AnswersWriter(string path, IBenchmark benchmark, string target, string prefill)
    {
        this.path = path;
        this.benchmark = benchmark;
        this.target = target;
        this.prefill = prefill;
        File.Delete(path);
        File.Delete($"{path}.part");
        json = new Utf8JsonWriter(line, Readable);
    }

    private FileStream Stream => stream ??= new($"{path}.part", FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);

    /// <summary>Writes one line; in <see cref="Mode.Sampling"/> there is one for each sample.</summary>
    public void Write(ItemAnswer given, Mode mode)
    {
        ArgumentNullException.ThrowIfNull(given);
        json.WriteStartObject();
        json.WriteString("item", given.Item.Id);
        json.WriteString("condition", given.Condition.Id);
        json.WriteNumber("sample", given.Sample);
        json.WriteString("text", given.Reply.Error ?? given.Reply.Text);
        if (given.Answer.Probabilities is { } measured)
        {
            json.WriteStartObject("options");
            foreach (var option in given.Item.Options)
            {
                if (measured.Logs.TryGetValue(option.Key, out var log))
                {
                    // JSON has no infinity; the least number is the logarithm of zero all the same.
                    json.WriteNumber(option.Key, Math.Clamp(log, double.MinValue, 0));
                }
            }

            json.WriteEndObject();
            if (measured.Below is { } below)
            {
                json.WriteNumber("below", below);
            }
        }

        json.WriteString("mode", mode.Word());
        json.WriteString("finish", given.Reply.Finish.Word());
        if (given.Reasoning is { } reasoning)
        {
            json.WriteString("reasoning", reasoning);
        }

        json.WriteString("target", target);
        json.WriteString("prefill", prefill);
        json.WriteString("wording", Wording(given.Condition));
        json.WriteString("dataset", benchmark.Dataset.Hash);
        json.WriteEndObject();
        json.Flush();
        json.Reset();
        Stream.Write(line.WrittenSpan);
        Stream.WriteByte((byte)'\n');
        line.ResetWrittenCount();
    }

    /// <summary>Of a few conditions; a hash over all their words each.</summary>
    private string Wording(Condition condition) =>
        wordings.TryGetValue(condition, out var known) ? known : wordings[condition] = benchmark.Wording(condition);

    /// <summary>Says that every answer has been written: the file gets its name.</summary>
    /// <returns>The file.</returns>
    public string Complete()
    {
        File.Move(Cut(), path, overwrite: true);
        return path;
    }

    /// <summary>Says that no more will be written, though not all was answered: the file keeps the name that ends in <c>.part</c>.</summary>
    /// <returns>The file.</returns>
    public string Cut()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        return $"{path}.part";
    }

    /// <inheritdoc />
    public void Dispose()
    {
        json.Dispose();
        stream?.Dispose();
    }
}
