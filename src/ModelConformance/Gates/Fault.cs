using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace ModelConformance.Gates;

/// <summary>Something wrong at a place of a thresholds file.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Path">The JSON path, empty for the whole file.</param>
/// <param name="Message">What was found and what was expected.</param>
internal sealed record Fault(int Line, string Path, string Message)
{
    /// <summary>A fault at a token.</summary>
    public static Fault At(JToken token, string message) => new(LineOf(token), token.Path, message);

    /// <summary>A fault at a key that an object within the file lacks: its line is the object's.</summary>
    public static Fault Lacks(JObject parent, string key, string message) =>
        new(LineOf(parent), $"{parent.Path}.{key}", message);

    /// <summary>The fault as a line of a message.</summary>
    public string In(string file) => Path.Length == 0 ? $"{file}:{Line}: {Message}" : $"{file}:{Line}: {Path}: {Message}";

    private static int LineOf(JToken token) => ((IJsonLineInfo)token).LineNumber;
}
