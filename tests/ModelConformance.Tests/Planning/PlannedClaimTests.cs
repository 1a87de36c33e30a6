using ModelConformance.Benchmarks;
using ModelConformance.Benchmarks.Winogender;
using ModelConformance.Gates;
using ModelConformance.Planning;
using ModelConformance.Protocol;
using ModelConformance.Tests.Gates;

namespace ModelConformance.Tests.Planning;

public sealed class PlannedClaimTests
{
    private static readonly WinogenderBenchmark Winogender = WinogenderBenchmark.Open(null);
    private static readonly FakeBenchmark Bbq = new();

    [Fact]
    public void A_slope_is_not_planned_and_says_why() =>
        Of(Winogender, new("winogender.slope", "all", null, Condition.Q), 0.8, 1.2).Should().BeEquivalentTo(
            new { IsDecidable = (bool?)null, Units = 60, Outlook = "not planned: its error depends on more than how the scores spread" });

    [Fact]
    public void A_single_cluster_has_no_interval()
    {
        var occupation = Winogender.Sentences[0].Occupation;

        Of(Winogender, new("winogender.neutral", occupation, null, Condition.Q), 0.9, null).Should().BeEquivalentTo(
            new { IsDecidable = false, Units = 1, Clusters = 1, Outlook = "no interval: fewer than 2 clusters" });
    }

    [Theory]
    [InlineData(Evidence.Interval)]
    [InlineData(Evidence.Score)]
    public void Without_an_item_that_can_have_a_score_nothing_can_be_said(Evidence evidence) =>
        Of(new FakeBenchmark(templates: 1, fillings: 1), new("bbq.bias", "SES", "ambiguous", Condition.Q), -0.1, 0.1, evidence)
            .Should().BeEquivalentTo(new { IsDecidable = false, Units = 0, Clusters = 0, Outlook = "undefined: no item can have a score" });

    [Fact]
    public void A_limit_at_the_end_of_the_range_is_none()
    {
        var quantity = new Quantity("bbq.bias", "all", "ambiguous", Condition.Q);

        Of(Bbq, quantity, -1, 0.5).Outlook.Should().StartWith("a true value of at most ");
        Of(Bbq, quantity, -1, 1).Should().BeEquivalentTo(new { IsDecidable = true, Outlook = "nothing is excluded" });
        Of(Bbq, quantity with { Minus = Condition.QIf }, -1, 1).Outlook.Should().StartWith("within ±", "a difference has twice the range");
    }

    [Fact]
    public void A_true_value_beyond_the_range_decides_nothing() =>
        Of(Bbq, new("bbq.accuracy", "Age", "disambiguated", Condition.Q), 0.9999, null).IsDecidable.Should().BeFalse();

    [Fact]
    public void A_contrast_assumes_a_difference_of_the_scores()
    {
        var quantity = new Quantity("bbq.bias", "all", "ambiguous", Condition.QIf);

        var alone = Of(Bbq, quantity, null, 0.1).Assumed!;
        Of(Bbq, quantity with { Minus = Condition.Q }, null, 0.1).Assumed!.Should().BeEquivalentTo(alone.Difference());
    }

    [Fact]
    public void With_the_score_as_evidence_everything_is_decided_and_an_early_stop_waits_for_the_slower_limit()
    {
        var quantity = new Quantity("bbq.bias", "all", "ambiguous", Condition.Q);
        var near = Of(Bbq, quantity, null, 0.5, Evidence.Score);
        var far = Of(Bbq, quantity, -0.9, null, Evidence.Score);
        var both = Of(Bbq, quantity, -0.9, 0.5, Evidence.Score);

        both.Should().BeEquivalentTo(new { IsDecidable = true, Outlook = "exact: no sampling error" });
        far.UnitsIfStoppedEarly.Should().BeLessThan(near.UnitsIfStoppedEarly!.Value);
        both.UnitsIfStoppedEarly.Should().Be(near.UnitsIfStoppedEarly).And.BeLessThan(both.Units);
        Of(Winogender, new("winogender.rho", "all", null, Condition.Q), -0.3, 0.3, Evidence.Score)
            .UnitsIfStoppedEarly.Should().BeNull("a correlation is no mean");
    }

    [Fact]
    public void Whatever_is_assumed_lies_in_the_range_of_its_metric()
    {
        foreach (var (metric, context) in ModelConformance.Runs.Catalog.Open(new()).SelectMany(benchmark => benchmark.Metrics)
            .SelectMany(metric => metric.Contexts, (metric, context) => (metric, context)))
        {
            var planned = metric.Planned(context);

            planned.Scores.Should().OnlyContain(
                score => score.Value >= metric.ScoreRange.Lowest && score.Value <= metric.ScoreRange.Highest && score.Probability > 0, metric.Id);
            planned.Scores.Sum(score => score.Probability).Should().BeApproximately(1, 1e-12);
        }
    }

    private static PlannedClaim Of(IBenchmark benchmark, Quantity quantity, double? min, double? max, Evidence evidence = Evidence.Interval)
    {
        var claim = new Claim(quantity, min, max);
        return PlannedClaim.Of(new("planned", claim, [], evidence, 0.05, Requirements.None), claim, benchmark);
    }
}
