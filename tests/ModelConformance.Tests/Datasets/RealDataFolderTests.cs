using ModelConformance.Datasets;

namespace ModelConformance.Tests.Datasets;

public sealed class RealDataFolderTests
{
    /// <summary>Categories whose published files hold random name choices: a folder made by the upstream generator has others.</summary>
    private static readonly string[] MayBeRegenerated =
    [
        "bbq/Gender_identity.jsonl", "bbq/Race_ethnicity.jsonl", "bbq/Race_x_SES.jsonl", "bbq/Race_x_gender.jsonl", "bbq/SES.jsonl",
        "bbq/additional_metadata.csv",
    ];

    [SkippableFact]
    public async Task The_data_are_the_published_ones_except_where_names_were_drawn_anew()
    {
        var checks = await new DataFolder(RealData.Root).VerifyAsync(DataManifest.Embedded.Files, default);
        var regenerated = checks.Where(check => MayBeRegenerated.Contains(check.File.Path)).Select(check => check.State).Distinct().ToList();
        // All six published, or all six drawn anew: a mixture is a damaged folder.
        regenerated.Should().ContainSingle().Which.Should().NotBe(FileState.Absent);
        checks.Where(check => !MayBeRegenerated.Contains(check.File.Path)).Should().OnlyContain(check => check.State == FileState.Pinned);
    }

    [SkippableFact]
    public async Task Another_folder_as_mirror_gives_the_published_files_and_names_every_other_one()
    {
        using var to = new TemporaryFolder();
        using var source = new FolderDataSource(RealData.Root);
        var folder = new DataFolder(RealData.Root);
        var checks = await folder.VerifyAsync(DataManifest.Embedded.Files, default);

        var outcomes = await new DataFetch(source, new DataFolder(to.Path), new FetchSettings()).RunAsync(DataManifest.Embedded.Files, null, default);

        outcomes.Select(outcome => outcome.Holds).Should().Equal(checks.Select(check => check.State == FileState.Pinned));
        to.Files.Should().BeEquivalentTo(outcomes.Where(outcome => outcome.Holds).Select(outcome => outcome.File.Path));
    }
}
