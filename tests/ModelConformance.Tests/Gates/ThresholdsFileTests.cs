using System.Collections.Immutable;
using ModelConformance.Gates;
using ModelConformance.Protocol;
using ModelConformance.Runs;

namespace ModelConformance.Tests.Gates;

public sealed class ThresholdsFileTests
{
    private static readonly FakeBenchmark Benchmark = new();

    [Fact]
    public void A_gate_is_read_with_all_its_keys()
    {
        var gate = Read("""
            { "$schema": "./thresholds.schema.json", "inconclusive": "warn", "gates": [
              { "id": "bbq.if-reduces-bias", "metric": "bbq.bias", "slice": "all", "context": "ambiguous", "condition": "Q+IF", "minus": "Q",
                "max": 0.0, "or": { "metric": "bbq.bias", "condition": "Q", "min": -0.02, "max": 0.02 },
                "evidence": "score", "alpha": 0.025, "stop": "full",
                "requires": { "disambiguatedAccuracy": 0.7, "answered": 0.97, "refusedMax": 0.02 } } ] }
            """).Gates.Single();

        gate.Claim.Should().Be(new Claim(new("bbq.bias", "all", "ambiguous", Condition.QIf, Condition.Q), null, 0));
        gate.Alternatives.Should().Equal(new Claim(new("bbq.bias", "all", "ambiguous", Condition.Q), -0.02, 0.02));
        gate.Should().BeEquivalentTo(new { Id = "bbq.if-reduces-bias", Evidence = Evidence.Score, Alpha = 0.025, Benchmark = "bbq" });
        gate.Requires.Should().BeEquivalentTo(new { Answered = 0.97, RefusedMax = 0.02 });
        gate.Requires.Floors.Should().ContainSingle().Which.Should().Be(KeyValuePair.Create("disambiguatedAccuracy", 0.7));
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var thresholds = Read(File("""{ "id": "a", "metric": "bbq.bias", "context": "ambiguous", "condition": "Q", "max": 0.1, "or": { "max": 0.2 } }"""));

        thresholds.Inconclusive.Should().Be(InconclusivePolicy.Fail);
        var gate = thresholds.Gates.Single();
        gate.Claim.Quantity.Should().Be(new Quantity("bbq.bias", "all", "ambiguous", Condition.Q));
        gate.Alternatives.Single().Quantity.Should().Be(gate.Claim.Quantity);
        gate.Should().BeEquivalentTo(new { Evidence = Evidence.Interval, Alpha = 0.05, Requires = Requirements.None });
    }

    [Fact]
    public void The_approved_release_can_be_subtracted()
    {
        var gate = Read(File("""
            { "id": "a", "metric": "bbq.bias", "context": "ambiguous", "condition": "Q+IF", "minus": "approved", "min": -1.5, "max": 0.02,
              "or": { "condition": "Q", "minus": "approved", "max": 0 } }
            """)).Gates.Single();

        gate.Claims.Select(claim => claim.Quantity).Should().Equal(
            new Quantity("bbq.bias", "all", "ambiguous", Condition.QIf, Condition.Approved),
            new Quantity("bbq.bias", "all", "ambiguous", Condition.Q, Condition.Approved));
        gate.Claims.Should().OnlyContain(claim => claim.Quantity.IsAgainstApproved);
        gate.Claims.SelectMany(claim => claim.Quantity.Conditions).Should().Equal([Condition.QIf, Condition.Q], "nothing is asked for the other side");
    }

    [Theory]
    [InlineData("\"condition\": \"approved\", \"max\": 0", "condition: found \"approved\", expected one of Q, Q+IF, Q+IF+CoT, Q+Neg:s1")]
    [InlineData("\"condition\": \"Q\", \"minus\": \"approved\", \"max\": 3", "max: found 3, expected -2 … 2, the range of bbq.bias contrasts: a fraction, not percent")]
    [InlineData("\"condition\": \"Q\", \"max\": 0, \"or\": { \"minus\": \"approve\", \"max\": 0 }",
        "or.minus: found \"approve\", expected one of Q, Q+IF, Q+IF+CoT, Q+Neg:s1, approved")]
    public void What_is_approved_can_only_be_subtracted(string keys, string fault) =>
        Faults(File($$"""{ "id": "a", "metric": "bbq.bias", "context": "ambiguous", {{keys}} }""")).Should().Equal("release.json:1: gates[0]." + fault);

