using System.Collections.Immutable;
using ModelConformance.Answers;
using ModelConformance.Benchmarks;
using ModelConformance.Protocol;

namespace ModelConformance.Gates;

/// <summary>
/// A gate on its way to a verdict. In each round every claim and requirement that is still open counts its next unit. The verdict is a function of
/// the answers in their order, not of when they came.
/// </summary>
/// <remarks>
/// The promise, a verdict other than the full run's with probability alpha at most, is shared out: a wrong Pass needs one claim that passes
/// wrongly or one requirement that is met wrongly; a wrong Fail, claims that fail wrongly; and that a requirement is found unmet wrongly may add
/// to either, which is why that gets a tenth, over all of them, and the others nine. Where the full run is Inconclusive because its unanswered
/// items decide, a wrong Pass and a wrong Fail add up: each has half of the nine, the Passes of all claims together.
/// </remarks>
internal sealed class EarlyGate
{
    private const double UnmetShare = 0.1;

    private readonly ImmutableArray<(string Name, Condition Condition, EarlyClaim Claim)> requirements;
    private readonly ImmutableArray<EarlyClaim> parts;
    private readonly int rounds;

    /// <summary>A gate of whose units none was counted yet.</summary>
    /// <param name="gate">A gate with <see cref="Gate.Stopping"/>.</param>
    /// <param name="benchmark">The benchmark that it is about.</param>
    /// <exception cref="ArgumentException">The gate is always asked to the end, or names what the benchmark does not have.</exception>
    public EarlyGate(Gate gate, IBenchmark benchmark)
    {
        var asParts = new EarlyParts(
            benchmark, gate.Stopping?.Seed ?? throw new ArgumentException($"The gate {gate.Id} does not stop early.", nameof(gate)));
        var required = asParts.Requirements(gate).ToArray();
        var alpha = required.Length == 0 ? gate.Alpha : (1 - UnmetShare) * gate.Alpha;
        var (pass, fail) = (alpha / 2 / gate.Claims.Count(), alpha / 2);
        Gate = gate;
        Claims = [.. gate.Claims.Select(claim => asParts.Of(claim, (pass, fail)))];
        requirements = [.. required.Select(one => (one.Name, one.Condition, one.With((alpha, UnmetShare * gate.Alpha / required.Length))))];
        parts = [.. Claims, .. requirements.Select(one => one.Claim)];
        rounds = parts.Max(part => part.Units.Length);
        Verdict = Combined();
    }

    /// <summary>The gate.</summary>
    public Gate Gate { get; }

    /// <summary>The verdict; null while it is open.</summary>
    public Verdict? Verdict { get; private set; }

    /// <summary>The rounds counted.</summary>
    public int Round { get; private set; }

    /// <summary>The claim and its alternatives, in the order of <see cref="Gate.Claims"/>.</summary>
    internal ImmutableArray<EarlyClaim> Claims { get; }

    /// <summary>The requirements that are not met, or not yet.</summary>
    internal IEnumerable<(string Name, Condition Condition, EarlyClaim Claim)> Unmet =>
        requirements.Where(one => one.Claim.Verdict is not Gates.Verdict.Pass);

    /// <summary>Every question that the gate may need, some of them more than once.</summary>
    public IEnumerable<(Item Item, Condition Condition)> AllQuestions() =>
        parts.SelectMany(part => Enumerable.Range(0, part.Units.Length).SelectMany(part.Questions));

    /// <summary>The questions that decide it where everything is answered and scores fall as plans assume, some of them more than once.</summary>
    public IEnumerable<(Item Item, Condition Condition)> PlannedQuestions()
    {
        // One claim is enough, and all that is required has to be met.
        var planned = requirements.Select(one => one.Claim.UnitsAsPlanned(Gate.Alpha)).Append(Claims.Min(claim => claim.UnitsAsPlanned(Gate.Alpha))).Max();
        return parts.SelectMany(part => Enumerable.Range(0, Math.Min(planned, part.UnitsAsPlanned(Gate.Alpha))).SelectMany(part.Questions));
    }

    /// <summary>The questions of the units that were counted, some of them more than once.</summary>
    public IEnumerable<(Item Item, Condition Condition)> CountedQuestions() =>
        parts.SelectMany(part => Enumerable.Range(0, part.Counted).SelectMany(part.Questions));

    /// <summary>What a round asks, as far as is known now; null after the last round, and once there is a verdict.</summary>
    /// <param name="round">From 0.</param>
    public IReadOnlyList<(Item Item, Condition Condition)>? Questions(int round) =>
        Verdict is not null || round >= rounds ? null : [.. Open(round).SelectMany(part => part.Questions(round))];

    /// <summary>Counts all rounds whose questions are answered, until there is a verdict.</summary>
    /// <param name="sheet">The answers.</param>
    /// <param name="isAnswered">Whether an item's answer is there, and whole where it has samples.</param>
    /// <returns>A question without whose answer it goes no further; null where there is a verdict.</returns>
    public (Item Item, Condition Condition)? Advance(AnswerSheet sheet, Func<Item, Condition, bool> isAnswered)
    {
        while (Verdict is null)
        {
            var open = Open(Round).ToArray();
            foreach (var asked in open.SelectMany(part => part.Questions(Round)))
            {
                if (!isAnswered(asked.Item, asked.Condition))
                {
                    return asked;
                }
            }

            Array.ForEach(open, part => part.Count(sheet));
            Round++;
            Verdict = Combined();
        }

        return null;
    }

    private IEnumerable<EarlyClaim> Open(int round) => parts.Where(part => part.Verdict is null && round < part.Units.Length);

    private Verdict? Combined() =>
        requirements.Any(one => one.Claim.Verdict is Gates.Verdict.Fail or Gates.Verdict.Inconclusive) ? Gates.Verdict.Inconclusive
        : requirements.Any(one => one.Claim.Verdict is null) ? null
        : Claims.Any(claim => claim.Verdict == Gates.Verdict.Pass) ? Gates.Verdict.Pass
        : Claims.All(claim => claim.Verdict == Gates.Verdict.Fail) ? Gates.Verdict.Fail
        : Claims.Any(claim => claim.Verdict is null) ? null
        : Gates.Verdict.Inconclusive;
}
