using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Protocol;
using ModelConformance.Snapshots;

namespace ModelConformance.Tests.Snapshots;

/// <summary>Snapshots of cells that were asked until their gates were decided: each holds a part of the items, and two of them overlap.</summary>
public sealed class PartSnapshotTests
{
    private static readonly BbqBenchmark Bbq = BbqBenchmark.Open(null);

    [Fact]
    public void A_snapshot_of_a_part_holds_what_was_asked_and_says_so()
    {
        var age = Bbq.Items.Where(item => item.Slice == "Age").ToArray();
        var asked = age.Where((_, place) => place % 3 == 1).ToHashSet();

        var snapshot = Of(item => asked.Contains(item) ? Answer.Unparsed : Answer.Missing);

        snapshot.Heading.IsPart.Should().BeTrue();
        snapshot.Lines.Select(line => line.Item).Should().Equal(age.Where(asked.Contains).Select(item => item.Id));
        snapshot.Render().Split('\n').Should().ContainInOrder($"wording: {Bbq.Wording(Condition.Q)}", "asked: until decided", "");
        var read = AnswerSnapshot.Parse(snapshot.Render());
        (read.Heading, read.Lines.Length).Should().Be((snapshot.Heading, asked.Count));
    }

    [Fact]
    public void Where_all_items_came_to_be_asked_it_is_a_snapshot_like_any_other() =>
        Of(_ => Answer.Unparsed).Should().BeEquivalentTo(AnswerSnapshot.Of(
            Bbq, Bbq.Slices.Single(slice => slice.Id == "Age"), Condition.Q, Mode.Text, "model", "real", _ => Answer.Unparsed));

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Two_runs_are_compared_over_what_both_asked(bool firstIsPart, bool secondIsPart)
    {
        var approved = Part(Given.Answers(30), firstIsPart);
        var received = Part(Given.Answers(40, Given.Line(3, "a", "target"), Given.Line(35, "a", "target")), secondIsPart);

        var drift = Drift.Between(approved, received);

        drift.Flips.Select(flip => flip.Old.Item).Should().Equal("bbq/Age/3");
        (drift.Changed, drift.Items, drift.NotCompared).Should().Be((1, 30, 10));
        DriftMessage.Of(drift, DriftBudget.Default).Should().Contain("1 of 30 answers changed; 0 may.")
            .And.Contain("not compared: 10, asked in one of the two runs only");
        drift.IsWithin(new DriftBudget(0.04m)).Should().BeTrue();
        drift.IsWithin(new DriftBudget(0.03m)).Should().BeFalse();
    }

    [Fact]
    public void A_run_that_needed_nothing_of_a_cell_has_nothing_to_compare() =>
        Drift.Between(Part(Given.Answers(30), true), Part(Given.Answers(0), true)).IsWithin(new DriftBudget(0)).Should().BeTrue();

    [Fact]
    public void Parts_without_a_common_item_are_answers_to_something_else()
    {
        var drift = Drift.Between(
            Part(Given.Answers(30), true), Part(Given.Answers(60) with { Lines = [.. Given.Answers(60).Lines.Skip(30)] }, true));

        drift.IsComparable.Should().BeFalse();
        DriftMessage.Of(drift, DriftBudget.Default).Should().Contain("asked: found 'other items', expected 'some of the same'");
    }

    private static AnswerSnapshot Of(Func<Item, Answer> answers) => AnswerSnapshot.Of(
        Bbq, Bbq.Slices.Single(slice => slice.Id == "Age"), Condition.Q, Mode.Text, "model", "real", answers, untilDecided: true);

    private static AnswerSnapshot Part(AnswerSnapshot snapshot, bool isPart) => snapshot with { Heading = snapshot.Heading with { IsPart = isPart } };
}
