using ModelConformance.Metrics;
using ModelConformance.Protocol;
using ModelConformance.Tests.Gates;

namespace ModelConformance.Tests.Metrics;

public sealed class ContrastTests
{
    private readonly FakeBenchmark benchmark = new(templates: 2, fillings: 2);

    [Fact]
    public void A_contrast_is_over_the_items_answered_under_both_conditions()
    {
        // Q: item 0 refused, the 3 others of template 1 biased. Q+IF: item 1 refused, the rest unknown. Both answered: 6 items, 2 of them −1.
        var contrast = Measure((item, condition) => (condition.Id, item.Number) switch
        {
            ("Q", 0) or ("Q+IF", 1) => Answer.Refused,
            ("Q", < 8) => Answer.Of("a"),
            _ => Answer.Of("c"),
        });

        contrast.Estimate.Value.Should().Be(-2.0 / 6);
        contrast.Should().BeEquivalentTo(new { Items = 8, Scored = 6, Unscored = 2, Asked = 8 });
        contrast.First.Counts.Should().Be(new Counts(7, 1, 0, 0, 0, 0));
        contrast.Second.Estimate.Value.Should().Be(3.0 / 7);
        contrast.Clusters.Should().Equal(new ClusterScore("Age/1", -1, 2), new ClusterScore("Age/2", 0, 4));
    }

    [Fact]
    public void Unanswered_items_on_either_side_leave_bounds()
    {
        // All unknown, one refused under Q+IF and another under Q: each can move the mean of 8 differences by 1/8 either way.
        var contrast = Measure((item, condition) => (condition.Id, item.Number) is ("Q", 0) or ("Q+IF", 1) ? Answer.Refused : Answer.Of("c"));

        contrast.Estimate.Value.Should().Be(0);
        (contrast.AtLeast.Value, contrast.AtMost.Value).Should().Be((-0.25, 0.25));
    }

    [Fact]
    public void An_item_asked_under_one_condition_only_is_not_asked()
    {
        var contrast = Measure((item, condition) => condition == Condition.Q && item.Number == 0 ? null : Answer.Of("c"));

        contrast.Asked.Should().Be(7);
    }

    private Contrast Measure(Func<FakeItem, Condition, Answer?> model) => Contrast.Of(
        benchmark,
        benchmark.AnsweredBy(model),
        benchmark.BiasMetric,
        benchmark.Slices.Single(slice => slice.Id == "Age"),
        "ambiguous",
        Condition.QIf,
        Condition.Q,
        0.9);
}
