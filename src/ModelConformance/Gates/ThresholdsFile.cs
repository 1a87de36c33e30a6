using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using ModelConformance.Benchmarks;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace ModelConformance.Gates;

/// <summary>Reads thresholds files. All faults of a file are reported at once, and nothing is half-read.</summary>
public static class ThresholdsFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="benchmarks">What its gates can name.</param>
    /// <exception cref="ThresholdsException">The file cannot be read, or has faults.</exception>
    public static Thresholds Read(string path, IReadOnlyList<IBenchmark> benchmarks)
    {
        ArgumentNullException.ThrowIfNull(path);
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ThresholdsException([$"{path}: cannot be read: {e.Message}"], e);
        }

        return Parse(text, path, benchmarks);
    }

    /// <summary>Reads one of the files that come with the library.</summary>
    /// <param name="name"><c>release.json</c>, for the published data, or <c>smoke.json</c>, for the embedded sample.</param>
    /// <param name="benchmarks">What its gates can name.</param>
    /// <exception cref="ThresholdsException">There is no such file, or the benchmarks lack what it names.</exception>
    public static Thresholds Shipped(string name, IReadOnlyList<IBenchmark> benchmarks) =>
        Parse(Embedded(name) ?? throw new ThresholdsException([$"{name}: no such file comes with the library."]), name, benchmarks);

    /// <summary>Reads the text of a file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">The name that faults are reported with.</param>
    /// <param name="benchmarks">What its gates can name.</param>
    /// <exception cref="ThresholdsException">The text has faults.</exception>
    public static Thresholds Parse(string text, string file, IReadOnlyList<IBenchmark> benchmarks)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(benchmarks);
        var root = Syntax(text, file);
        var faults = ThresholdsSchema.Faults(root).ToList();
        var seed = root is JObject && root["seed"] is JValue { Value: long and >= 0 and <= int.MaxValue and var given }
            ? (int)given
            : EarlyStopping.DefaultSeed;
        var reader = new GateReader(benchmarks, new(seed), faults);
        var gates = ((root as JObject)?["gates"] as JArray ?? []).OfType<JObject>().SelectMany(reader.Read).ToImmutableArray();
        if (faults.Count > 0)
        {
            throw new ThresholdsException(faults.OrderBy(fault => fault.Line).Select(fault => fault.In(file)).Distinct());
        }

        return new(gates, (string?)root["inconclusive"] == "warn" ? InconclusivePolicy.Warn : InconclusivePolicy.Fail);
    }

    internal static string? Embedded(string name)
    {
        using var stream = typeof(ThresholdsFile).Assembly.GetManifestResourceStream("thresholds/" + name);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>
    /// The text as tokens that know their lines. Those come from a reader that also takes single quotes, comments and <c>NaN</c>, so a
    /// strict one looks first.
    /// </summary>
    private static JToken Syntax(string text, string file)
    {
        try
        {
            using (JsonDocument.Parse(text))
            {
            }

            using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None };
            var root = JToken.Load(reader, new() { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error });

            // Too long for an integer: no limit, and a kind of number that the schema's validator breaks on.
            foreach (var number in (root as JContainer)?.Descendants().OfType<JValue>().Where(value => value.Value is BigInteger) ?? [])
            {
                number.Value = (double)(BigInteger)number.Value!;
            }

            return root;
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new ThresholdsException([$"{file}:{e.LineNumber + 1}: not JSON: {e.Message.Split(" LineNumber:")[0]}"], e);
        }
        catch (JsonReaderException e)
        {
            throw new ThresholdsException([new Fault(e.LineNumber, e.Path!, "the key stands twice").In(file)], e);
        }
    }
}
