using ModelConformance.Datasets;

namespace ModelConformance.Tests.Datasets;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    [Fact]
    public async Task Each_file_is_pinned_differing_or_absent()
    {
        temporary.Write("bbq/Age.jsonl", "age\n");
        temporary.Write("bbq/SES.jsonl", "regenerated\n");
        DataFile[] files = [Pins.Of("age\n"), Pins.Of("ses\n", "SES.jsonl"), Pins.Of("religion\n", "Religion.jsonl")];

        var checks = await new DataFolder(temporary.Path).VerifyAsync(files, default);

        checks.Select(check => check.State).Should().Equal(FileState.Pinned, FileState.Differing, FileState.Absent);
        checks.Select(check => check.FoundBlobId).Should().Equal(files[0].BlobId, Pins.Of("regenerated\n").BlobId, null);
        checks.Select(check => check.FoundBytes).Should().Equal(4, 12, null);
        checks.Select(check => check.Holds).Should().Equal(true, false, false);
    }

    [Fact]
    public async Task Line_ends_that_a_checkout_changed_are_a_difference()
    {
        temporary.Write("bbq/Age.jsonl", "age\r\n");
        (await new DataFolder(temporary.Path).CheckAsync(Pins.Of("age\n"), default)).State.Should().Be(FileState.Differing);
    }

    [Fact]
    public async Task An_optional_file_may_be_absent_but_not_differ()
    {
        var file = Pins.Of("age\n") with { Optional = true };
        (await new DataFolder(temporary.Path).CheckAsync(file, default)).Holds.Should().BeTrue();
        temporary.Write("bbq/Age.jsonl", "other\n");
        (await new DataFolder(temporary.Path).CheckAsync(file, default)).Holds.Should().BeFalse();
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_has_no_files() =>
        (await new DataFolder(Path.Combine(temporary.Path, "none")).CheckAsync(Pins.Of("age\n"), default)).State.Should().Be(FileState.Absent);

    public void Dispose() => temporary.Dispose();
}
