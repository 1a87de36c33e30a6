using ModelConformance.Statistics;

namespace ModelConformance.Tests.Statistics;

public sealed class PlannedScoresTests
{
    [Fact]
    public void Mean_and_variance_are_those_of_the_distribution()
    {
        var share = PlannedScores.Share(0.85, 0.1);
        var bias = PlannedScores.EitherWay(0.3, 0.1);

        (share.Mean, bias.Mean).Should().Be((0.85, 0));
        share.Variance.Should().BeApproximately(0.85 * 0.15, 1e-12);
        bias.Variance.Should().BeApproximately(0.3, 1e-12);
        PlannedScores.AtTheEnds(-1, 1, 0).Variance.Should().Be(1);
    }

    [Fact]
    public void A_difference_of_which_half_are_alike_has_the_mean_0_and_the_variance_of_one_side()
    {
        foreach (var side in new[] { PlannedScores.Share(0.85, 0.1), PlannedScores.EitherWay(0.3, 0.1), PlannedScores.AtTheEnds(0, 1, 1) })
        {
            var difference = side.Difference();

            difference.Scores.Sum(score => score.Probability).Should().BeApproximately(1, 1e-12);
            difference.Mean.Should().BeApproximately(0, 1e-12);
            difference.Variance.Should().BeApproximately(side.Variance, 1e-12);
            difference.Correlation.Should().Be(side.Correlation);
        }
    }

    [Theory]
    [InlineData(0.7)]
    [InlineData(0.999)]
    public void With_another_mean_a_share_is_that_share(double mean)
    {
        var moved = PlannedScores.Share(0.85, 0.1).WithMean(mean);

        moved.Scores[1].Probability.Should().BeApproximately(mean, 1e-9);
        moved.Correlation.Should().Be(0.1);
    }

    [Fact]
    public void With_another_mean_scores_keep_their_places_and_as_much_of_their_spread_as_they_can()
    {
        var bias = PlannedScores.EitherWay(0.3, 0.1);

        bias.WithMean(0).Scores.Select(score => Math.Round(score.Probability, 9)).Should().Equal(0.15, 0.7, 0.15);
        bias.WithMean(-0.1).Mean.Should().BeApproximately(-0.1, 1e-9);
        bias.WithMean(-0.1).Variance.Should().BeInRange(0.29, 0.31);
        bias.WithMean(1.2).Mean.Should().BeApproximately(1, 1e-9, "there is nothing beyond the end");
        bias.WithMean(1.2).Variance.Should().BeApproximately(0, 1e-9);
    }

    [Theory]
    [InlineData(0, 0.01)]
    [InlineData(0, 1000)]
    [InlineData(1000, 1001)]
    [InlineData(-1001, -1000)]
    public void Any_mean_within_the_range_can_be_theirs(double lowest, double highest)
    {
        foreach (var share in new[] { 0.001, 0.3, 0.9 })
        {
            var mean = lowest + share * (highest - lowest);
            PlannedScores.AtTheEnds(lowest, highest, 0).WithMean(mean).Mean.Should().BeApproximately(mean, 1e-9 * (highest - lowest) + 1e-11);
        }
    }

    [Fact]
    public void In_words_it_says_all_that_is_assumed()
    {
        PlannedScores.EitherWay(0.3, 0.1).ToString().Should().Be("scores −1: 15 %, 0: 70 %, 1: 15 %; correlation within a cluster 0.1");
        PlannedScores.Share(0.5, 1).Difference().ToString()
            .Should().Be("differences −1: 12.5 %, 0: 75 %, 1: 12.5 %; correlation within a cluster 1");
    }
}