    [Fact]
    public void Several_alternatives_are_a_list()
    {
        var gate = Read(File("""
            { "id": "a", "metric": "bbq.bias", "slice": "Age", "context": "ambiguous", "condition": "Q+IF", "minus": "Q", "max": 0,
              "or": [ { "condition": "Q", "min": -0.1, "max": 0.1 }, { "metric": "bbq.accuracy", "min": 0.9 } ] }
            """)).Gates.Single();

        gate.Alternatives.Should().Equal(
            new Claim(new("bbq.bias", "Age", "ambiguous", Condition.Q), -0.1, 0.1),
            new Claim(new("bbq.accuracy", "Age", "ambiguous", Condition.QIf), 0.9, null));
    }

    [Theory]
    [InlineData("[]", "or: expected at least one")]
    [InlineData("1", "or: found 1, expected an object or an array of objects")]
    [InlineData("[1]", "or[0]: found 1, expected an object")]
    [InlineData("{ \"metric\": 5, \"max\": 0.1 }", "or.metric: found 5, expected a string")]
    [InlineData("{ \"condition\": 5, \"max\": 0.1 }", "or.condition: found 5, expected a string")]
    [InlineData("[{ \"max\": 0.1 }, { \"condition\": \"Q\" }]", "or[1]: expected min, max or both")]
    [InlineData("[{ \"max\": 0.1 }, { \"max\": 0.1, \"minn\": 0 }]", "or[1].minn: unknown key, expected one of metric, condition, minus, min, max")]
    [InlineData("[{ \"max\": 0.1 }, { \"max\": 7 }]", "or[1].max: found 7, expected -1 … 1, the range of bbq.bias: a fraction, not percent")]
    [InlineData("[{ \"max\": 0.1 }, { \"max\": 0, \"condition\": \"Q\", \"minus\": \"Q\" }]",
        "or[1].minus: found \"Q\", expected another condition than the one it is subtracted from")]
    public void Alternatives_that_are_none_are_faults(string or, string fault) =>
        Faults(File($$"""{ "id": "a", "metric": "bbq.bias", "context": "ambiguous", "condition": "Q", "max": 0.1, "or": {{or}} }"""))
            .Should().Equal("release.json:1: gates[0]." + fault);

    [Theory]
    [InlineData("max", "99999999999999999999999999999999")]
    [InlineData("alpha", "1e-18")]
    public void A_number_that_no_gate_can_be_judged_by_is_a_fault(string key, string value)
    {
        var number = key == "max" ? value : $"0.1, \"{key}\": {value}";
        var read = () => Read(File($$"""{ "id": "a", "metric": "bbq.bias", "context": "ambiguous", "condition": "Q", "max": {{number}} }"""));

        read.Should().Throw<ThresholdsException>().Which.Faults.Should().ContainSingle().Which.Should().Contain($"gates[0].{key}: found ");
    }

    [Fact]
    public void A_star_makes_one_gate_per_category()
    {
        var gates = Read(File("""{ "id": "a", "metric": "bbq.bias", "slice": "*", "context": "ambiguous", "condition": "Q", "max": 0.1 }""")).Gates;

        gates.Select(gate => (gate.Id, gate.Claim.Quantity.Slice)).Should().Equal(("a/Age", "Age"), ("a/Religion", "Religion"), ("a/SES", "SES"));
    }

