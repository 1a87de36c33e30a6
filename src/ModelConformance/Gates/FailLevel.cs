using ModelConformance.Metrics;

namespace ModelConformance.Gates;

/// <summary>
/// The p-value of a claim that fails under interval evidence, of the hypothesis that its quantity is within the limits: the smallest alpha at
/// which it would still fail. Sought by halving, with the judge's own rule at every alpha, so that it is the same test whatever the interval.
/// </summary>
internal static class FailLevel
{
    /// <summary>What is smaller is not told apart: doubles near a level of 1 would soon be too few.</summary>
    public const double Smallest = 1e-9;

    /// <summary>How exactly it is found, as a share of it; never too small.</summary>
    private const double Precision = 0.001;

    /// <summary>The p-value.</summary>
    /// <param name="gate">The gate; at its alpha the claim fails.</param>
    /// <param name="claim">Its claim, or one of its alternatives.</param>
    /// <param name="at">The claim's quantity at any level.</param>
    public static double Of(Gate gate, Claim claim, Func<double, Measured> at)
    {
        if (gate.Alpha <= Smallest || Fails(Smallest))
        {
            return Math.Min(gate.Alpha, Smallest);
        }

        var (open, fails) = (Smallest, gate.Alpha);
        while (fails > (1 + Precision) * open)
        {
            var middle = Math.Sqrt(open * fails);
            (open, fails) = Fails(middle) ? (open, middle) : (middle, fails);
        }

        return fails;

        bool Fails(double alpha) => GateJudge.Decide(claim, Evidence.Interval, at(Gate.LevelAt(alpha))).Verdict == Verdict.Fail;
    }
}
