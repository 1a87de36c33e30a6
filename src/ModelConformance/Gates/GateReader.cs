using System.Collections.Immutable;
using ModelConformance.Benchmarks;
using ModelConformance.Protocol;
using Newtonsoft.Json.Linq;

namespace ModelConformance.Gates;

/// <summary>
/// Turns the gates of a file into gates, against what the benchmarks have. Values of a wrong type are passed over: the schema reports them.
/// </summary>
internal sealed class GateReader(IReadOnlyList<IBenchmark> benchmarks, EarlyStopping early, List<Fault> faults)
{
    private const double DefaultAlpha = 0.05;
    private readonly Dictionary<string, string> ids = new(StringComparer.Ordinal);

    /// <summary>The gates that an entry stands for: none where it has faults.</summary>
    public IReadOnlyList<Gate> Read(JObject entry)
    {
        var before = faults.Count;
        if (Text(entry, "id") is { } id && !ids.TryAdd(id, entry.Path))
        {
            faults.Add(Fault.At(entry["id"]!, $"found \"{id}\" again, expected another id than that of {ids[id]}"));
        }

        // Above 0, as the schema has it, and so little above that no interval has the level.
        if (Number(entry, "alpha") is > 0 and var alpha && Gate.LevelAt(alpha) >= 1)
        {
            faults.Add(Fault.At(
                entry["alpha"]!, FormattableString.Invariant($"found {alpha}, which leaves an interval of level 1, expected a greater one")));
        }

        var names = new NameReader(benchmarks, faults);
        if (names.Metric(entry) is not { } named)
        {
            return [];
        }

        var (benchmark, metric) = named;
        var context = names.Context(entry, metric);
        var slices = names.Slices(entry, benchmark, metric);
        var condition = names.Condition(entry, "condition", benchmark);
        var claim = Claim(entry, entry, benchmark, metric, condition);
        Claim?[] alternatives = [.. Alternatives(entry).Select(or => Alternative(entry, or, benchmark, metric, condition, names))];
        var requires = Requires(entry["requires"] as JObject, benchmark);
        if (faults.Count > before || claim is null || alternatives.Contains(null))
        {
            return [];
        }

        Gate[] gates =
        [
            .. slices.Select(slice => new Gate(
                Text(entry, "slice") == NameReader.EveryCategory ? $"{Text(entry, "id")}/{slice}" : Text(entry, "id") ?? "",
                In(slice, claim),
                [.. alternatives.Select(alternative => In(slice, alternative!))],
                Text(entry, "evidence") == "score" ? Evidence.Score : Evidence.Interval,
                Number(entry, "alpha") ?? DefaultAlpha,
                requires)
            {
                Stopping = Text(entry, "stop") == "early" ? early : null,
            }),
        ];
        if (gates.FirstOrDefault() is { Stopping: not null } first)
        {
            faults.AddRange(EarlyFaults.Of(first, benchmark).Select(fault => Fault.At(entry["stop"]!, fault)));
        }

        return gates;

        Claim In(string slice, Claim claim) => claim with { Quantity = claim.Quantity with { Slice = slice, Context = context } };

        // What an alternative inherits, unless it says otherwise.
        Claim? Alternative(JObject gate, JObject own, IBenchmark benchmark, Metric metric, Condition? condition, NameReader names)
        {
            if (own["metric"] is not null)
            {
                if (names.Metric(own) is not { } other)
                {
                    return null;
                }

                if (other.Benchmark != benchmark || !other.Metric.Contexts.Contains(Text(gate, "context")))
                {
                    faults.Add(Fault.At(
                        own["metric"]!, $"found \"{other.Metric.Id}\", expected a metric of the same benchmark and context as {metric.Id}"));
                    return null;
                }

                if (slices.Where(slice => !other.Metric.In(benchmark.Slice(slice))).ToArray() is { Length: > 0 } outside)
                {
                    faults.Add(Fault.At(
                        own["metric"]!, $"found \"{other.Metric.Id}\", which is not measured in {string.Join(", ", outside)}, expected one that is"));
                    return null;
                }

                metric = other.Metric;
            }

            return Claim(gate, own, benchmark, metric, own["condition"] is null ? condition : names.Condition(own, "condition", benchmark));
        }

        Claim? Claim(JObject gate, JObject own, IBenchmark benchmark, Metric metric, Condition? condition)
        {
            var minus = names.Minus(own, benchmark, condition);
            var (min, max) = Limits(own, metric, own["minus"] is not null);
            return condition is null ? null : new(new(metric.Id, "", null, condition, minus), min, max);
        }
    }

    private static IEnumerable<JObject> Alternatives(JObject entry) => entry["or"] switch
    {
        JObject one => [one],
        JArray several => several.OfType<JObject>(),
        _ => [],
    };

    private (double? Min, double? Max) Limits(JObject claim, Metric metric, bool contrast)
    {
        var (lowest, highest) = contrast ? metric.ContrastRange : metric.Range;
        foreach (var key in new[] { "min", "max" })
        {
            // Written so that what is not a finite number is out of range as well.
            if (Number(claim, key) is { } limit && !(limit >= lowest && limit <= highest && double.IsFinite(limit)))
            {
                faults.Add(Fault.At(claim[key]!, FormattableString.Invariant(
                    $"found {limit}, expected {lowest} … {highest}, the range of {metric.Id}{(contrast ? " contrasts" : "")}{(double.IsFinite(highest) ? ": a fraction, not percent" : "")}")));
            }
        }

        var (min, max) = (Number(claim, "min"), Number(claim, "max"));
        if (min > max)
        {
            faults.Add(Fault.At(claim["min"]!, FormattableString.Invariant($"found {min}, expected at most max, which is {max}")));
        }

        return (min, max);
    }

    private Requirements Requires(JObject? requires, IBenchmark benchmark)
    {
        if (requires is null)
        {
            return Requirements.None;
        }

        string[] known = ["answered", "refusedMax", .. benchmark.Preconditions.Select(precondition => precondition.Key)];
        foreach (var property in requires.Properties().Where(property => !known.Contains(property.Name)))
        {
            faults.Add(Fault.At(property, $"unknown key, expected one of {string.Join(", ", known)}"));
        }

        return new(
            Number(requires, "answered"),
            Number(requires, "refusedMax"),
            benchmark.Preconditions
                .Where(precondition => Number(requires, precondition.Key) is not null)
                .ToImmutableSortedDictionary(precondition => precondition.Key, precondition => Number(requires, precondition.Key)!.Value));
    }

    private static string? Text(JObject parent, string key) => parent[key] is JValue { Type: JTokenType.String } value ? (string?)value : null;

    private static double? Number(JObject parent, string key) =>
        parent[key] is JValue { Type: JTokenType.Integer or JTokenType.Float } value ? (double)value : null;
}
