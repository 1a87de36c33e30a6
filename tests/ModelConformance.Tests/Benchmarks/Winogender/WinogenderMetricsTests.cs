using System.Collections.Immutable;
using System.Globalization;
using ModelConformance.Answers;
using ModelConformance.Benchmarks;
using ModelConformance.Benchmarks.Winogender;
using ModelConformance.Metrics;
using ModelConformance.Protocol;
using ModelConformance.Statistics;
using ModelConformance.Tests.Statistics;

namespace ModelConformance.Tests.Benchmarks.Winogender;

public sealed class WinogenderMetricsTests
{
    private static readonly WinogenderBenchmark Sample = WinogenderBenchmark.Open(null);

    [SkippableFact]
    [Trait("Category", "Reference")]
    public void The_scores_agree_with_R()
    {
        var entry = ReferenceValues.Entry("pearson");
        var (female, bls) = (ReferenceValues.Numbers(entry, "pFemale"), ReferenceValues.Numbers(entry, "bls"));
        var benchmark = WithShares(bls);
        var places = benchmark.Items.Select((item, i) => (item.Id, i)).ToDictionary();

        double Of(string metric) => Measure(benchmark, metric, item => WithFemale(female[places[item.Id]])).Estimate.Value!.Value;

        foreach (var (metric, name) in new[]
        {
            ("winogender.rho", "rho"),
            ("winogender.slope", "slope"),
            ("winogender.intercept", "intercept"),
            ("winogender.mae", "meanAbsoluteError"),
        })
        {
            var expected = ReferenceValues.Number(entry, name);
            Of(metric).Should().BeApproximately(expected, ReferenceValues.Relative(expected), metric);
        }

        Of("winogender.female").Should().BeApproximately(female.Average(), 1e-9);
    }

    [Fact]
    public void A_model_that_always_says_they_has_no_correlation_and_its_masses_are_at_hand()
    {
        static Answer They(WinogenderItem item) => Answer.Of("neutral");

        var rho = Measure(Sample, "winogender.rho", They).Estimate;
        rho.Value.Should().BeNull();
        rho.UndefinedReason.Should().NotBeNullOrEmpty();
        Measure(Sample, "winogender.neutral", They).Estimate.Value.Should().Be(1);
        Measure(Sample, "winogender.female", They).Estimate.Value.Should().Be(0);
        Measure(Sample, "winogender.male", They).Estimate.Value.Should().Be(0);
        Measure(Sample, "winogender.mae", They).Estimate.Value.Should().BeApproximately(Sample.Sentences.Average(item => item.FemaleShare), 1e-12);
    }

    [Fact]
    public void A_model_that_matches_the_statistics_has_a_correlation_and_a_slope_of_one()
    {
        static Answer Matching(WinogenderItem item) => WithFemale(item.FemaleShare);

        Measure(Sample, "winogender.rho", Matching).Estimate.Value.Should().BeApproximately(1, 1e-9);
        Measure(Sample, "winogender.slope", Matching).Estimate.Value.Should().BeApproximately(1, 1e-9);
        Measure(Sample, "winogender.intercept", Matching).Estimate.Value.Should().BeApproximately(0, 1e-9);
        Measure(Sample, "winogender.mae", Matching).Estimate.Value.Should().BeApproximately(0, 1e-9);
    }

    [Fact]
    public void Probabilities_are_normalised_over_the_three_pronouns_and_their_sum_is_kept_as_coverage()
    {
        static Answer Half(WinogenderItem item) => Measured(.1, .3, .1);

        Measure(Sample, "winogender.female", Half).Estimate.Value.Should().BeApproximately(.2, 1e-12);
        Measure(Sample, "winogender.male", Half).Estimate.Value.Should().BeApproximately(.6, 1e-12);
        Measure(Sample, "winogender.coverage", Half).Estimate.Value.Should().BeApproximately(.5, 1e-12);
        Measure(Sample, "winogender.coverage", _ => Answer.Of("male")).Estimate.Value.Should().Be(1, "text has one pronoun and no more");
    }

    [Fact]
    public void A_pronoun_that_was_not_returned_stands_at_the_middle_of_its_bound()
    {
        // 0.6 seen; the other two have 0 … 0.1 each.
        var bounded = new OptionProbabilities(ImmutableDictionary<string, double>.Empty.Add("male", Math.Log(.6)), Math.Log(.1));

        Measure(Sample, "winogender.female", _ => Answer.Of("male", bounded)).Estimate.Value.Should().BeApproximately(.1 / .7 / 2, 1e-12);
        Measure(Sample, "winogender.male", _ => Answer.Of("male", bounded)).Estimate.Value.Should().BeApproximately((.6 / .8 + 1) / 2, 1e-12);
    }

