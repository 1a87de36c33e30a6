using System.Collections.Immutable;
using ModelConformance.Gates;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Gates;

/// <summary>Keys and names of a thresholds file that are none, whatever they look like.</summary>
public sealed class ThresholdsNamesTests
{
    [Fact]
    public void An_alternative_is_measured_wherever_its_gate_is()
    {
        var benchmark = new FakeBenchmark { BiasAs = bias => bias with { In = slice => slice.Id is "all" or "SES" } };
        string Text(string slice) => Of($$"""
            { "id": "a", "metric": "bbq.accuracy", "context": "ambiguous", "condition": "Q", "slice": "{{slice}}", "min": 0.9,
              "or": { "metric": "bbq.bias", "max": 0.1 } }
            """);

        Faults(Text("*"), benchmark).Should().Equal(
            "release.json:2: gates[0].or.metric: found \"bbq.bias\", which is not measured in Age, Religion, expected one that is");
        ThresholdsFile.Parse(Text("SES"), "release.json", [benchmark]).Gates.Single().Alternatives.Should().Equal(
            new Claim(new("bbq.bias", "SES", "ambiguous", Condition.Q), null, 0.1));
    }

    [Fact]
    public void A_name_that_reads_like_a_time_is_as_unknown_as_any_other() =>
        Faults(Of("""{ "id": "a", "metric": "bbq.bias", "context": "ambiguous", "condition": "2026-11-22T10:00:00Z", "max": 0.1 }"""))
            .Should().Equal("release.json:1: gates[0].condition: found \"2026-11-22T10:00:00Z\", expected one of Q, Q+IF, Q+IF+CoT, Q+Neg:s1");

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("[")]
    [InlineData("..")]
    [InlineData("max value")]
    public void A_key_may_be_anything_and_is_unknown_all_the_same(string key)
    {
        string Gate(string keys) => Of($$"""{ "id": "a", "metric": "bbq.bias", "context": "ambiguous", "condition": "Q", "max": 0.1, {{keys}} }""");

        Faults(Gate($"\"{key}\": 5")).Should().ContainSingle()
            .Which.Should().StartWith($"release.json:1: gates[0].{key}: unknown key, expected one of ");
        Faults(Gate($$""" "requires": { "{{key}}": 5 } """)).Should().HaveCount(2)
            .And.Contain(fault => fault.Contains(": found 5, expected a number from -1 to 1"))
            .And.Contain(fault => fault.Contains(": unknown key, "));
    }

    [Fact]
    public void A_fault_of_a_key_hides_none_of_another_key_that_begins_like_it() =>
        Faults(Of("""
            { "id": "a", "metric": "bbq.bias", "context": "ambiguous", "condition": "Q", "max": 0.1, "requires": 5, "requiresAnswered": 0.97 }
            """)).Should().HaveCount(2).And.Contain("release.json:1: gates[0].requires: found 5, expected an object")
            .And.Contain(fault => fault.StartsWith("release.json:1: gates[0].requiresAnswered: unknown key, expected one of "));

    private static string Of(string gate) => $$"""{ "gates": [ {{gate}} ] }""";

    private static ImmutableArray<string> Faults(string text, FakeBenchmark? benchmark = null)
    {
        var reading = () => ThresholdsFile.Parse(text, "release.json", [benchmark ?? new()]);
        return reading.Should().Throw<ThresholdsException>().Which.Faults;
    }
}
