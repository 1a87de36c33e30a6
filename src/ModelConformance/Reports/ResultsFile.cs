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
    /// Deletes the results of an earlier run. A run does so before all else: where it cannot even begin, nobody must read the verdicts of the last one as its own.
    /// </summary>
    /// <param name="output">The output folder, which need not exist.</param>
    public static void Discard(string output)
    {
        if (Directory.Exists(output))
        {
            File.Delete(PathIn(output));
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
