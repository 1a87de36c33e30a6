using System.Text.Json;
using System.Text.RegularExpressions;

namespace ModelConformance.Tests.Benchmarks.Bbq;

/// <summary>What the sample's README promises, read straight from the embedded files.</summary>
public sealed partial class SampleTests
{
    private const int Words = 8;

    private static readonly string[] Categories =
    [
        "Age", "Disability_status", "Gender_identity", "Nationality", "Physical_appearance", "Race_ethnicity", "Race_x_SES",
        "Race_x_gender", "Religion", "SES", "Sexual_orientation",
    ];

    private static readonly string[] UnknownPhrasings =
    [
        "Can't be determined", "Cannot be determined", "Can't answer", "Cannot answer", "Not enough info", "Not enough information",
        "Not answerable", "Not known", "Undetermined", "Unknown",
    ];

    private static readonly IReadOnlyList<SampleQuestion> Questions = SampleQuestion.Read();

    private static readonly IReadOnlyList<IReadOnlyList<SampleQuestion>> Pairs =
        [.. Questions.Chunk(4).Select(four => (IReadOnlyList<SampleQuestion>)four)];

    private static IEnumerable<SampleQuestion> Ambiguous => Questions.Where(question => question.Ambiguous);

    private static IEnumerable<SampleQuestion> Disambiguated => Questions.Where(question => !question.Ambiguous);

    [Fact]
    public void Every_category_has_two_templates_in_both_polarities_and_both_contexts_for_four_pairs()
    {
        Questions.Select(question => question.Category).Distinct().Should().Equal(Categories);
        var cells = Questions.CountBy(question => (question.Category, question.Template, question.Negative, question.Ambiguous)).ToList();
        cells.Should().HaveCount(11 * 2 * 2 * 2);
        cells.Should().OnlyContain(cell => cell.Value == 4);
    }

    [Fact]
    public void Ids_count_from_zero_in_each_category() =>
        Questions.GroupBy(question => question.Category).Should().AllSatisfy(
            category => category.Select(question => question.Id).Should().Equal(Enumerable.Range(0, 32)));

    [Fact]
    public void Four_items_in_a_row_are_one_pair_with_the_same_options()
    {
        Pairs.Should().AllSatisfy(four =>
        {
            four.Select(question => (question.Negative, question.Ambiguous))
                .Should().Equal((true, true), (true, false), (false, true), (false, false));
            four.Select(question => string.Join('|', question.Options)).Distinct().Should().ContainSingle();
            four.Select(question => question.Template).Distinct().Should().ContainSingle();
        });
    }

    [Fact]
    public void Every_line_has_upstreams_keys_and_says_that_it_is_the_sample()
    {
        Questions.Should().AllSatisfy(question =>
        {
            question.Keys.Should().Equal(
                "example_id", "question_index", "question_polarity", "context_condition", "category", "answer_info",
                "additional_metadata", "context", "question", "ans0", "ans1", "ans2", "label");
            question.MetadataKeys.Should().Equal("subcategory", "stereotyped_groups", "version", "source");
            question.Version.Should().Be("sample");
            question.Source.Should().Contain("not comparable with published numbers");
        });
    }

    [Fact]
    public void The_right_answer_is_unknown_exactly_in_ambiguous_contexts() =>
        Questions.Should().OnlyContain(question => question.Ambiguous == (question.Label == question.Unknown));

    [Fact]
    public void A_disambiguated_context_continues_its_ambiguous_one_whatever_the_polarity()
    {
        Pairs.Should().AllSatisfy(four =>
        {
            four[2].Context.Should().Be(four[0].Context);
            four[3].Context.Should().Be(four[1].Context).And.StartWith(four[0].Context + " ");
        });
    }

    [Fact]
    public void Each_of_the_two_people_is_the_answer_to_one_of_the_two_questions() =>
        Pairs.Should().OnlyContain(four => four[1].Label != four[3].Label && four[1].Text != four[3].Text);

    [Fact]
    public void The_contexts_name_both_people_as_the_options_do()
    {
        Questions.Should().AllSatisfy(question =>
        {
            foreach (var person in question.People.Select(place => SampleQuestion.Named(question.Options[place])))
            {
                question.Context.Should().ContainEquivalentOf(person);
            }
        });
    }

    [Fact]
    public void Options_are_unique_and_none_is_part_of_another() =>
        Questions.Should().OnlyContain(question => question.Options.All(
            one => question.Options.Count(other => other.Contains(one, StringComparison.OrdinalIgnoreCase)) == 1));

    [Fact]
    public void The_unknown_option_comes_in_ten_phrasings_used_about_equally()
    {
        var phrasings = Pairs.CountBy(four => four[0].Options[four[0].Unknown]).ToList();
        phrasings.Select(phrasing => phrasing.Key).Should().BeEquivalentTo(UnknownPhrasings);
        phrasings.Should().OnlyContain(phrasing => phrasing.Value == 8 || phrasing.Value == 9);
    }

    [Fact]
    public void The_metadata_has_one_row_per_item_under_upstreams_header()
    {
        var rows = SampleQuestion.Metadata().ToList();
        rows[0].Should().Equal(
            "category", "question_index", "example_id", "target_loc", "label_type", "Known_stereotyped_race", "Known_stereotyped_var2",
            "Relevant_social_values", "corr_ans_aligns_var2", "corr_ans_aligns_race", "full_cond", "Known_stereotyped_groups");
        rows.Skip(1).Select(row => $"{row[0]}/{row[1]}/{row[2]}").Should()
            .BeEquivalentTo(Questions.Select(question => $"{question.Category}/{question.Template}/{question.Id}"));
    }

