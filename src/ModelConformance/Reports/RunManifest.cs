using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using ModelConformance.Benchmarks;
using ModelConformance.Protocol;
using ModelConformance.Targets;

namespace ModelConformance.Reports;

/// <summary>What was asked of whom, and how: all that a reader needs to ask it again. Holds no secret.</summary>
public sealed record RunManifest
{
    /// <summary>The share of questions without a reply above which a target "answered too little" to be judged.</summary>
    public const double FailedAtMost = 0.03;

    /// <summary>The version of this software.</summary>
    public required string Software { get; init; }

    /// <summary>The version of .NET.</summary>
    public string Runtime { get; init; } = RuntimeInformation.FrameworkDescription;

    /// <summary>When the first of the replies was asked for, UTC, be it in this run or in one before; null for recorded answers.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When the last of the replies had come, UTC; null for recorded answers.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>The endpoint, model and samplers; null for recorded answers that do not say.</summary>
    public string? Target { get; init; }

    /// <summary>The model asked for.</summary>
    public string? Model { get; init; }

    /// <summary>How answers were measured: a <see cref="ModeWord"/>; null for recorded answers.</summary>
    public string? Mode { get; init; }

    /// <summary>
    /// How often each question was asked in <see cref="Protocol.Mode.Sampling"/>; null in every other mode and for recorded answers.
    /// </summary>
    public int? Samples { get; init; }

    /// <summary>
    /// The seeds that the samples were asked with, each its sample's index: <c>0 … 15</c>. Null where there are no <see cref="Samples"/>, or
    /// where the settings leave the seed out.
    /// </summary>
    public string? Seeds { get; init; }

    /// <summary><c>real</c> or <c>emulated</c>.</summary>
    public string? Prefill { get; init; }

    /// <summary>The benchmarks with their data.</summary>
    public required IReadOnlyList<AskedBenchmark> Benchmarks { get; init; }

    /// <summary>Why not all was asked that there was to ask; null where it was.</summary>
    public string? EndedBy { get; init; }

    /// <summary>The questions answered, one as often as it has samples.</summary>
    public int Items { get; init; }

    /// <summary>The requests that the replies took, whichever run sent them: a condition that reasons takes two, and a retry is one more.</summary>
    public long Requests { get; init; }

    /// <summary>The questions of <see cref="Items"/> without a reply after all retries.</summary>
    public int Failed { get; init; }

    /// <summary>Whether so many questions got no reply that the target, not the model, is the finding.</summary>
    [JsonIgnore]
    public bool AnsweredTooLittle => Failed > FailedAtMost * Items;

    /// <summary>
    /// Why the run as a whole decides nothing, whatever its gates and snapshots say, which are about the model: the target answered too little, or the
    /// asking was ended (<see cref="EndedBy"/>). Null where neither is so.
    /// </summary>
    public string? Fault => AnsweredTooLittle
        ? $"{Failed} of {Items} questions got no reply: the target answered too little to be judged. {EndedBy}".TrimEnd()
        : EndedBy;

    /// <summary>The attempts that were repeated, by cause.</summary>
    public IReadOnlyDictionary<string, long> Retries { get; init; } = new Dictionary<string, long>();

    /// <summary>The model ids in the replies.</summary>
    public IReadOnlyList<string> ReturnedModels { get; init; } = [];

    /// <summary>The system fingerprints in the replies.</summary>
    public IReadOnlyList<string> Fingerprints { get; init; } = [];

    /// <summary>The tokens used, as the target counts them.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>The manifest of a run that has ended.</summary>
    /// <param name="settings">How the target was asked.</param>
    /// <param name="target">The target.</param>
    /// <param name="asked">The benchmarks, with the conditions under which items were answered.</param>
    /// <param name="calls">What the replies took.</param>
    /// <param name="items">The questions answered.</param>
    /// <param name="failed">Those of them without a reply.</param>
    public static RunManifest Of(
        TargetSettings settings,
        ITarget target,
        IEnumerable<(IBenchmark Benchmark, IReadOnlyCollection<Condition> Conditions)> asked,
        CallTally calls,
        int items,
        int failed)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(calls);
        var sampled = settings.Mode == Protocol.Mode.Sampling;
        return Of(asked) with
        {
            Started = calls.First,
            Ended = calls.Last,
            Target = target.Identity,
            Model = target.Model,
            Mode = settings.Mode.Word(),
            Samples = sampled ? settings.Samples : null,
            Seeds = sampled && !settings.OmittedNames.Contains("seed") ? $"0 … {settings.Samples - 1}" : null,
            Prefill = target.PrefillKind,
            Items = items,
            Requests = calls.Requests,
            Failed = failed,
            Retries = calls.Retries,
            ReturnedModels = calls.Models,
            Fingerprints = calls.Fingerprints,
            Usage = calls.Usage,
        };
    }

    /// <summary>The manifest of recorded answers.</summary>
    public static RunManifest Of(IEnumerable<(IBenchmark Benchmark, IReadOnlyCollection<Condition> Conditions)> asked)
    {
        var version = typeof(RunManifest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
        return new()
        {
            Software = $"ModelConformance {version?.InformationalVersion.Split('+')[0]}",
            Benchmarks =
            [
                .. asked.Select(part => new AskedBenchmark(
                    part.Benchmark.Id,
                    part.Benchmark.Dataset.Name,
                    part.Benchmark.Dataset.Hash,
                    part.Benchmark.Conditions.Where(part.Conditions.Contains).ToDictionary(condition => condition.Id, part.Benchmark.Wording))),
            ],
        };
    }
}

/// <summary>A benchmark that was asked.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Dataset"><c>upstream</c> or <c>sample</c>.</param>
/// <param name="DatasetHash">The hash of its items.</param>
/// <param name="Wordings">The wording's hash by condition.</param>
public sealed record AskedBenchmark(string Id, string Dataset, string DatasetHash, IReadOnlyDictionary<string, string> Wordings);
