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
    /// <summary>What all of it takes.</summary>
    public Effort Total => Effort.Of(Conditions.Select(condition => condition.Effort)) + Probe;

    /// <summary>The questions, one as often as it has samples.</summary>
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
        var samples = settings.Target.Mode == Mode.Sampling ? settings.Target.Samples : 1;
        var cells = Selection.Cells(gates, benchmarks)
            .Select(cell => (Cell: cell, Asked: Ask(benchmarks.Single(one => one.Id == cell.Benchmark), cell, questioning))).ToArray();
        var asked = cells.ToDictionary(pair => pair.Cell, pair => pair.Asked.Conversations);
        var before = new HashSet<UInt128>();
        PlannedCondition[] conditions =
        [
            .. cells.GroupBy(pair => (pair.Cell.Benchmark, pair.Cell.Condition)).Select(part => new PlannedCondition(
                part.Key.Benchmark,
                part.Key.Condition,
                (long)samples * part.Sum(pair => pair.Asked.Questions),
                New(part.Select(pair => pair.Asked.Conversations), before))),
        ];
        PlannedGate[] planned =
        [
            .. gates.Select(gate => new PlannedGate(
                gate,
                New(Selection.Cells([gate], benchmarks).Select(cell => asked[cell]), []),
                [.. gate.Claims.Select(claim => PlannedClaim.Of(gate, claim, benchmarks.Single(one => one.Id == gate.Benchmark)))])),
        ];
        var plan = new Plan(conditions, questioning.Of(Targets.Probe.Question(settings.Target.Mode)), planned, []);
        return plan with { Limits = BudgetLimit.Of(settings, plan.Total) };
    }

    /// <summary>The conversations of a cell, each once.</summary>
    private static (int Questions, Dictionary<UInt128, Effort> Conversations) Ask(IBenchmark benchmark, Cell cell, Questioning questioning)
    {
        var questions = Run.Questions(benchmark, [cell]);
        var conversations = new Dictionary<UInt128, Effort>();
        foreach (var (conversation, effort) in questions.SelectMany(question => questioning.Of(benchmark, question.Item, question.Condition)))
        {
            conversations[conversation] = effort;
        }

        return (questions.Length, conversations);
    }

    /// <summary>What conversations take that were not asked before; they are from now on.</summary>
    private static Effort New(IEnumerable<Dictionary<UInt128, Effort>> parts, HashSet<UInt128> before) =>
        Effort.Of(parts.SelectMany(part => part).Where(one => before.Add(one.Key)).Select(one => one.Value));

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
/// <param name="Questions">The questions, one as often as it has samples.</param>
/// <param name="Effort">What they take beyond what the conditions before this one have asked already.</param>
public sealed record PlannedCondition(string Benchmark, Condition Condition, long Questions, Effort Effort);

/// <summary>What a gate needs, and what it can decide by that.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="Effort">What its cells take, were they asked for it alone: gates share most of their cells.</param>
/// <param name="Claims">Its claim, then the alternatives.</param>
public sealed record PlannedGate(Gate Gate, Effort Effort, IReadOnlyList<PlannedClaim> Claims)
{
    /// <summary>Whether one of its claims can be decided; null where that cannot be said beforehand.</summary>
    public bool? IsDecidable => Claims.Any(claim => claim.IsDecidable == true) ? true : Claims.Any(claim => claim.IsDecidable is null) ? null : false;
}
