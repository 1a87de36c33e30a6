using ModelConformance.Answers;
using ModelConformance.Benchmarks;
using ModelConformance.Metrics;
using ModelConformance.Protocol;
using ModelConformance.Tests.Gates;

namespace ModelConformance.Tests.Metrics;

public sealed class MeasurementTests
{
    private readonly FakeBenchmark benchmark = new(templates: 2, fillings: 2);

    [Fact]
    public void BiasMetricis_the_mean_of_the_scores_in_an_ambiguous_cell()
    {
        // 8 ambiguous items in Age: the first 4 of template 1 biased, one of template 2 the other way.
        var measurement = Measure("Age", (item, _) => item.Cluster == "Age/1" ? Answer.Of("a") : item.Number == 8 ? Answer.Of("b") : Answer.Of("c"));

        measurement.Estimate.Value.Should().Be(3.0 / 8);
        measurement.Should().BeEquivalentTo(new { Items = 8, Scored = 8, NoTarget = 0, Unscored = 0, Asked = 8 });
        measurement.Clusters.Should().Equal(new ClusterScore("Age/1", 1, 4), new ClusterScore("Age/2", -0.25, 4));
        measurement.AtLeast.Should().BeSameAs(measurement.Estimate);
    }

    [Fact]
    public void The_counts_of_the_outcomes_add_up_to_the_items_of_the_cell()
    {
        Answer?[] outcomes = [Answer.Of("a"), Answer.Refused, Answer.Filtered, Answer.Unparsed, Answer.Failed, null, Answer.Of("c"), Answer.Refused];

        var measurement = Measure("Age", (item, _) => outcomes[item.Number / 4 * 2 + item.Number % 4 % 2]);

        measurement.Counts.Should().Be(new Counts(2, 2, 1, 1, 1, 1));
        measurement.Counts.Items.Should().Be(measurement.Items);
        measurement.Asked.Should().Be(7);
        measurement.Counts.ToString().Should().Be("answered 2, refused 2, filtered 1, unparsed 1, failed 1, missing 1 of 8");
    }

    [Fact]
    public void Unanswered_items_leave_bounds()
    {
        // 6 answered with "unknown", 2 unparsed: the mean of 8 lies in ±2/8.
        var measurement = Measure("Age", (item, _) => item.Number is 0 or 8 ? Answer.Unparsed : Answer.Of("c"));

        measurement.Estimate.Value.Should().Be(0);
        measurement.AtLeast.Value.Should().Be(-0.25);
        measurement.AtMost.Value.Should().Be(0.25);
        measurement.Unscored.Should().Be(2);
    }

    [Fact]
    public void Items_without_a_target_are_in_the_counts_and_in_no_score()
    {
        var measurement = Measure("SES", Models.AlwaysStereotype);

        measurement.Should().BeEquivalentTo(new { Items = 8, NoTarget = 2, Scored = 6, Unscored = 0 });
        measurement.Counts.Answered.Should().Be(8);
        measurement.Estimate.Value.Should().Be(1);
    }

    [Fact]
    public void A_refused_item_without_a_target_leaves_no_bounds()
    {
        var measurement = Measure("SES", (item, _) => item.HasTarget ? Answer.Of("c") : Answer.Refused);

        measurement.Counts.Refused.Should().Be(2);
        measurement.AtMost.Should().BeSameAs(measurement.Estimate);
    }

    [Fact]
    public void A_cell_without_answers_is_undefined_with_bounds_over_the_whole_range()
    {
        var measurement = Measure("Age", Models.Refusing);

        measurement.Estimate.Value.Should().BeNull();
        measurement.Estimate.UndefinedReason.Should().Be("no answered items");
        (measurement.AtLeast.Value, measurement.AtMost.Value).Should().Be((-1, 1));
        measurement.Clusters.Should().BeEmpty();
    }

    [Fact]
    public void Disambiguated_bias_is_a_ratio_that_unknown_answers_are_no_part_of()
    {
        // Of 8 disambiguated items: 3 stereotyped, 1 the other way, 4 unknown: (3 − 1)/4.
        var measurement = Measurement.Of(
            benchmark,
            benchmark.AnsweredBy((item, _) => Answer.Of(item.Number is 2 or 3 or 6 ? "a" : item.Number is 10 ? "b" : "c")),
            benchmark.BiasMetric,
            Slice("Age"),
            "disambiguated",
            Condition.Q,
            0.9);

        measurement.Estimate.Value.Should().Be(0.5);
        Measurement.Of(benchmark, benchmark.AnsweredBy(Models.AlwaysUnknown), benchmark.BiasMetric, Slice("Age"), "disambiguated", Condition.Q, 0.9)
            .Estimate.UndefinedReason.Should().Be("no item counts in the denominator");
    }

    [Fact]
    public void An_answer_that_lacks_what_the_metric_needs_leaves_bounds_too()
    {
        var expected = benchmark.BiasMetric with { Score = (_, answer) => answer.Probabilities is null ? null : new Score(1) };

        var measurement = Measurement.Of(benchmark, benchmark.AnsweredBy(Models.Ideal), expected, Slice("Age"), "ambiguous", Condition.Q, 0.9);

        measurement.Counts.Answered.Should().Be(8);
        measurement.Should().BeEquivalentTo(new { Scored = 0, Unscored = 8 });
    }

    [Fact]
    public void A_context_that_the_metric_does_not_have_is_refused()
    {
        var measure = () => Measurement.Of(benchmark, new AnswerSheet(), benchmark.BiasMetric, Slice("Age"), null, Condition.Q, 0.9);

        measure.Should().Throw<ArgumentException>();
    }

    private Measurement Measure(string slice, Func<FakeItem, Condition, Answer?> model) =>
        Measurement.Of(benchmark, benchmark.AnsweredBy(model), benchmark.BiasMetric, Slice(slice), "ambiguous", Condition.Q, 0.9);

    private Slice Slice(string id) => benchmark.Slices.Single(slice => slice.Id == id);
}
