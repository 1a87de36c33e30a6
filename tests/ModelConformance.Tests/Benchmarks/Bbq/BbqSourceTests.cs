using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Datasets;

namespace ModelConformance.Tests.Benchmarks.Bbq;

public class BbqSourceTests
{
    [SkippableFact]
    public void The_published_data_has_58492_items_half_of_them_ambiguous()
    {
        var (dataset, items) = BbqSource.Upstream(RealData.Root);

        dataset.Name.Should().BeOneOf("upstream", "altered");
        items.Should().HaveCount(58_492);
        items.Count(item => item.Context == BbqItem.Ambiguous).Should().Be(29_246);
        items.Should().OnlyContain(item => (item.Context == BbqItem.Ambiguous) == (item.Label == item.Unknown));
        items.Select(item => item.Id).Should().OnlyHaveUniqueItems();
        items.Select(item => item.Slice).Distinct().Should().Equal(BbqSource.Categories);
        items.Count(item => item.Target is null).Should().Be(112);
        items.Count(item => item.NameProxy).Should().Be(29_200);
    }

    [Fact]
    public void Missing_categories_are_all_named_with_how_to_fetch_them()
    {
        using var root = new TemporaryFolder();

        var reading = () => BbqSource.Upstream(root.Path);

        reading.Should().Throw<DataException>()
            .WithMessage("*11 of 11 categories are missing: Age.jsonl, *Sexual_orientation.jsonl*conformance data fetch --to*");
    }

    [SkippableFact]
    public void Without_the_metadata_file_targets_are_derived_and_those_without_one_can_be_counted()
    {
        using var root = new TemporaryFolder();
        var published = Path.GetFullPath(Path.Combine(RealData.Root, "bbq"));
        var folder = Directory.CreateDirectory(Path.Combine(root.Path, "bbq")).FullName;
        foreach (var category in BbqSource.Categories)
        {
            File.CreateSymbolicLink(Path.Combine(folder, $"{category}.jsonl"), Path.Combine(published, $"{category}.jsonl"));
        }

        var (_, items) = BbqSource.Upstream(root.Path);

        items.Count(item => item.Target is null).Should().BeInRange(112, 1_000);
        items.Where(item => item.Slice is "Gender_identity" or "Race_ethnicity").Count(item => item.NameProxy).Should().Be(10_000);
    }
}
