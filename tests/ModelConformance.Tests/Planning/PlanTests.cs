using ModelConformance.Benchmarks;
using ModelConformance.Gates;
using ModelConformance.Planning;
using ModelConformance.Protocol;
using ModelConformance.Runs;

namespace ModelConformance.Tests.Planning;

public sealed class PlanTests
{
    private static readonly IReadOnlyList<IBenchmark> Sample = Catalog.Open(new());

    [Fact]
    public void Prompt_tokens_are_a_quarter_of_the_bytes_and_completion_tokens_what_a_reply_may_have()
    {
        var bbq = Sample[0];
        var plan = Of(new() { Select = new() { Benchmarks = "bbq", Conditions = "Q" }, Target = new() { Prefill = "real" } });

        var prompts = bbq.Items.Select(item => bbq.Render(item, Condition.Q, Mode.Text)).Sum(
            conversation => Math.Ceiling(System.Text.Encoding.UTF8.GetByteCount(conversation.Turns.Single().Text + conversation.Prefill.Text) / 4.0));
        plan.Conditions.Should().ContainSingle().Which.Effort.Should().Be(new Effort(352, (long)prompts, 352 * 64));
    }

    [Fact]
    public void The_second_step_of_a_condition_that_reasons_has_the_longest_reasoning_in_it()
    {
        var plan = Of(new() { Select = new() { Benchmarks = "winogender", Conditions = "Q+IF,Q+IF+CoT" } });

        var (once, twice) = (plan.Conditions[0].Effort, plan.Conditions[1].Effort);
        (twice.Calls, twice.CompletionTokens).Should().Be((2 * once.Calls, 60 * (256 + 64)));
        (twice.PromptTokens - 2 * once.PromptTokens).Should().BeInRange(60 * 256, 60 * (256 + 100), "a thought begins and the question is repeated");
    }

    [Fact]
    public void Every_sample_is_a_call_with_tokens_of_its_own()
    {
        RunSettings once = new() { Select = new() { Conditions = "Q+IF+CoT" }, Target = new() { Mode = Mode.Sampling, Samples = 1 } };
        var (one, five) = (Of(once), Of(once with { Target = once.Target with { Samples = 5 } }));

        five.Questions.Should().Be(5 * one.Questions);
        five.Conditions.Select(part => part.Effort).Should().Equal(one.Conditions.Select(part => part.Effort * 5));
    }

    [Fact]
    public void What_a_gate_needs_is_what_its_own_run_would_need()
    {
        var plan = Of(new());

        foreach (var gate in plan.Gates)
        {
            var alone = Plan.Of(new(), Sample, [gate.Gate]);
            gate.Effort.Should().Be(Effort.Of(alone.Conditions.Select(condition => condition.Effort)), gate.Gate.Id);
        }
    }

    [Fact]
    public void Gates_that_stop_early_are_planned_by_what_they_are_expected_to_take_beside_the_most()
    {
        var full = ThresholdsFile.Shipped("early.json", Sample).Gates.Select(gate => gate with { Stopping = null }).ToArray();
        var (early, whole) = (Early(full), Plan.Of(new(), Sample, full));

        (early.Total, early.Questions).Should().Be((whole.Total, whole.Questions), "the most is the same");
        whole.Expected.Should().Be(whole.Total);
        early.Expected.Calls.Should().BeLessThan(early.Total.Calls);
        early.Gates.Zip(whole.Gates).Should().OnlyContain(pair => pair.First.Effort.Calls <= pair.Second.Effort.Calls);

        Plan Early(Gate[] gates) => Plan.Of(new(), Sample, [.. gates.Select(gate => gate with { Stopping = new(1) })]);
    }

    [Fact]
    public void What_other_gates_ask_wholly_is_expected_wholly()
    {
        var gates = ThresholdsFile.Shipped("early.json", Sample).Gates;
        Gate[] mixed = [.. gates, .. gates.Select(gate => gate with { Id = $"full.{gate.Id}", Stopping = null })];

        var plan = Plan.Of(new(), Sample, mixed);

        plan.Expected.Should().Be(plan.Total);
    }

    [Fact]
    public void A_budget_is_held_against_what_is_expected_where_gates_stop_early()
    {
        var gates = ThresholdsFile.Shipped("early.json", Sample).Gates;
        var plan = Plan.Of(new() { Budget = new() { Calls = 1 } }, Sample, gates);

        plan.Limits.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Setting = "Budget:Calls", Needed = (decimal)plan.Expected.Calls, AtMost = (decimal)plan.Total.Calls, IsExceeded = true });
        Plan.Of(new() { Budget = new() { Calls = plan.Expected.Calls } }, Sample, gates).Limits.Single().IsExceeded.Should().BeFalse();
    }

    [Trait("Category", "Long")]
    [SkippableFact]
    public void Equal_questions_of_the_published_data_are_planned_once()
    {
        var settings = new RunSettings { Data = new() { Root = RealData.Root } };
        var plan = Plan.Of(settings, Catalog.Open(settings), Selection.Read(settings, Catalog.Open(settings)).Gates);

        plan.Questions.Should().Be(408_596);
        plan.Conditions.Where(part => part.Benchmark == "admissions").Select(part => part.Effort.Calls).Should().Equal(3_888, 3_888, 7_776, 3_888);
        plan.Conditions.Where(part => part.Benchmark == "bbq").Select(part => part.Effort.Calls).Should().OnlyContain(calls => calls > 58_000);
        plan.Total.Calls.Should().Be(311_941, "README says 312,000");
        plan.Gates.Should().HaveCountGreaterThan(50).And.OnlyContain(gate => gate.Claims.All(claim => claim.Units > 0 && claim.Clusters >= 25));
    }

    private static Plan Of(RunSettings settings) => Plan.Of(settings, Sample, Selection.Read(settings, Sample).Gates);
}
