using System.Text.Encodings.Web;
using System.Text.Json;

namespace ModelConformance.Reports;

/// <summary>Writes results.json.</summary>
public static class ResultsFile
{
    // Written for people too: "Q+IF", not "Q\u002BIF". Nothing of a model's words is in it.
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Where the results of a run lie in its output folder.</summary>
    public static string PathIn(string output) => Path.Combine(output, "results.json");

    /// <summary>
    /// Makes the output folder, and takes away the results of an earlier run: whatever becomes of the one that begins, they are not its results.
    /// </summary>
    /// <param name="output">The output folder.</param>
    /// <exception cref="IOException">The folder cannot be made or written.</exception>
    public static void Clear(string output)
    {
        try
        {
            Directory.CreateDirectory(output);
            File.Delete(PathIn(output));
            File.Delete($"{PathIn(output)}.part");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The output folder {output} cannot be used: {fault.Message} The setting Output names another.", fault);
        }
    }

    /// <summary>The results as text.</summary>
    public static string Render(Results results) => JsonSerializer.Serialize(results, Readable) + "\n";

    /// <summary>Writes the results whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="results">The results.</param>
    public static void Write(string path, Results results)
    {
        File.WriteAllText($"{path}.part", Render(results));
        File.Move($"{path}.part", path, overwrite: true);
    }
}
