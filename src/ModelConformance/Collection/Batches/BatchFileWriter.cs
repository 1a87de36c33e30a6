using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ModelConformance.Protocol;

namespace ModelConformance.Collection.Batches;

/// <summary>
/// Writes the requests of one benchmark, condition and step, in as many files as providers' limits ask for. They bear their names once all is
/// written; what was not <see cref="Complete"/>d goes.
/// </summary>
internal sealed class BatchFileWriter(string folder, string benchmark, Condition condition, string step) : IDisposable
{
    /// <summary>The most requests that OpenAI takes in a file.</summary>
    public const int MostRequests = 50_000;

    /// <summary>The most bytes that OpenAI takes in a file: 200 MB, in its least meaning.</summary>
    public const long MostBytes = 200_000_000;

    // What a body holds was encoded when it was written.
    private static readonly JsonWriterOptions Plain = new() { SkipValidation = true };

    private readonly List<BatchFile> files = [];
    private readonly ArrayBufferWriter<byte> line = new();
    private FileStream? stream;

    /// <summary>Writes one request.</summary>
    public void Write(BatchId id, string url, byte[] body)
    {
        line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(line, Plain))
        {
            json.WriteStartObject();
            json.WriteString("custom_id"u8, id.ToString());
            json.WriteString("method"u8, "POST"u8);
            json.WriteString("url"u8, url);
            json.WritePropertyName("body"u8);
            json.WriteRawValue(body, skipInputValidation: true);
            json.WriteEndObject();
        }

        line.Write("\n"u8);
        if (stream is null || files[^1].Requests == MostRequests || stream.Length + line.WrittenCount > MostBytes)
        {
            Begin();
        }

        stream!.Write(line.WrittenSpan);
        files[^1] = files[^1] with { Requests = files[^1].Requests + 1 };
    }

    /// <summary>Gives the files their names.</summary>
    public IReadOnlyList<BatchFile> Complete()
    {
        stream?.Dispose();
        stream = null;
        foreach (var file in files)
        {
            File.Move(Part(file), file.Path);
        }

        return files;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        stream?.Dispose();
        files.ForEach(file => File.Delete(Part(file)));
    }

    private void Begin()
    {
        stream?.Dispose();
        var name = string.Create(CultureInfo.InvariantCulture, $"{benchmark}.{condition.FileName}.{step}.{files.Count + 1}.jsonl");
        files.Add(new(Path.Combine(folder, name), benchmark, condition, step, 0));
        stream = new FileStream(Part(files[^1]), FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 16);
    }

    private static string Part(BatchFile file) => $"{file.Path}.part";
}
