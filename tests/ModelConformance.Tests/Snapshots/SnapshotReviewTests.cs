using ModelConformance.Snapshots;

namespace ModelConformance.Tests.Snapshots;

public sealed class SnapshotReviewTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Pending_snapshots_are_found_by_target_and_name()
    {
        Receive("org/Model", "bbq.Age.Q", "x");
        Receive("fair", "bbq.Age.Q", "x");
        Receive("fair", "bbq.Religion.Q+IF", "x");
        Receive("", "PublicApi.Library", "x");

        Names(SnapshotReview.Pending(folder.Path)).Should().Equal("PublicApi.Library", "bbq.Age.Q", "bbq.Religion.Q+IF", "bbq.Age.Q");
        Names(SnapshotReview.Pending(folder.Path, "org/Model")).Should().Equal("bbq.Age.Q");
        Names(SnapshotReview.Pending(folder.Path, SnapshotFile.FolderOf("org/Model"))).Should().Equal("bbq.Age.Q");
        Names(SnapshotReview.Pending(folder.Path, name: "bbq.Religion.*")).Should().Equal("bbq.Religion.Q+IF");
        Names(SnapshotReview.Pending(folder.Path, "fair", "bbq.Age.Q")).Should().Equal("bbq.Age.Q");
        SnapshotReview.Pending(folder.Path, name: "fair/bbq.Age.Q").Should().ContainSingle().Which.Folder.Should().Be("fair");
        SnapshotReview.Pending(folder.Path, name: "PublicApi.Library").Should().ContainSingle().Which.Folder.Should().BeEmpty();
        SnapshotReview.Pending(Path.Combine(folder.Path, "nowhere")).Should().BeEmpty();
    }

    [Fact]
    public void A_diff_says_what_changed_and_whether_it_would_pass()
    {
        var file = Receive("fair", "bbq.Age.Q", Given.Answers(100, Given.Flips(1)).Render());
        SnapshotReview.Diff(file, DriftBudget.Default).Should().Match<SnapshotDiff>(diff => diff.IsNew && !diff.IsWithinBudget);

        File.WriteAllText(file.Verified, Given.Answers(100).Render());

        var diff = SnapshotReview.Diff(file, DriftBudget.Default);
        diff.IsNew.Should().BeFalse();
        diff.IsWithinBudget.Should().BeTrue();
        diff.Message.Should().Contain("unknown → target: 1");
        SnapshotReview.Diff(file, new DriftBudget(0)).IsWithinBudget.Should().BeFalse();
    }

    [Fact]
    public void A_diff_of_other_text_shows_its_lines()
    {
        var file = Receive("", "PublicApi.Library", "one\nthree");
        File.WriteAllText(file.Verified, "one\ntwo");

        SnapshotReview.Diff(file, DriftBudget.Default).Message.Should().Be("- two\n+ three");
    }

    [Fact]
    public void Accepting_puts_the_received_file_in_the_place_of_the_verified_one()
    {
        var file = Receive("fair", "bbq.Age.Q", "first");
        SnapshotReview.Accept(file, ReviewerDiff.Off).IsNew.Should().BeTrue();
        Receive("fair", "bbq.Age.Q", "second");
        SnapshotReview.Accept(file, ReviewerDiff.Off).IsNew.Should().BeFalse();

        File.ReadAllText(file.Verified).Should().Be("second");
        Directory.GetFiles(file.Directory).Should().Equal(file.Verified);
        SnapshotEngine.Check("second", file, SnapshotComparison.OfText, ReviewerDiff.Off).Passed.Should().BeTrue();
    }

    [Fact]
    public void Nothing_can_be_accepted_where_nothing_was_received()
    {
        var accept = () => SnapshotReview.Accept(new(folder.Path, "fair", "bbq.Age.Q"), ReviewerDiff.Off);

        accept.Should().Throw<FileNotFoundException>().WithMessage("No received snapshot: *bbq.Age.Q.received.txt");
    }

    private SnapshotFile Receive(string model, string name, string text)
    {
        var file = new SnapshotFile(folder.Path, model.Length == 0 ? "" : SnapshotFile.FolderOf(model), name);
        Directory.CreateDirectory(file.Directory);
        File.WriteAllText(file.Received, text);
        return file;
    }

    private static IEnumerable<string> Names(IEnumerable<SnapshotFile> files) => files.Select(file => file.Name);
}