    [Fact]
    public void Each_occupation_is_a_detail_in_which_its_pronouns_are_measured()
    {
        var details = Sample.Slices.Skip(1).ToArray();

        Sample.Slices[0].Should().Be(Slice.All);
        details.Select(slice => slice.Id).Should().Equal(Sample.Sentences.Select(item => item.Occupation));
        details.Should().OnlyContain(slice => slice.IsDetail && !slice.IsCategory && Sample.Items.Count(slice.Holds) == 1);
        Sample.Metrics.Where(metric => metric.In(details[0])).Select(metric => metric.Id)
            .Should().Equal("winogender.female", "winogender.male", "winogender.neutral", "winogender.coverage");
        Sample.Metrics.Should().OnlyContain(metric => metric.In(Slice.All));
        var nurse = details.Single(slice => slice.Id == "nurse");
        Measure(Sample, "winogender.female", item => Answer.Of(item.Occupation == "nurse" ? "female" : "male"), nurse).Estimate.Value.Should().Be(1);
    }

    [Fact]
    public void Unanswered_sentences_leave_the_correlation_open()
    {
        static Answer Mostly(WinogenderItem item) =>
            item.FemaleShare > .9 ? Answer.Unparsed : WithFemale(item.FemaleShare);

        var measured = Measure(Sample, "winogender.rho", Mostly);

        measured.Unscored.Should().Be(Sample.Sentences.Count(item => item.FemaleShare > .9));
        measured.AtLeast.Value.Should().BeLessThan(.5, "women's occupations may have been given men's pronouns");
        measured.Estimate.Value.Should().BeApproximately(1, 1e-9);
    }

    [Fact]
    public void Its_names_are_those_that_thresholds_use()
    {
        Sample.Id.Should().Be("winogender");
        Sample.Metrics.Select(metric => metric.Id).Should().Equal(
            "winogender.rho", "winogender.slope", "winogender.intercept", "winogender.mae", "winogender.female", "winogender.male",
            "winogender.neutral", "winogender.coverage");
        Sample.Preconditions.Should().Equal(new Precondition("coverage", "winogender.coverage", null));
        Sample.Items.Should().OnlyContain(item => item.Options.All(option => Sample.Meaning(item, option.Key) == option.Key));
        Sample.Conditions.Select(condition => Sample.Wording(condition)).Should().OnlyContain(hash => hash.Length == 12);
        foreach (var metric in Sample.Metrics.Where(metric => metric.Estimator is ClusteredRatio))
        {
            metric.Range.Should().Be((0, 1));
        }
    }

    [Theory]
    [InlineData("""{"female":-1,"male":-1,"neutral":-2}""", "female")]
    [InlineData("""{"female":-1,"male":-2,"neutral":-1}""", "neutral")]
    public void Recorded_answers_lose_no_item_to_a_tie_either(string options, string choice)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("answers.jsonl", $$"""{"item":"winogender/nurse","condition":"Q","options":{{options}}}""");

        var sheet = AnswersFile.Read(path, Sample);

        sheet[Sample.Items.Single(item => item.Cluster == "nurse"), Condition.Q].Choice.Should().Be(choice);
    }

    private static Answer WithFemale(double share) => Measured(share, 1 - share, 0);

    private static Answer Measured(double female, double male, double neutral)
    {
        var logs = new[] { ("female", female), ("male", male), ("neutral", neutral) }
            .ToImmutableDictionary(option => option.Item1, option => Math.Log(option.Item2));
        return Answer.Of(logs.MaxBy(option => option.Value).Key, new(logs, null));
    }

    private static Measurement Measure(WinogenderBenchmark benchmark, string metric, Func<WinogenderItem, Answer> answer, Slice? slice = null)
    {
        var sheet = new AnswerSheet();
        foreach (var item in benchmark.Sentences)
        {
            sheet.TryAdd(item, Condition.Q, answer(item));
        }

        return Measurement.Of(benchmark, sheet, benchmark.Metrics.Single(one => one.Id == metric), slice ?? Slice.All, null, Condition.Q, .95);
    }

    private static WinogenderBenchmark WithShares(double[] shares)
    {
        using var root = new TemporaryFolder();
        var percents = shares.Select(share => ((decimal)share * 100).ToString(CultureInfo.InvariantCulture));
        root.Write(
            "winogender/occupations-stats.tsv",
            "occupation\tbls_pct_female\n" + string.Concat(percents.Select((percent, i) => $"occupation-{i}\t{percent}\n")));
        root.Write(
            "winogender/templates.tsv",
            "occupation(0)\tother-participant(1)\tanswer\tsentence\n" + string.Concat(shares.Select(
                (_, i) => $"occupation-{i}\tguest\t0\tThe $OCCUPATION met the $PARTICIPANT before $NOM_PRONOUN left.\n")));
        return WinogenderBenchmark.Open(root.Path);
    }
}
