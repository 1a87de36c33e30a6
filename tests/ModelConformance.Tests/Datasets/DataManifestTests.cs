using System.Text.RegularExpressions;
using ModelConformance.Datasets;

namespace ModelConformance.Tests.Datasets;

public sealed partial class DataManifestTests
{
    private static readonly DataManifest Manifest = DataManifest.Embedded;

    [Fact]
    public void The_embedded_manifest_names_every_file_of_a_data_folder_once()
    {
        Manifest.Files.Select(file => file.Path).Should().OnlyHaveUniqueItems();
        Manifest.Of("bbq").Should().HaveCount(12);
        Manifest.Of("winogender").Should().HaveCount(2);
        Manifest.Of("admissions").Should().ContainSingle();
        Manifest.Of(null).Should().Equal(Manifest.Files);
        Manifest.Benchmarks.Should().Equal("bbq", "winogender", "admissions");
    }

    [Fact]
    public void The_eleven_categories_of_BBQ_add_up_to_its_58_492_items() =>
        Manifest.Of("bbq").Where(file => file.Path.EndsWith(".jsonl", StringComparison.Ordinal)).Sum(file => file.Rows).Should().Be(58_492);

    [Fact]
    public void Commits_and_blobs_are_pinned_by_full_ids() =>
        Manifest.Files.SelectMany(file => new[] { file.Origin.Commit, file.BlobId }).Should().OnlyContain(id => FullId().IsMatch(id));

    [Fact]
    public void Only_the_file_that_BBQ_can_do_without_is_optional() =>
        Manifest.Files.Where(file => file.Optional).Select(file => file.Path).Should().Equal("bbq/additional_metadata.csv");

    [Fact]
    public void Paths_stay_inside_a_data_folder() =>
        Manifest.Files.Should().OnlyContain(file => file.Path.StartsWith(file.Origin.Benchmark + "/", StringComparison.Ordinal) && !file.Path.Contains(".."));

    [GeneratedRegex("^[0-9a-f]{40}$")]
    private static partial Regex FullId();
}