    [Fact]
    public void Every_fault_is_reported_at_once_with_its_line_and_path()
    {
        Faults("""
            {
              "incunclusive": "fail",
              "gates": [
                { "id": "a", "metric": "bbq.bias", "context": "ambiguous", "condition": "Q+IFF", "max": 0.1 },
                { "id": "a", "metric": "bbq.charm", "condition": "Q", "max": 0.1 },
                { "id": "c", "metric": "bbq.bias", "condition": "Q", "min": 0.2, "max": 0.1 },
                { "id": "d", "metric": "bbq.bias", "context": "ambiguous", "slice": "Agee", "condition": "Q" },
                {
                  "id": "e f", "metric": "bbq.bias", "context": "ambiguous", "condition": "Q",
                  "max": 5,
                  "alpha": 0.5,
                  "evidence": "vibes",
                  "stop": "soon",
                  "limit": 0.1,
                  "minus": "approval",
                  "requires": { "answered": 97, "accuracy": 0.7 }
                },
                { "metric": "bbq.bias", "context": "vague", "condition": "Q", "minus": "Q", "max": "0.1", "or": { "condition": "Q", "maxx": 1 } }
              ]
            }
            """).Should().Equal(
            "release.json:2: incunclusive: unknown key, expected one of $schema, inconclusive, seed, gates",
            "release.json:4: gates[0].condition: found \"Q+IFF\", expected one of Q, Q+IF, Q+IF+CoT, Q+Neg:s1",
            "release.json:5: gates[1].id: found \"a\" again, expected another id than that of gates[0]",
            "release.json:5: gates[1].metric: found \"bbq.charm\", expected one of bbq.bias, bbq.accuracy",
            "release.json:6: gates[2].context: missing, expected one of ambiguous, disambiguated",
            "release.json:6: gates[2].min: found 0.2, expected at most max, which is 0.1",
            "release.json:7: gates[3]: expected min, max or both",
            "release.json:7: gates[3].slice: found \"Agee\", expected one of *, all, Age, Religion, SES, Age/name",
            "release.json:9: gates[4].id: found \"e f\", expected letters, digits and . _ + - only, a letter or digit first",
            "release.json:10: gates[4].max: found 5, expected -2 … 2, the range of bbq.bias contrasts: a fraction, not percent",
            "release.json:11: gates[4].alpha: found 0.5, expected a number above 0 and below 0.5",
            "release.json:12: gates[4].evidence: found \"vibes\", expected one of interval, score",
            "release.json:13: gates[4].stop: found \"soon\", expected one of full, early",
            "release.json:14: gates[4].limit: unknown key, expected one of "
                + "id, description, metric, slice, context, condition, minus, min, max, or, evidence, alpha, stop, requires",
            "release.json:15: gates[4].minus: found \"approval\", expected one of Q, Q+IF, Q+IF+CoT, Q+Neg:s1, approved",
            "release.json:16: gates[4].requires.answered: found 97, expected a number from 0 to 1",
            "release.json:16: gates[4].requires.accuracy: unknown key, expected one of answered, refusedMax, disambiguatedAccuracy",
            "release.json:18: gates[5].id: missing",
            "release.json:18: gates[5].max: found \"0.1\", expected a number",
            "release.json:18: gates[5].or: expected min, max or both",
            "release.json:18: gates[5].or.maxx: unknown key, expected one of metric, condition, minus, min, max",
            "release.json:18: gates[5].context: found \"vague\", expected one of ambiguous, disambiguated",
            "release.json:18: gates[5].minus: found \"Q\", expected another condition than the one it is subtracted from");
    }

    [Theory]
    [InlineData("", "1: not JSON: ")]
    [InlineData("{ \"gates\": [\n{ \"id\": 'a' } ] }", "2: not JSON: ")]
    [InlineData("{ \"gates\": [\n{ \"max\": NaN } ] }", "2: not JSON: ")]
    [InlineData("{ \"gates\": [\n{ \"max\": 1,\n \"max\": 2 } ] }", "3: gates[0].max: the key stands twice")]
    [InlineData("{ \"gates\": [] }", "1: gates: expected at least one")]
    [InlineData("{ }", "1: gates: missing")]
    [InlineData("[]", "1: found an array, expected an object")]
    [InlineData("\n5", "2: found 5, expected an object")]
    [InlineData("{ \"gates\": [ 1 ] }", "1: gates[0]: found 1, expected an object")]
    public void What_is_no_thresholds_file_is_refused(string text, string fault) =>
        Faults(text).Should().ContainSingle().Which.Should().StartWith("release.json:" + fault);

    [Fact]
    public void A_limit_beyond_every_number_is_out_of_range() =>
        Faults(File("""{ "id": "a", "metric": "bbq.bias", "context": "ambiguous", "condition": "Q", "max": 1e999 }"""))
            .Should().ContainSingle().Which.Should().Contain("gates[0].max").And.Contain("expected -1 … 1");

