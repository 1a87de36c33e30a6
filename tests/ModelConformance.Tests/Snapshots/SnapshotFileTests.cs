using FsCheck;
using FsCheck.Fluent;
using ModelConformance.Benchmarks;
using ModelConformance.Protocol;
using ModelConformance.Snapshots;

namespace ModelConformance.Tests.Snapshots;

public sealed class SnapshotFileTests
{
    private static readonly Dataset Upstream = new("upstream", "0123456789ab");
    private static readonly Dataset Sample = new("sample", "0123456789ab");

    [Fact]
    public void Sample_and_real_data_never_meet_in_one_file()
    {
        var root = Path.GetFullPath("snapshots");

        SnapshotFile.Of("snapshots", "reference-self-correcting", "bbq", Upstream, "Age", Condition.QIf).Verified
            .Should().Be(Path.Combine(root, "reference-self-correcting", "bbq.Age.Q+IF.verified.txt"));
        SnapshotFile.Of("snapshots", "reference-self-correcting", "bbq", Sample, "Age", Condition.QIf).Received
            .Should().Be(Path.Combine(root, "reference-self-correcting", "bbq-sample.Age.Q+IF.received.txt"));
    }

    [Fact]
    public void Slices_and_conditions_give_names_that_cannot_run_together()
    {
        SnapshotFile.Of("s", "m", "bbq", Upstream, "Gender_identity/name", new Condition("Q:2")).Name
            .Should().MatchRegex(@"^bbq\.Gender_identity-name~[0-9a-f]{8}\.Q-2$");
        SnapshotFile.Of("s", "m", "bbq", Upstream, "a.b", Condition.Q).Name.Should().MatchRegex(@"^bbq\.a-b~[0-9a-f]{8}\.Q$");
    }

    [Theory]
    [InlineData("gpt-4.1-mini", @"^gpt-4\.1-mini$")]
    [InlineData("org/Model:7b", "^org-model-7b~[0-9a-f]{8}$")]
    [InlineData("Model", "^model~[0-9a-f]{8}$")]
    [InlineData("CON", "^_con~[0-9a-f]{8}$")]
    [InlineData("aux.7b", @"^_aux\.7b~[0-9a-f]{8}$")]
    [InlineData("com1", "^_com1~[0-9a-f]{8}$")]
    [InlineData("..", "^_~[0-9a-f]{8}$")]
    [InlineData("a/../b", @"^a-\.\.-b~[0-9a-f]{8}$")]
    [InlineData("../../etc", @"^etc~[0-9a-f]{8}$")]
    [InlineData(@"..\x", "^x~[0-9a-f]{8}$")]
    [InlineData("/", "^_~[0-9a-f]{8}$")]
    [InlineData("x.", "^x~[0-9a-f]{8}$")]
    [InlineData("-rf", "^rf~[0-9a-f]{8}$")]
    [InlineData("модель", "^_~[0-9a-f]{8}$")]
    [InlineData("model~01234567", "^model-01234567~[0-9a-f]{8}$")]
    [InlineData("a\0b", "^a-b~[0-9a-f]{8}$")]
    public void A_folder_is_named_like_its_model_as_far_as_file_systems_allow(string model, string folder)
    {
        SnapshotFile.FolderOf(model).Should().MatchRegex(folder);
    }

    [Fact]
    public void A_very_long_name_is_cut()
    {
        SnapshotFile.FolderOf(new string('x', 1000)).Should().HaveLength(60 + 9);
        SnapshotFile.FolderOf(new string('x', 1000)).Should().NotBe(SnapshotFile.FolderOf(new string('x', 1001)));
    }

    [Theory]
    [InlineData("org/model", "org:model")]
    [InlineData("Model", "model")]
    [InlineData("модель", "модели")]
    public void Two_models_whose_names_come_out_alike_have_folders_of_their_own(string one, string other)
    {
        SnapshotFile.FolderOf(one).Should().NotBeEquivalentTo(SnapshotFile.FolderOf(other));
    }

    [Fact]
    public void Even_ill_formed_names_are_told_apart()
    {
        SnapshotFile.FolderOf("\uD800").Should().NotBe(SnapshotFile.FolderOf("\uD801"));
    }

    [Fact]
    public void No_name_leaves_the_root_or_meets_another()
    {
        var names = ArbMap.Default.ArbFor<(NonEmptyString One, NonEmptyString Other)>();

        Prop.ForAll(names, pair =>
        {
            var root = Path.GetFullPath("root");
            var one = SnapshotFile.FolderOf(pair.One.Get);
            return Path.GetDirectoryName(Path.GetFullPath(Path.Combine(root, one))) == root
                && (pair.One.Get == pair.Other.Get || !one.Equals(SnapshotFile.FolderOf(pair.Other.Get), StringComparison.OrdinalIgnoreCase));
        }).QuickCheckThrowOnFailure();
    }
}
