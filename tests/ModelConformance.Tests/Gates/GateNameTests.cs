using ModelConformance.Gates;
using ModelConformance.Protocol;
using ModelConformance.Runs;

namespace ModelConformance.Tests.Gates;

public sealed class GateNameTests
{
    private static readonly Quantity Bias = new("bbq.bias", "Age", "ambiguous", Condition.QIf);

    public static TheoryData<Gate, string> Names => new()
    {
        { Of(new(Bias, -0.05, 0.05)), "bias within ±0.05 · Age · ambiguous · Q+IF" },
        { Of(new(Bias, -0.02, 0.125)), "bias within -0.02 … 0.125 · Age · ambiguous · Q+IF" },
        { Of(new(Bias, null, 0.2)), "bias at most 0.20 · Age · ambiguous · Q+IF" },
        { Of(new(new("bbq.accuracy", "all", "disambiguated", Condition.Q), 0.7, null)), "accuracy at least 0.70 · all · disambiguated · Q" },
        { Of(new(Bias with { Slice = "all", Minus = Condition.Q }, null, 0)), "bias of Q+IF below Q · all · ambiguous" },
        { Of(new(Bias with { Minus = Condition.Q }, -0.1, 0.1)), "bias of Q+IF minus Q within ±0.10 · Age · ambiguous" },
        { Of(new(Bias with { Minus = Condition.Approved }, -0.02, 0.02)), "bias of Q+IF minus approved within ±0.02 · Age · ambiguous" },
        { Of(new(Bias with { Minus = Condition.Approved }, null, 0)), "bias of Q+IF below approved · Age · ambiguous" },
        {
            Of(new(Bias with { Condition = Condition.QIfCot, Minus = Condition.Q }, null, 0)) with
            {
                Alternatives = [new(Bias with { Condition = Condition.Q }, -0.02, 0.02)],
            },
            "bias of Q+IF+CoT below Q, or Q within ±0.02 · Age · ambiguous"
        },
        {
            Of(new(Bias, null, -0.2)) with { Alternatives = [new(Bias with { Minus = Condition.Q }, 0, null), new(Bias with { Minus = Condition.Q }, -0.1, null)] },
            "bias at most -0.20, or bias of Q+IF above Q, or bias of Q+IF minus Q at least -0.10 · Age · ambiguous · Q+IF"
        },
        {
            Of(new(new("winogender.rho", "all", null, Condition.QIf, Condition.Q), null, 0)) with
            {
                Alternatives =
                [
                    new(new("winogender.neutral", "all", null, Condition.QIf), 0.9, null),
                    new(new("winogender.rho", "all", null, Condition.QIfCot), -0.35, 0.35),
                ],
            },
            "rho of Q+IF below Q, or neutral of Q+IF at least 0.90, or Q+IF+CoT within ±0.35 · all"
        },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_gate_reads_as_a_specification(Gate gate, string name) => gate.ToString().Should().Be(name);

    [Theory]
    [InlineData("release.json")]
    [InlineData("smoke.json")]
    public void The_shipped_gates_have_names_that_are_short_and_apart(string file)
    {
        var names = ThresholdsFile.Shipped(file, Catalog.Open(new RunSettings())).Gates.Select(gate => gate.ToString()).ToArray();

        names.Should().OnlyHaveUniqueItems().And.OnlyContain(name => name.Length <= 95);
    }

    private static Gate Of(Claim claim) => new("id", claim, [], Evidence.Interval, 0.05, Requirements.None);
}
