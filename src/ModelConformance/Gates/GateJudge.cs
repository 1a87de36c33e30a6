using System.Collections.Immutable;
using ModelConformance.Answers;
using ModelConformance.Benchmarks;
using ModelConformance.Metrics;
using ModelConformance.Protocol;
using ModelConformance.Statistics;
using static System.FormattableString;

namespace ModelConformance.Gates;

/// <summary>
/// Judges gates. A claim passes where its (1 − 2α) interval lies within the limits: with two limits that is the two one-sided tests of
/// equivalence (Schuirmann 1987), with one limit a one-sided test at α. It fails where the interval lies wholly outside. A release needs
/// every gate, so that a wrong one must slip through all of them and α needs no correction (intersection-union test, Berger 1982).
/// </summary>
public static class GateJudge
{
    private const int WorstShown = 3;

    /// <summary>Judges a gate by the answers of a run. Reads its arguments only, so that gates can be judged at the same time.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="benchmark">The benchmark that it is about.</param>
    /// <param name="sheet">The answers.</param>
    /// <param name="approved">
    /// The approved release's answers to the same words, for claims that are <see cref="Quantity.IsAgainstApproved"/>; null where there are none.
    /// Only their outcomes and choices count.
    /// </param>
    /// <exception cref="ArgumentException">The gate names what the benchmark does not have.</exception>
    public static GateResult Judge(Gate gate, IBenchmark benchmark, AnswerSheet sheet, AnswerSheet? approved = null)
    {
        ArgumentNullException.ThrowIfNull(gate);
        ArgumentNullException.ThrowIfNull(benchmark);
        ArgumentNullException.ThrowIfNull(sheet);
        if (gate.Stopping is not null && EarlyJudge.Judge(gate, benchmark, sheet) is { } early)
        {
            return early;
        }

        var claims = gate.Claims.Select(claim => (Claim: claim, At: Measure(claim.Quantity, benchmark, sheet, approved))).ToArray();
        ImmutableArray<Finding> findings = [.. claims.Select(claim => Find(gate, claim.Claim, claim.At(gate.Level), benchmark, sheet))];
        string[] unmet =
        [
            .. RequirementsJudge.Unmet(gate, benchmark, sheet, findings.SelectMany(finding => finding.Own)),
            .. RequirementsJudge.Unmet(gate, benchmark, approved ?? new(), findings.Select(finding => finding.Approved).OfType<Measurement>())
                .Select(requirement => $"{requirement} as approved"),
        ];
        var (verdict, reason) = unmet.Length > 0 ? (Verdict.Inconclusive, string.Join("; ", unmet)) : Any(findings);
        return new(gate, verdict, reason, findings[0], findings[1..])
        {
            P = verdict == Verdict.Fail && gate.Evidence == Evidence.Interval ? claims.Max(claim => FailLevel.Of(gate, claim.Claim, claim.At)) : null,
        };
    }

    /// <summary>Pass by the first that passes; Fail where all fail.</summary>
    internal static (Verdict Verdict, string Reason) Any(ImmutableArray<Finding> findings)
    {
        if (findings.FirstOrDefault(finding => finding.Verdict == Verdict.Pass) is { } passing)
        {
            return (Verdict.Pass, ReferenceEquals(passing, findings[0]) ? passing.Reason : $"by {Alternative(passing)}");
        }

        var fails = findings.All(finding => finding.Verdict == Verdict.Fail);
        return (fails ? Verdict.Fail : Verdict.Inconclusive, string.Join("; ", findings.Skip(1).Select(Alternative).Prepend(findings[0].Reason)));

        static string Alternative(Finding finding) => $"the alternative, {Gate.AlternativeName(finding.Claim)}: {finding.Reason}";
    }

    /// <summary>What a quantity is, with its interval at any level: the answers are read once.</summary>
    private static Func<double, Measured> Measure(Quantity quantity, IBenchmark benchmark, AnswerSheet sheet, AnswerSheet? approved = null)
    {
        var own = Read(sheet, quantity.Condition);
        return quantity switch
        {
            { IsAgainstApproved: true } => AgainstApproved.Measure(own, Read(approved ?? new(), quantity.Condition), benchmark, sheet),
            { Minus: { } minus } => Contrast.At(own, Read(sheet, minus)),
            _ => Measurement.At(own),
        };

        CellScores Read(AnswerSheet answers, Condition condition) => CellScores.Read(
            benchmark, answers, benchmark.Metric(quantity.Metric), benchmark.Slice(quantity.Slice), quantity.Context, condition);
    }

    private static Finding Find(Gate gate, Claim claim, Measured measured, IBenchmark benchmark, AnswerSheet sheet)
    {
        var quantity = claim.Quantity;
        var baseline = quantity.Minus is null && quantity.Condition != Condition.Q && sheet.Conditions.Contains(Condition.Q)
            ? (Measurement)Measure(quantity with { Condition = Condition.Q }, benchmark, sheet)(gate.Level)
            : null;
        var (verdict, reason) = Decide(claim, gate.Evidence, measured);
        return new(claim, verdict, reason, measured, baseline, Worst(claim, measured));
    }