    [Fact]
    public void The_target_is_the_stereotyped_person_on_negative_questions_and_the_other_person_on_the_rest()
    {
        Questions.Should().AllSatisfy(question =>
        {
            question.People.Should().Contain(question.Target);
            var stereotyped = question.People.Where(question.IsStereotyped).ToList();
            stereotyped.Should().ContainSingle();
            (question.Target == stereotyped[0]).Should().Be(question.Negative);
        });
    }

    [Fact]
    public void The_answer_is_the_stereotyped_person_in_half_of_each_template_and_polarity()
    {
        var cells = Disambiguated.GroupBy(question => (question.Category, question.Template, question.Negative)).ToList();
        cells.Should().HaveCount(44);
        cells.Should().OnlyContain(cell => cell.Count(question => question.IsStereotyped(question.Label)) == 2);
    }

    [Fact]
    public void The_stereotyped_person_is_mentioned_first_in_half_of_each_template_whoever_the_answer_is()
    {
        var cells = Disambiguated.GroupBy(question => (question.Category, question.Template, question.Negative)).ToList();
        cells.Should().AllSatisfy(cell => cell
            .Select(question => (question.MentionsStereotypedFirst, question.IsStereotyped(question.Label))).Should().OnlyHaveUniqueItems());
    }

    [Fact]
    public void Each_role_stands_at_each_position_about_equally_often()
    {
        foreach (var role in new Func<SampleQuestion, int>[] { question => question.Target, question => question.Other, question => question.Unknown })
        {
            Spread(Questions, role).Should().OnlyContain(count => count >= 115 && count <= 120);
            Questions.GroupBy(question => question.Category).Should().OnlyContain(
                category => Spread(category, role).All(count => count >= 8 && count <= 12));
        }
    }

    [Fact]
    public void The_right_answer_stands_at_each_position_about_equally_often()
    {
        Spread(Ambiguous, question => question.Label).Should().OnlyContain(count => count >= 58 && count <= 60);
        Spread(Disambiguated, question => question.Label).Should().OnlyContain(count => count >= 58 && count <= 60);
        Questions.GroupBy(question => question.Category).Should().OnlyContain(
            category => Spread(category, question => question.Label).All(count => count == 10 || count == 11));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Always_choosing_one_position_scores_no_bias(int position) =>
        Pairs.Should().OnlyContain(four => four.Sum(question => position == question.Target ? 1 : position == question.Other ? -1 : 0) == 0);

    [Fact]
    public void Gender_and_race_have_one_template_of_names_and_one_of_labels()
    {
        var templates = Questions.Select(question => (question.Category, question.Template, question.LabelType)).Distinct().ToList();
        templates.Should().HaveCount(22);
        templates.Where(template => template.LabelType == "name").Select(template => template.Category)
            .Should().Equal("Gender_identity", "Race_ethnicity", "Race_x_SES", "Race_x_gender");
    }

    [Fact]
    public void Intersections_differ_in_either_dimension_and_in_both()
    {
        var intersections = Questions.Where(question => question.Category.Contains("_x_", StringComparison.Ordinal)).ToList();
        intersections.Should().AllSatisfy(question => question.FullCondition.Should().Be(question.ExpectedFullCondition));
        intersections.GroupBy(question => (question.Category, question.Template)).Should().OnlyContain(
            template => template.Select(question => question.FullCondition).Distinct().Count() == 3);
    }

    [Fact]
    public void The_files_stay_small() =>
        SampleQuestion.Files().Sum(name => (int)SampleQuestion.Open(name).Length).Should().BeLessThan(300_000);

    [SkippableFact]
    public void No_sentence_of_the_sample_stands_in_the_real_data()
    {
        var real = RealTexts().SelectMany(Sentences).ToHashSet(StringComparer.OrdinalIgnoreCase);
        real.Should().NotBeEmpty();
        Questions.SelectMany(question => Sentences(question.Context).Append(question.Text)).Distinct().Should().NotIntersectWith(real);
    }

    [SkippableFact]
    public void No_eight_words_in_a_row_of_the_sample_stand_in_the_real_data()
    {
        var sample = Questions.SelectMany(question => Runs(question.Context).Concat(Runs(question.Text))).ToHashSet(StringComparer.Ordinal);
        sample.Should().NotBeEmpty();
        RealTexts().SelectMany(Runs).Where(sample.Contains).Should().BeEmpty();
    }

    private static IEnumerable<int> Spread(IEnumerable<SampleQuestion> questions, Func<SampleQuestion, int> role)
    {
        var places = questions.Select(role).ToList();
        return Enumerable.Range(0, 3).Select(place => places.Count(at => at == place));
    }

    private static HashSet<string> RealTexts()
    {
        var folder = Path.Combine(RealData.Root, "bbq");
        return Categories
            .SelectMany(category => File.ReadLines(Path.Combine(folder, category + ".jsonl")))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .SelectMany(item => new[] { item.GetProperty("context").GetString()!, item.GetProperty("question").GetString()! })
            .ToHashSet(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Sentences(string text) => SentenceEnd().Split(text).Select(sentence => sentence.Trim());

    private static IEnumerable<string> Runs(string text)
    {
        var words = Word().Matches(text).Select(word => word.Value.ToLowerInvariant()).ToList();
        return Enumerable.Range(0, Math.Max(0, words.Count - Words + 1)).Select(start => string.Join(' ', words.Skip(start).Take(Words)));
    }

    [GeneratedRegex(@"(?<=[.!?])\s+")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"[\w']+")]
    private static partial Regex Word();
}
