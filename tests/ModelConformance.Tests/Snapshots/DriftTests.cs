using ModelConformance.Protocol;
using ModelConformance.Snapshots;

namespace ModelConformance.Tests.Snapshots;

public sealed class DriftTests
{
    [Fact]
    public void Flips_are_counted_by_direction_the_most_frequent_first()
    {
        var drift = Drift.Between(
            Given.Answers(10),
            Given.Answers(
                10, Given.Line(1, null, "refused"), Given.Line(2, "a", "target"), Given.Line(3, "b", "target"), Given.Line(4, "b", "other")));

        drift.Directions.Select(direction => direction.ToString())
            .Should().Equal("unknown → target: 2", "unknown → other: 1", "unknown → refused: 1");
        drift.Changed.Should().Be(4);
        drift.Items.Should().Be(10);
    }

    [Fact]
    public void Added_and_removed_items_count_as_changes_and_another_order_does_not()
    {
        var approved = Given.Answers(10);
        var received = approved with { Lines = [Given.Line(11, "a", "target"), .. approved.Lines.Skip(2).Reverse()] };

        var drift = Drift.Between(approved, received);

        drift.Added.Should().Equal("bbq/Age/11");
        drift.Removed.Should().Equal("bbq/Age/1", "bbq/Age/2");
        drift.Flips.Should().BeEmpty();
        drift.Changed.Should().Be(3);
        drift.Items.Should().Be(11);
    }

    [Theory]
    [InlineData(200, 2, true)]
    [InlineData(200, 3, false)]
    [InlineData(199, 2, false)]
    [InlineData(99, 1, false)]
    [InlineData(99, 0, true)]
    public void Exactly_the_budget_passes_and_one_more_does_not(int items, int flips, bool passes)
    {
        Drift.Between(Given.Answers(items), Given.Answers(items, Given.Flips(flips))).IsWithin(DriftBudget.Default).Should().Be(passes);
    }

    [Theory]
    [InlineData(0.29, 100, 29)]
    [InlineData(0.07, 100, 7)]
    [InlineData(0, 1000, 0)]
    [InlineData(1, 1000, 1000)]
    public void The_budget_is_what_a_reader_calculates(decimal share, int items, int allowed)
    {
        new DriftBudget(share).Allowed(items).Should().Be(allowed);
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    public void A_budget_is_a_share(decimal share)
    {
        var budget = () => new DriftBudget(share);

        budget.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Beyond_the_budget_the_message_names_numbers_directions_and_the_first_twenty_items()
    {
        var drift = Drift.Between(Given.Answers(100), Given.Answers(100, Given.Flips(25)));

        var lines = DriftMessage.Of(drift, DriftBudget.Default).Split('\n');

        lines[0].Should().Be("25 of 100 answers changed; 1 may.");
        lines[1].Should().Be("  unknown → target: 25");
        lines[2].Should().Be("  bbq/Age/1  c unknown → a target");
        lines[21].Should().Be("  bbq/Age/20  c unknown → a target");
        lines[22].Should().Be("  … and 5 more");
        lines.Should().HaveCount(23);
    }

    public static TheoryData<SnapshotHeading, string> OtherHeadings => new()
    {
        { Given.Heading with { Dataset = new("sample", "000000000000") }, "dataset: found 'sample 000000000000', expected 'sample 0123456789ab'" },
        { Given.Heading with { Wording = "000000000000" }, "wording: found '000000000000', expected 'ba9876543210'" },
        { Given.Heading with { Mode = Mode.Logprobs }, "mode: found 'logprobs', expected 'text'" },
        { Given.Heading with { Target = "other" }, "target: found 'other', expected 'reference-fair'" },
        { Given.Heading with { Prefill = "emulated" }, "prefill: found 'emulated', expected 'real'" },
    };

    [Theory]
    [MemberData(nameof(OtherHeadings), DisableDiscoveryEnumeration = true)]
    public void Answers_to_something_else_are_no_drift_but_must_be_approved_anew(SnapshotHeading heading, string message)
    {
        var drift = Drift.Between(Given.Answers(5), Given.Answers(5) with { Heading = heading });

        drift.IsComparable.Should().BeFalse();
        drift.IsWithin(new DriftBudget(1)).Should().BeFalse();
        DriftMessage.Of(drift, DriftBudget.Default).Should().Contain("approve anew").And.Contain(message);
    }

    [Fact]
    public void An_approved_file_that_is_no_snapshot_must_be_approved_anew()
    {
        var comparison = SnapshotComparison.OfAnswers(Given.Answers(2).Render(), "<<<<<<< HEAD", new DriftBudget(1));

        comparison.IsEqual.Should().BeFalse();
        comparison.Message.Should().Be("The approved snapshot cannot be read (line 1: expected 'target: …'): approve anew.");
    }
}