    internal static ImmutableArray<ClusterScore> Worst(Claim claim, Measured measured) =>
    [
        .. measured.Clusters
            .Where(cluster => claim.Beyond(cluster.Value) > 0)
            .OrderByDescending(cluster => claim.Beyond(cluster.Value))
            .ThenByDescending(cluster => cluster.Items)
            .ThenBy(cluster => cluster.Cluster, StringComparer.Ordinal)
            .Take(WorstShown),
    ];

    internal static (Verdict Verdict, string Reason) Decide(Claim claim, Evidence evidence, Measured measured)
    {
        var whole = Whole(evidence, measured);
        var (verdict, reason) = Decide(claim, evidence, measured.Estimate);
        if (evidence == Evidence.Score && measured.Asked < measured.Items)
        {
            var missing = measured.Items - measured.Asked;
            return (
                Verdict.Inconclusive,
                Invariant($"{missing:N0} of {measured.Items:N0} items were never asked, and the score is over all of them"));
        }

        if (verdict == Verdict.Inconclusive)
        {
            return (verdict, measured.Estimate.Interval is null ? reason : $"{reason}; {Tightest()}");
        }

        var settled = claim.Over(whole.Low, whole.High);
        if (settled == verdict)
        {
            return (verdict, reason);
        }

        if (settled != Verdict.Inconclusive)
        {
            return (settled,
                Invariant($"with the {measured.Unscored:N0} unanswered items the score is between {whole.Low:0.000} and {whole.High:0.000}: ")
                + $"{(settled == Verdict.Pass ? "" : "not ")}{claim.Limits}, however they count");
        }

        var open = measured.Unscored > 0
            ? Invariant($"the {measured.Unscored:N0} unanswered items decide: {verdict} without them, but with them")
            : $"what the options' bounds leave open decides: {verdict} at its middle, but";
        var what = evidence == Evidence.Score ? "the score" : Invariant($"the {100 * measured.Estimate.Interval!.Level:0.##} % interval");

        // A case that is undefined is open to both sides.
        return (Verdict.Inconclusive, double.IsFinite(whole.Low)
            ? Invariant($"{open} {what} could reach from {whole.Low:0.000} to {whole.High:0.000}; {Tightest()}")
            : $"{open} {what} could be undefined");

        string Tightest() => claim.Decidable(whole.Low, whole.High, measured.Range) is { } limit
            ? $"the tightest limit that this run could have passed is {limit}"
            : $"no limit{(double.IsFinite(measured.Range.Highest) ? Invariant($" within {measured.Range.Lowest:0.##} … {measured.Range.Highest:0.##}") : "")}"
                + " could have been passed by this run";
    }

    /// <summary>
    /// All that the unanswered items leave open, from the best to the worst case. Comparing the two cases' own verdicts would not do: below one
    /// limit and above the other both fail, and what lies between may pass.
    /// </summary>
    private static (double Low, double High) Whole(Evidence evidence, Measured measured)
    {
        // The score of all items lies between the two cases. That of the answered ones alone need not: what is answered on one side of a contrast
        // only is in the cases. A correlation's are no more than found by search.
        Estimate[] cases = evidence == Evidence.Score && measured.Sides[0].Metric.Estimator is ClusteredRatio
            ? [measured.AtLeast, measured.AtMost]
            : [measured.Estimate, measured.AtLeast, measured.AtMost];
        return (cases.Min(one => Range(one).Low), cases.Max(one => Range(one).High));

        (double Low, double High) Range(Estimate one) => (evidence, one) switch
        {
            (Evidence.Interval, { Interval: { } interval }) => (interval.Low, interval.High),
            (Evidence.Score, { Value: { } value }) => (value, value),
            _ => (double.NegativeInfinity, double.PositiveInfinity),
        };
    }

    private static (Verdict Verdict, string Reason) Decide(Claim claim, Evidence evidence, Estimate estimate)
    {
        if (estimate.Value is not { } value)
        {
            return (Verdict.Inconclusive, $"undefined: {estimate.UndefinedReason}");
        }

        if (evidence == Evidence.Score)
        {
            var met = claim.Over(value, value);
            return (met, Invariant($"the score {value:0.000} is {(met == Verdict.Pass ? "" : "not ")}{claim.Limits}"));
        }

        if (estimate.Interval is not { } interval)
        {
            return (Verdict.Inconclusive, Invariant($"{value:0.000} without an interval: {estimate.UndefinedReason}"));
        }

        var verdict = claim.Over(interval.Low, interval.High);
        var ends = Invariant($"the {100 * interval.Level:0.##} % interval {interval.Low:0.000} … {interval.High:0.000}");
        return (verdict, verdict switch
        {
            Verdict.Pass => $"{ends} is {claim.Limits}",
            Verdict.Fail => $"no part of {ends} is {claim.Limits}",
            _ => $"{ends} is partly {claim.Limits}",
        });
    }
}
