using System.Collections.Immutable;
using ModelConformance.Benchmarks;
using ModelConformance.Protocol;
using Newtonsoft.Json.Linq;

namespace ModelConformance.Gates;

/// <summary>Finds what a gate's keys name, and reports a name that does not exist together with those that do.</summary>
internal sealed class NameReader(IReadOnlyList<IBenchmark> benchmarks, List<Fault> faults)
{
    /// <summary>The slice that stands for one gate per category.</summary>
    public const string EveryCategory = "*";

    public (IBenchmark Benchmark, Metric Metric)? Metric(JObject claim)
    {
        var known = benchmarks.SelectMany(benchmark => benchmark.Metrics, (benchmark, metric) => (benchmark, metric)).ToArray();
        return Find(claim, "metric", known.Select(pair => pair.metric.Id)) is { } id ? known.First(pair => pair.metric.Id == id) : null;
    }

    public string? Context(JObject gate, Metric metric)
    {
        var known = metric.Contexts.OfType<string>().ToArray();
        if (gate["context"] is { } given && known.Length == 0)
        {
            faults.Add(Fault.At(given, $"found a context, expected none: {metric.Id} has no contexts"));
        }

        if (gate["context"] is null && known.Length > 0)
        {
            faults.Add(Fault.Lacks(gate, "context", $"missing, expected one of {string.Join(", ", known)}"));
        }

        return known.Length == 0 ? null : Find(gate, "context", known);
    }

    /// <summary>The slices that a gate names, of those that its metric is measured in.</summary>
    public ImmutableArray<string> Slices(JObject gate, IBenchmark benchmark, Metric metric)
    {
        if (gate["slice"] is null)
        {
            return [Slice.All.Id];
        }

        var measured = benchmark.Slices.Where(metric.In).ToArray();
        string[] categories = [.. measured.Where(slice => slice.IsCategory).Select(slice => slice.Id)];
        string[] known = [.. categories.Length > 0 ? [EveryCategory] : Array.Empty<string>(), .. measured.Select(slice => slice.Id)];
        return Find(gate, "slice", known) switch
        {
            null => [],
            EveryCategory => [.. categories],
            var slice => [slice],
        };
    }

    public Condition? Condition(JObject claim, string key, IBenchmark benchmark) =>
        Find(claim, key, benchmark.Conditions.Select(condition => condition.Id)) is { } id
            ? benchmark.Conditions.First(condition => condition.Id == id)
            : null;

    public Condition? Minus(JObject claim, IBenchmark benchmark, Condition? condition)
    {
        var known = benchmark.Conditions.Append(Protocol.Condition.Approved).ToArray();
        var minus = Find(claim, "minus", known.Select(one => one.Id)) is { } id ? known.First(one => one.Id == id) : null;
        if (minus is not null && minus == condition)
        {
            faults.Add(Fault.At(claim["minus"]!, $"found \"{minus}\", expected another condition than the one it is subtracted from"));
        }

        return minus;
    }

    /// <summary>The name at a key where it is known; null, with a fault where it is a string, otherwise.</summary>
    private string? Find(JObject parent, string key, IEnumerable<string> known)
    {
        if (parent[key] is not JValue { Type: JTokenType.String, Value: string name } value)
        {
            return null;
        }

        var names = known.ToArray();
        if (names.Contains(name))
        {
            return name;
        }

        faults.Add(Fault.At(value, $"found \"{name}\", expected one of {string.Join(", ", names)}"));
        return null;
    }
}
