using System.Collections.Immutable;
using ModelConformance.Answers;
using ModelConformance.Benchmarks;
using ModelConformance.Metrics;
using ModelConformance.Protocol;
using static System.FormattableString;

namespace ModelConformance.Gates;

/// <summary>Judges a gate that may stop early by those of its units that were asked.</summary>
internal static class EarlyJudge
{
    /// <summary>What the answers say, as far as they were counted; null where nothing is missing: then compare.</summary>
    public static GateResult? Judge(Gate gate, IBenchmark benchmark, AnswerSheet sheet)
    {
        var early = new EarlyGate(gate, benchmark);
        if (early.AllQuestions().All(question => IsAnswered(question.Item, question.Condition)) && gate.Claims.All(IsAsked))
        {
            return null;
        }

        var missing = early.Advance(sheet, IsAnswered);
        ImmutableArray<Finding> findings = [.. gate.Claims.Zip(early.Claims, (claim, part) => Find(gate, claim, part, benchmark, sheet))];
        return new(gate, early.Verdict ?? Verdict.Inconclusive, Reason(early, findings, missing), findings[0], findings[1..])
        {
            Counted = (early.Claims[0].Counted, early.Claims[0].Units.Length),
        };

        // Items without a target are in no claim, and in the cell all the same.
        bool IsAsked(Claim claim) => benchmark.Items
            .Where(item => item.Context == claim.Quantity.Context && benchmark.Slice(claim.Quantity.Slice).Holds(item))
            .All(item => claim.Quantity.Conditions.All(condition => IsAnswered(item, condition)));

        bool IsAnswered(Item item, Condition condition) => sheet[item, condition].Outcome != Outcome.Missing;
    }

    private static string Reason(EarlyGate early, ImmutableArray<Finding> findings, (Item Item, Condition Condition)? missing)
    {
        if (missing is var (item, condition))
        {
            var open = findings.Where(finding => finding.Verdict == Verdict.Inconclusive).Select(finding => finding.Reason)
                .Concat(early.Unmet.Where(one => one.Claim.Verdict is null).Select(one => Required(one, "not decided, ")));
            return $"{item.Id} under {condition}, the next in this gate's order, was never asked; {string.Join("; ", open)}";
        }

        var unmet = early.Unmet.Where(one => one.Claim.Verdict is not null).Select(one => Required(one, "")).ToArray();
        return (early.Verdict == Verdict.Inconclusive && unmet.Length > 0 ? string.Join("; ", unmet) : GateJudge.Any(findings).Reason)
            + Invariant($"; the full run would say otherwise with a probability of at most {early.Gate.Alpha:0.####}");

        static string Required((string Name, Condition Condition, EarlyClaim Claim) one, string state) =>
            $"requires {one.Name}: {state}{Found(one.Claim)} under {one.Condition}";
    }

    private static Finding Find(Gate gate, Claim claim, EarlyClaim part, IBenchmark benchmark, AnswerSheet sheet)
    {
        var quantity = claim.Quantity;
        var (metric, slice) = (benchmark.Metric(quantity.Metric), benchmark.Slice(quantity.Slice));
        var counted = Enumerable.Range(0, part.Counted).SelectMany(part.Questions)
            .Select(question => (question.Item.Id, question.Condition)).ToHashSet();
        var seen = sheet.Only((item, condition) => counted.Contains((item, condition)));
        Measured measured = quantity.Minus is { } minus
            ? Contrast.Of(benchmark, seen, metric, slice, quantity.Context, quantity.Condition, minus, gate.Level)
            : Measurement.Of(benchmark, seen, metric, slice, quantity.Context, quantity.Condition, gate.Level);
        var all = IsWhole(part) ? "" : Invariant($", enough to tell that the score over all {part.Units.Length:N0}");
        return new(
            claim,
            part.Verdict ?? Verdict.Inconclusive,
            Found(part) + part.Verdict switch
            {
                Verdict.Pass => $"{all} is {claim.Limits}",
                Verdict.Fail => $"{all} is not {claim.Limits}",
                not null => $": the unanswered items decide whether it is {claim.Limits}",
                null => $": not decided whether it is {claim.Limits}, {More(part)}",
            },
            UntilDecided(measured),
            null,
            GateJudge.Worst(claim, measured));
    }

    private static Measured UntilDecided(Measured measured) => measured switch
    {
        Contrast both => both with
        {
            First = both.First.UntilDecided(),
            Second = both.Second.UntilDecided(),
            Estimate = both.Estimate.UntilDecided(),
        },
        Measurement one => one.UntilDecided(),
        _ => measured,
    };

    private static string Found(EarlyClaim part)
    {
        var found = part.SoFar switch
        {
            null => "nothing scored",
            var (low, high) when high > low => Invariant($"between {low:0.000} and {high:0.000}"),
            var (low, _) => Invariant($"{low:0.000}"),
        };
        return part.Counted == 0 ? Invariant($"none of {part.Units.Length:N0} counted")
            : IsWhole(part) ? Invariant($"{found} over all {part.Counted:N0}")
            : Invariant($"{found} over the first {part.Counted:N0} of {part.Units.Length:N0}");
    }

    private static bool IsWhole(EarlyClaim part) => part.Counted == part.Units.Length;

    private static string More(EarlyClaim part) => part.UnitsToGo is { } more
        ? Invariant($"some {more:N0} more would tell at the pace so far")
        : "and nothing points either way yet";
}
