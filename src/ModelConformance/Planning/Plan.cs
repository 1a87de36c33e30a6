using ModelConformance.Benchmarks;
using ModelConformance.Gates;
using ModelConformance.Protocol;
using ModelConformance.Runs;

namespace ModelConformance.Planning;

/// <summary>What a run will take, and what it will be able to decide. Nothing is sent.</summary>
/// <param name="Conditions">What each benchmark takes under each condition.</param>
/// <param name="Probe">What the question before the first item takes.</param>
/// <param name="Gates">What each gate needs, in the order of the thresholds file.</param>
/// <param name="Limits">The limits of the budget, each beside what is needed.</param>
public sealed record Plan(
    IReadOnlyList<PlannedCondition> Conditions, Effort Probe, IReadOnlyList<PlannedGate> Gates, IReadOnlyList<BudgetLimit> Limits)
{
    /// <summary>What all of it takes, where no gate stops early.</summary>
    public Effort Total => Effort.Of(Conditions.Select(condition => condition.Effort)) + Probe;

    /// <summary>About what it takes where gates stop early and scores fall as assumed; the same where none does.</summary>
    public Effort Expected => Effort.Of(Conditions.Select(condition => condition.Expected)) + Probe;

    /// <summary>The most questions, one as often as it has samples.</summary>
    public long Questions => Conditions.Sum(condition => condition.Questions);

    /// <summary>Plans a run.</summary>
    /// <param name="settings">The settings; a target need not be among them.</param>
    /// <param name="benchmarks">The benchmarks.</param>
    /// <param name="gates">The gates that the run is to judge.</param>
    /// <exception cref="SettingsException">Prices, budget, or how a target is asked cannot be used: all faults, one a line.</exception>
    public static Plan Of(RunSettings settings, IReadOnlyList<IBenchmark> benchmarks, IReadOnlyList<Gate> gates)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(benchmarks);
        ArgumentNullException.ThrowIfNull(gates);
        Check(settings);
        var questioning = new Questioning(settings.Target);
        var conditions = new List<PlannedCondition>();
        var planned = new Dictionary<Gate, PlannedGate>();
        foreach (var benchmark in benchmarks)
        {
            var asked = new PlannedQuestions(benchmark, questioning);
            Gate[] own = [.. gates.Where(gate => gate.Benchmark == benchmark.Id)];
            var early = own.Where(gate => gate.Stopping is not null).ToDictionary(gate => gate, gate => new EarlyGate(gate, benchmark));
            var whole = asked.Of(Run.Questions(benchmark, Selection.Cells(own.Except(early.Keys), benchmarks)));
            var most = whole.Union(asked.Of(early.Values.SelectMany(gate => gate.AllQuestions()))).ToLookup(question => question.Condition);
            var expected = whole.Union(asked.Of(early.Values.SelectMany(gate => gate.PlannedQuestions()))).ToLookup(question => question.Condition);
            var (before, beforeExpected) = (new HashSet<UInt128>(), new HashSet<UInt128>());
            conditions.AddRange(
                from condition in benchmark.Conditions
                where most.Contains(condition)
                select new PlannedCondition(
                    benchmark.Id, condition, (long)settings.Target.SamplesPerQuestion * most[condition].Count(), asked.Effort(most[condition], before),
                    asked.Effort(expected[condition], beforeExpected)));
            foreach (var gate in own)
            {
                var needed = early.TryGetValue(gate, out var stopping)
                    ? stopping.PlannedQuestions()
                    : Run.Questions(benchmark, Selection.Cells([gate], benchmarks));
                planned[gate] = new(gate, asked.Effort(asked.Of(needed), []), [.. gate.Claims.Select(claim => PlannedClaim.Of(gate, claim, benchmark))]);
            }
        }

        var plan = new Plan(conditions, questioning.Of(Targets.Probe.Question(settings.Target.Mode)), [.. gates.Select(gate => planned[gate])], []);
        return plan with { Limits = BudgetLimit.Of(settings, plan) };
    }

    private static void Check(RunSettings settings)
    {
        // A plan needs nobody to ask; how is looked at all the same.
        var target = settings.HasTarget ? settings.Target : settings.Target with { BaseUrl = "http://localhost/v1", Model = "any", ApiKey = null };
        string[] faults = [.. target.Faults(), .. settings.Prices.Faults(), .. settings.Budget.Faults(settings.Prices)];
        if (faults.Length > 0)
        {
            throw new SettingsException(string.Join('\n', faults));
        }
    }
}

/// <summary>What a benchmark takes under one condition.</summary>
/// <param name="Benchmark">The benchmark's id.</param>
/// <param name="Condition">The condition.</param>
/// <param name="Questions">The most questions, one as often as it has samples.</param>
/// <param name="Effort">What they take beyond what the conditions before this one have asked already.</param>
/// <param name="Expected">About what is left of that where gates stop early and scores fall as assumed; the same where none does.</param>
public sealed record PlannedCondition(string Benchmark, Condition Condition, long Questions, Effort Effort, Effort Expected);

/// <summary>What a gate needs, and what it can decide by that.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="Effort">
/// What its cells take, were they asked for it alone: gates share most of their cells. Where it stops early, about what that takes.
/// </param>
/// <param name="Claims">Its claim, then the alternatives.</param>
public sealed record PlannedGate(Gate Gate, Effort Effort, IReadOnlyList<PlannedClaim> Claims)
{
    /// <summary>Whether one of its claims can be decided; null where that cannot be said beforehand.</summary>
    public bool? IsDecidable => Claims.Any(claim => claim.IsDecidable == true) ? true : Claims.Any(claim => claim.IsDecidable is null) ? null : false;
}
