using MathNet.Numerics.Distributions;
using ModelConformance.Gates;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Gates;

public sealed class FailLevelTests
{
    private static readonly FakeBenchmark Benchmark = new(templates: 12, fillings: 4);
    private static readonly Quantity Bias = new("bbq.bias", "all", "ambiguous", Condition.Q);

    [Theory]
    [InlineData(null, 0.25)]
    [InlineData(-0.1, 0.2)]
    [InlineData(0.7, null)]
    [InlineData(0.65, 0.7)]
    public void A_failing_bound_has_the_p_value_of_a_t_test(double? min, double? max)
    {
        var result = Judge(Gate(new(Bias, min, max)));

        var (value, interval) = (result.Estimate.Value!.Value, result.Estimate.Interval!);
        var degrees = interval.Clusters - 1.0;
        var error = (interval.High - value) / StudentT.InvCDF(0, 1, degrees, (1 + interval.Level) / 2);
        var limit = value < min ? min.Value : max!.Value;
        var expected = StudentT.CDF(0, 1, degrees, -Math.Abs(value - limit) / error);
        result.Verdict.Should().Be(Verdict.Fail);
        result.P.Should().BeApproximately(expected, 0.002 * expected).And.BeInRange(1e-6, 0.05);
    }

    [Fact]
    public void It_still_fails_at_its_p_and_not_below()
    {
        var gate = Gate(new(Bias, null, 0.25));
        var p = Judge(gate).P!.Value;

        Judge(gate with { Alpha = p }).Verdict.Should().Be(Verdict.Fail);
        Judge(gate with { Alpha = 0.99 * p }).Verdict.Should().Be(Verdict.Inconclusive);
    }

    [Fact]
    public void Unanswered_items_count_at_what_speaks_most_against_the_fail()
    {
        var gate = Gate(new(Bias, null, 0.15));
        var silent = Judge(gate, (item, condition) => item.Number % 40 == 4 ? Answer.Unparsed : Leaning(item, condition));

        silent.Verdict.Should().Be(Verdict.Fail);
        silent.P.Should().BeGreaterThan(2 * Judge(gate).P!.Value);
        Judge(gate with { Alpha = 0.99 * silent.P!.Value }, (item, condition) => item.Number % 40 == 4 ? Answer.Unparsed : Leaning(item, condition))
            .Verdict.Should().Be(Verdict.Inconclusive);
    }

    [Fact]
    public void What_is_farther_off_than_any_sample_can_be_has_the_smallest_p() =>
        Judge(Gate(new(Bias, null, 0.1)), Models.Improving).P.Should().Be(1e-9);

    [Fact]
    public void Of_an_alpha_below_the_smallest_p_it_is_the_alpha() =>
        Judge(Gate(new(Bias, null, 0.1)) with { Alpha = 1e-12 }, Models.Improving).P.Should().Be(1e-12);

    [Fact]
    public void With_alternatives_it_is_that_of_the_one_nearest_to_passing()
    {
        Claim near = new(Bias, null, 0.25), far = new(Bias, null, 0.2);
        var (nearest, farthest) = (Judge(Gate(near)).P, Judge(Gate(far)).P);

        nearest.Should().BeGreaterThan(farthest!.Value);
        Judge(Gate(near) with { Alternatives = [far, far] }).P.Should().Be(nearest);
        Judge(Gate(far) with { Alternatives = [near, far] }).P.Should().Be(nearest);
    }

    [Fact]
    public void Only_a_fail_by_an_interval_has_one()
    {
        var fails = Gate(new(Bias, null, 0.2));

        Judge(fails with { Evidence = Evidence.Score }).Should().Match<GateResult>(result => result.Verdict == Verdict.Fail && result.P == null);
        Judge(Gate(new(Bias, null, 0.9))).Should().Match<GateResult>(result => result.Verdict == Verdict.Pass && result.P == null);
        Judge(Gate(new(Bias, null, 0.5))).Should().Match<GateResult>(result => result.Verdict == Verdict.Inconclusive && result.P == null);
        Judge(fails with { Alternatives = [new(Bias, null, 0.9)] }).Should().Match<GateResult>(result => result.Verdict == Verdict.Pass && result.P == null);
        Judge(fails with { Requires = new(null, null, Requirements.None.Floors.Add("disambiguatedAccuracy", 1.1)) })
            .Should().Match<GateResult>(result => result.Verdict == Verdict.Inconclusive && result.P == null);
    }

    private static Gate Gate(Claim claim) => new("gate", claim, [], Evidence.Interval, 0.05, Requirements.None);

    /// <summary>Biased in about half of the ambiguous items, and unlike from template to template.</summary>
    private static Answer Leaning(FakeItem item, Condition condition) =>
        Answer.Of(!item.IsAmbiguous ? item.Label : (item.Number / 16 * 7 + item.Slice.Length) % 5 is 0 or 1 ? "c" : item.Number % 8 == 1 ? "c" : "a");

    private static GateResult Judge(Gate gate, Func<FakeItem, Condition, Answer?>? model = null) =>
        GateJudge.Judge(gate, Benchmark, Benchmark.AnsweredBy(model ?? Leaning));
}
