using ModelConformance.Gates;
using ModelConformance.Planning;
using ModelConformance.Protocol;
using ModelConformance.Statistics;
using ModelConformance.Tests.Gates;
using Xunit.Abstractions;

namespace ModelConformance.Tests.Statistics;

/// <summary>
/// What is planned with a probability of 80 % passes in 80 of 100 simulated runs whose scores fall as assumed: within 4 standard errors of a share of
/// so many, and 2 in 100 for the error that the plan takes to be known and the run must estimate.
/// </summary>
[Trait("Category", "Long")]
public sealed class PlannedPowerTests(ITestOutputHelper output)
{
    private const double Alpha = 0.05;

    // Uneven, as templates are.
    private static readonly int[] Sizes = [.. Enumerable.Range(0, 40).Select(i => 4 + i * 7 % 24)];

    private readonly Random random = new(2302);

    public static TheoryData<string> Kinds => ["bias", "share", "alike in a cluster", "difference"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_tightest_limits_around_the_truth_are_met(string kind)
    {
        var planned = Planned(kind);
        var (low, high) = DecidableEffect.OfMean(planned, Sizes).Within(planned.Mean - 0.3, planned.Mean + 0.3, Alpha);

        ShouldPass(2000, () => Interval(planned), low, high);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_truth_so_far_within_one_limit_meets_it(string kind)
    {
        var planned = Planned(kind);
        var effect = DecidableEffect.OfMean(planned, Sizes);
        var limit = planned.Mean - 0.1;
        var (above, below) = (effect.Above(limit, Alpha), effect.Below(limit, Alpha));

        ShouldPass(2000, () => Interval(planned.WithMean(above)), limit, double.PositiveInfinity);
        ShouldPass(2000, () => Interval(planned.WithMean(below)), double.NegativeInfinity, limit);
    }

    [Fact]
    public void The_tightest_limits_around_a_correlation_of_0_are_met()
    {
        var (low, high) = DecidableEffect.OfCorrelation(60).Within(-0.5, 0.5, Alpha);

        ShouldPass(4000, () => Correlation.Estimator.Of(Occupations().First, 1 - 2 * Alpha, -9, 9).Interval!, low, high);
    }

    [Fact]
    public void The_tightest_limits_around_equal_correlations_are_met()
    {
        var (low, high) = DecidableEffect.OfCorrelationContrast(60).Within(-0.5, 0.5, Alpha);

        ShouldPass(
            400,
            () =>
            {
                var (first, second) = Occupations();
                return Correlation.Estimator.Contrast(first, second, 1 - 2 * Alpha, -9, 9).Interval!;
            },
            low,
            high);
    }

    [Fact]
    public void A_gate_that_is_planned_so_passes()
    {
        var benchmark = new FakeBenchmark(templates: 25, fillings: 4);
        var planned = benchmark.BiasMetric.Planned("ambiguous");
        int[] sizes = [.. benchmark.Items.Where(item => item.Context == "ambiguous" && benchmark.BiasMetric.Counts(item))
            .CountBy(item => item.Cluster).Select(pair => pair.Value)];
        var (low, high) = DecidableEffect.OfMean(planned, sizes).Within(-0.5, 0.5, Alpha);
        var claim = new Claim(new("bbq.bias", "all", "ambiguous", Condition.Q), low, high);
        var gate = new Gate("planned", claim, [], Evidence.Interval, Alpha, Requirements.None);
        PlannedClaim.Of(gate, claim, benchmark).Should().BeEquivalentTo(
            new { Units = sizes.Sum(), Clusters = sizes.Length, Outlook = claim.Decidable(low, high, (-1, 1)), IsDecidable = true });

        Share(1000, () =>
        {
            var common = new Dictionary<string, double>();
            var sheet = benchmark.AnsweredBy((item, condition) => condition != Condition.Q ? null
                : Answer.Of(Score(planned, item.Cluster, common) > 0 ? FakeBenchmark.Target : FakeBenchmark.Other));
            return GateJudge.Judge(gate, benchmark, sheet).Verdict == Verdict.Pass;
        });
    }

    private static PlannedScores Planned(string kind) => kind switch
    {
        "bias" => PlannedScores.EitherWay(0.3, 0.1),
        "share" => PlannedScores.Share(0.85, 0.1),
        "alike in a cluster" => PlannedScores.EitherWay(0.1, 1),
        _ => PlannedScores.EitherWay(0.3, 0.1).Difference(),
    };

    private Interval Interval(PlannedScores planned)
    {
        var common = new Dictionary<int, double>();
        Observation[] drawn = [.. Sizes.SelectMany((size, cluster) => Enumerable.Range(0, size)
            .Select(_ => new Observation(Score(planned, cluster, common), 1, cluster)))];
        return ClusteredRatio.Of(drawn, 1 - 2 * Alpha, -9, 9).Interval!;
    }

    /// <summary>A draw that is its cluster's own with the probability √ρ: two of one cluster correlate by ρ.</summary>
    private double Score<TCluster>(PlannedScores planned, TCluster cluster, Dictionary<TCluster, double> common)
        where TCluster : notnull
    {
        if (random.NextDouble() >= Math.Sqrt(planned.Correlation))
        {
            return Draw(planned);
        }

        return common.TryGetValue(cluster, out var known) ? known : common[cluster] = Draw(planned);
    }

    private double Draw(PlannedScores planned)
    {
        var left = random.NextDouble();
        foreach (var (value, probability) in planned.Scores)
        {
            if ((left -= probability) < 0)
            {
                return value;
            }
        }

        return planned.Scores[^1].Value;
    }

    /// <summary>Scores under two conditions that correlate by ½ with each other and not with the covariate.</summary>
    private (Observation[] First, Observation[] Second) Occupations()
    {
        var all = Enumerable.Range(0, 60).Select(_ => (X: random.NextDouble(), Own: Normal(), Other: Normal())).ToArray();
        return (
            [.. all.Select((one, i) => new Observation(one.Own, 1, i) { Covariates = [one.X] })],
            [.. all.Select((one, i) => new Observation(0.5 * one.Own + Math.Sqrt(0.75) * one.Other, 1, i) { Covariates = [one.X] })]);
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private void ShouldPass(int runs, Func<Interval> interval, double low, double high) => Share(runs, () =>
    {
        var found = interval();
        return found.Low >= low && found.High <= high;
    });

    private void Share(int runs, Func<bool> passes)
    {
        var share = (double)Enumerable.Range(0, runs).Count(_ => passes()) / runs;
        output.WriteLine($"{share:0.000} of {runs}");
        share.Should().BeApproximately(DecidableEffect.Power, 0.02 + 4 * Math.Sqrt(0.8 * 0.2 / runs));
    }
}
