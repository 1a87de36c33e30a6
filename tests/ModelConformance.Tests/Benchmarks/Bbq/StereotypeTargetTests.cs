using System.Text.Json.Nodes;
using ModelConformance.Benchmarks.Bbq;

namespace ModelConformance.Tests.Benchmarks.Bbq;

public class StereotypeTargetTests
{
    [Theory]
    [InlineData("Age", "old", "nonOld", "old")]
    [InlineData("Gender_identity", "woman", "man", "F")]
    [InlineData("Gender_identity", "girl", "boy", "F")]
    [InlineData("Gender_identity", "trans_M", "nonTrans_F", "Transgender women|transgender men|trans")]
    [InlineData("Race_ethnicity", "F-Black", "M-White", "Black|African American")]
    [InlineData("Race_ethnicity", "African American", "African", "Black|African American")]
    [InlineData("Disability_status", "disabled", "nonDisabled", "disabled|mentally-ill")]
    [InlineData("SES", "lowSES", "highSES", "low SES")]
    [InlineData("Race_x_SES", "lowSES-M-Black", "highSES-F-White", "Black|African American")]
    public void The_one_person_of_the_group_is_the_target_and_the_other_where_the_question_is_turned(string category, string inside, string outside, string groups)
    {
        Target(category, inside, outside, groups, "neg").Should().Be(0);
        Target(category, inside, outside, groups, "nonneg").Should().Be(1);
        Target(category, outside, inside, groups, "neg").Should().Be(1);
    }

    [Fact]
    public void Nationality_is_told_by_the_answers_own_word_because_its_tags_are_regions()
    {
        var record = Read(BbqLines.Line(
            "Nationality", first: ("The Malian guest", "Malian", "Africa"), second: ("The Danish guest", "Danish", "Europe"), groups: ["Malian", "Kenyan"]));

        new StereotypeTarget(record).Of(record[0]).Should().Be(0);
    }

    [Fact]
    public void A_pair_of_one_race_is_decided_by_the_gender_that_its_templates_mixed_pairs_stereotype()
    {
        var records = Read(
            Pair(0, "F-Black", "M-White"),
            Pair(1, "M-Black", "F-Black"),
            Pair(2, "F-White", "F-Black"));
        var targets = new StereotypeTarget(records);

        records.Select(targets.Of).Should().Equal(0, 1, 1);
    }

    [Fact]
    public void Without_a_mixed_pair_to_learn_from_a_pair_of_one_race_has_no_target()
    {
        var records = Read(Pair(0, "M-Black", "F-Black"));

        new StereotypeTarget(records).Of(records[0]).Should().BeNull();
    }

    [Theory]
    [InlineData("Gender_identity", "girl", "woman", "F")]
    [InlineData("Religion", "Sikh", "Hindu", "Muslim")]
    [InlineData("Race_ethnicity", "Asian", "", "Asian")]
    public void Nothing_is_guessed_where_both_neither_or_an_untagged_person_could_be_meant(string category, string first, string second, string groups) =>
        Target(category, first, second, groups, "neg").Should().BeNull();

    [SkippableFact]
    public void Over_the_published_items_the_rules_agree_with_the_metadata_file()
    {
        var folder = Path.Combine(RealData.Root, "bbq");
        using var csv = new StreamReader(Path.Combine(folder, BbqSource.MetadataFile));
        var metadata = BbqMetadata.Read(csv, BbqSource.MetadataFile);

        var outcomes = BbqSource.Categories.SelectMany(category =>
        {
            using var stream = File.OpenRead(Path.Combine(folder, $"{category}.jsonl"));
            var records = BbqRecord.Read(stream, category, category).ToArray();
            var targets = new StereotypeTarget(records);
            return records.Select(record => (Derived: targets.Of(record), Given: metadata[(category, record.ExampleId)].Target)).ToArray();
        }).ToArray();

        // Where they differ, the file takes the person tagged "African" of a pair with a "Black" or "African American" one.
        var both = outcomes.Where(outcome => outcome.Derived is not null && outcome.Given is not null).ToArray();
        both.Count(outcome => outcome.Derived != outcome.Given).Should().BeLessThan(50);
        both.Length.Should().BeGreaterThan(57_000);
        outcomes.Count(outcome => outcome.Derived is not null && outcome.Given is null).Should().Be(0);
    }

    private static BbqRecord[] Read(params JsonObject[] lines) => BbqLines.Read((string)lines[0]["category"]!, lines);

    private static JsonObject Pair(int id, string first, string second) => BbqLines.Line(
        "Race_x_gender", id, first: ($"Person {first}", first, first), second: ($"Person {second}", second, second), groups: ["Black", "African American"]);

    private static int? Target(string category, string first, string second, string groups, string polarity)
    {
        var records = Read(BbqLines.Line(
            category, polarity: polarity, first: ("The first", "first", first), second: ("The second", "second", second), groups: groups.Split('|')));
        return new StereotypeTarget(records).Of(records[0]);
    }
}