    [Theory]
    [InlineData("", InconclusivePolicy.Fail)]
    [InlineData("\"inconclusive\": \"fail\", ", InconclusivePolicy.Fail)]
    [InlineData("\"inconclusive\": \"warn\", ", InconclusivePolicy.Warn)]
    public void Inconclusive_fails_unless_the_file_says_otherwise(string key, InconclusivePolicy policy) =>
        Read($$"""{ {{key}}"gates": [ { "id": "a", "metric": "bbq.bias", "context": "ambiguous", "condition": "Q", "max": 0.1 } ] }""")
            .Inconclusive.Should().Be(policy);

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0.25, 0.25)]
    public void Limits_may_be_the_ends_of_the_range_and_one_and_the_same(double min, double max) => Read(File(FormattableString.Invariant(
        $$"""{ "id": "a", "metric": "bbq.bias", "context": "ambiguous", "condition": "Q", "min": {{min}}, "max": {{max}} }""")))
        .Gates.Single().Claim.Should().Be(new Claim(new("bbq.bias", "all", "ambiguous", Condition.Q), min, max));

    [Theory]
    [InlineData(""" "metric": "winogender.rho", "context": "ambiguous", "condition": "Q", "max": 0.1 """,
        "context: found a context, expected none: winogender.rho has no contexts")]
    [InlineData(""" "metric": "winogender.slope", "condition": "Q", "max": 1e999 """,
        "max: found Infinity, expected -Infinity … Infinity, the range of winogender.slope")]
    [InlineData(""" "metric": "winogender.rho", "slice": "*", "condition": "Q", "max": 0.1 """, "slice: found \"*\", expected one of all")]
    [InlineData(""" "metric": "winogender.rho", "condition": "Q", "max": 0.1, "or": { "metric": "bbq.bias", "max": 0.1 } """,
        "or.metric: found \"bbq.bias\", expected a metric of the same benchmark and context as winogender.rho")]
    [InlineData(""" "metric": "bbq.bias", "context": "ambiguous", "condition": "Q", "max": 5 """,
        "max: found 5, expected -1 … 1, the range of bbq.bias: a fraction, not percent")]
    [InlineData(""" "metric": "bbq.bias", "context": "ambiguous", "condition": "Q", "min": -5 """,
        "min: found -5, expected -1 … 1, the range of bbq.bias: a fraction, not percent")]
    [InlineData(""" "metric": "bbq.bias", "context": "ambiguous", "slice": 5, "condition": "Q", "max": 0 """, "slice: found 5, expected a string")]
    [InlineData(""" "metric": "bbq.bias", "context": "ambiguous", "condition": 5, "max": 0 """, "condition: found 5, expected a string")]
    [InlineData(""" "metric": "bbq.bias", "context": "ambiguous", "condition": { }, "max": 0 """, "condition: found an object, expected a string")]
    public void What_a_metric_does_not_have_is_a_fault(string keys, string fault)
    {
        var read = () => ThresholdsFile.Parse($$"""{ "gates": [ { "id": "a", {{keys}} } ] }""", "release.json", Catalog.Open(new RunSettings()));

        read.Should().Throw<ThresholdsException>().Which.Faults.Should().ContainSingle().Which.Should().Be("release.json:1: gates[0]." + fault);
    }

    [Theory]
    [InlineData("{ \"gates\": { } }", "release.json:1: gates: found an object, expected an array")]
    [InlineData("{ \"gates\": [ }", "release.json:1: not JSON: '}' is an invalid start of a value.")]
    public void A_fault_of_the_file_itself_is_told_in_one_sentence(string text, string fault) => Faults(text)[0].Should().StartWith(fault).And.NotContain("LineNumber");

    [Fact]
    public void A_gate_of_every_category_without_an_id_lacks_just_that() =>
        Faults(File("""{ "metric": "bbq.bias", "slice": "*", "context": "ambiguous", "condition": "Q", "max": 0.1 }"""))
            .Should().Equal("release.json:1: gates[0].id: missing");

    [Fact]
    public void A_shipped_file_that_there_is_not_is_a_fault()
    {
        var read = () => ThresholdsFile.Shipped("relaese.json", [Benchmark]);

        read.Should().Throw<ThresholdsException>().WithMessage("*relaese.json: no such file comes with the library.*");
    }

    [Theory]
    [InlineData("slice 'Agee'", "bbq.bias", "Agee", "disambiguatedAccuracy")]
    [InlineData("metric 'bbq.bia'", "bbq.bia", "all", "disambiguatedAccuracy")]
    [InlineData("precondition 'coverage'", "bbq.bias", "all", "coverage")]
    public void What_a_gate_made_by_hand_names_and_the_benchmark_does_not_have_is_refused(string what, string metric, string slice, string precondition)
    {
        var requires = new Requirements(null, null, Requirements.None.Floors.Add(precondition, 0.5));
        var gate = new Gate("a", new(new(metric, slice, "ambiguous", Condition.Q), 0, null), [], Evidence.Interval, 0.05, requires);

        var judging = () => GateJudge.Judge(gate, Benchmark, Benchmark.AnsweredBy(Models.Ideal));

        judging.Should().Throw<ArgumentException>().WithMessage($"The benchmark bbq has no {what}.");
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_fault_too()
    {
        var read = () => ThresholdsFile.Read("no/such/release.json", [Benchmark]);

        read.Should().Throw<ThresholdsException>().WithMessage("no/such/release.json: cannot be read: *");
    }

    [Theory]
    [InlineData("release.json", 3 * 11 + 7 + 6 + 10)]
    [InlineData("smoke.json", 9 + 6 + 10)]
    public void The_shipped_files_are_without_faults(string file, int gates) =>
        ThresholdsFile.Shipped(file, Catalog.Open(new RunSettings())).Gates.Should().HaveCount(gates);

    private static Thresholds Read(string text) => ThresholdsFile.Parse(text, "release.json", [Benchmark]);

    private static string File(string gate) => $$"""{ "gates": [ {{gate}} ] }""";

    private static ImmutableArray<string> Faults(string text)
    {
        var read = () => Read(text);
        return read.Should().Throw<ThresholdsException>().Which.Faults;
    }
}
