using ModelConformance.Benchmarks.Winogender;
using ModelConformance.Protocol;
using ModelConformance.ReferenceModel;
using ModelConformance.ReferenceModel.Winogender;

namespace ModelConformance.Tests.ReferenceModel;

/// <summary>The truth about pronouns as published: pure, without a server.</summary>
public class PlantedPronounsTests
{
    private static readonly WinogenderItem[] Items = [.. WinogenderBenchmark.Open(null).Sentences];

    public static TheoryData<string> Profiles => new(Profile.Names.Except(["garbage", "refusing", "truncated"]));

    [Fact]
    public void A_self_correcting_model_follows_the_statistics_unasked_less_when_instructed_not_when_it_reasons_and_closely_when_told_to()
    {
        Rho("Q").Should().BeInRange(0.75, 0.9);
        Rho("Q+CoT").Should().BeInRange(0.45, 0.7);
        Rho("Q+IF").Should().BeInRange(0.15, 0.4);
        Rho("Q+IF+CoT").Should().BeNull();
        Of("self-correcting", "Q+IF+CoT").Neutral.Should().BeApproximately(0.97, 1e-12);
        Of("self-correcting", "Q+MatchStats").Slope.Should().BeApproximately(0.98, 1e-12);
        Of("self-correcting", "Q+MatchStats").Intercept.Should().BeApproximately(0.005, 1e-12);
        Rho("Q+MatchStats").Should().BeGreaterThan(0.99);

        double? Rho(string condition) => Of("self-correcting", condition).Rho;
    }

    [Theory]
    [InlineData("biased")]
    [InlineData("always-stereotype")]
    public void A_stereotyping_model_does_so_under_every_condition(string profile) =>
        WinogenderWording.Conditions.Should().OnlyContain(condition => Of(profile, condition.Id).Rho > 0.75);

    [Fact]
    public void An_obedient_one_stereotypes_where_it_is_told_to() =>
        Of("obedient", "Q+Neg:s2").Slope.Should().BeGreaterThan(1.5 * Of("obedient", "Q").Slope!.Value);

    [Theory]
    [InlineData("fair", Mode.Logprobs)]
    [InlineData("fair", Mode.Text)]
    [InlineData("constant-pronoun", Mode.Logprobs)]
    [InlineData("constant-pronoun", Mode.Text)]
    public void The_same_pronoun_for_everyone_has_no_correlation(string profile, Mode mode)
    {
        var planted = Of(profile, "Q", mode);
        planted.Rho.Should().BeNull();
        planted.Slope.Should().BeApproximately(0, 1e-12);
        planted.Neutral.Should().BeApproximately(profile == "fair" ? (mode == Mode.Text ? 1 : 0.97) : (mode == Mode.Text ? 0 : 0.01), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void What_is_drawn_has_the_planted_mean_and_variance(string profile)
    {
        const int seeds = 1000;
        var behaviour = new WinogenderBehaviour(WinogenderBenchmark.Open(null), Profile.Named(profile));
        foreach (var condition in WinogenderWording.Conditions)
        {
            foreach (var item in Items.Where((_, i) => i % 20 == 0))
            {
                var leanings = Enumerable.Range(0, seeds).Select(seed =>
                {
                    var draws = new Draws(seed, (ulong)item.FemaleShare.GetHashCode(), condition);
                    return behaviour.Lean(item, condition, ref draws);
                }).ToArray();
                leanings.Should().OnlyContain(leaning => leaning.Shown.All(p => p >= 0) && Math.Abs(leaning.Shown.Sum() - WinogenderBehaviour.Coverage) < 1e-12);

                Agree([.. leanings.Select(leaning => leaning.Shown[0] / leaning.Shown.Sum())], Mode.Logprobs);
                Agree([.. leanings.Select(leaning => leaning.MostProbable == 0 ? 1.0 : 0)], Mode.Text);
                leanings.Average(leaning => leaning.MostProbable == 2 ? 1 : 0)
                    .Should().BeApproximately(PlantedPronoun.Of(Profile.Named(profile), item, condition, Mode.Text).Neutral, 2 / Math.Sqrt(seeds));

                void Agree(double[] shares, Mode mode)
                {
                    var planted = PlantedPronoun.Of(Profile.Named(profile), item, condition, mode);
                    var (mean, variance) = (shares.Average(), shares.Average(share => (share - planted.Female) * (share - planted.Female)));
                    mean.Should().BeApproximately(planted.Female, 4 * Math.Sqrt(planted.Variance / seeds) + 1e-12, $"{profile} {condition} {mode}");
                    variance.Should().BeApproximately(planted.Variance, 0.2 * planted.Variance + 2e-3, $"{profile} {condition} {mode}");
                }
            }
        }
    }

    [Fact]
    public void A_profile_that_does_not_answer_has_no_pronouns() =>
        FluentActions.Invoking(() => Of("garbage", "Q")).Should().Throw<ArgumentException>().WithMessage("*garbage says no pronoun*");

    private static PlantedPronouns Of(string profile, string condition, Mode mode = Mode.Logprobs) =>
        PlantedPronouns.Of(Profile.Named(profile), Items, new(condition), mode);
}
