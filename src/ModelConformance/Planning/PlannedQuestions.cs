using ModelConformance.Benchmarks;
using ModelConformance.Protocol;

namespace ModelConformance.Planning;

/// <summary>What the questions of a benchmark take, each rendered once.</summary>
internal sealed class PlannedQuestions(IBenchmark benchmark, Questioning questioning)
{
    private readonly Dictionary<(string Item, Condition Condition), (UInt128 Conversation, Effort Effort)[]> known = [];

    /// <summary>The questions, each once, by item and condition.</summary>
    public IReadOnlyCollection<(string Item, Condition Condition)> Of(IEnumerable<(Item Item, Condition Condition)> questions)
    {
        var once = new HashSet<(string Item, Condition Condition)>();
        foreach (var (item, condition) in questions)
        {
            var key = (item.Id, condition);
            if (once.Add(key) && !known.ContainsKey(key))
            {
                known.Add(key, [.. questioning.Of(benchmark, item, condition)]);
            }
        }

        return once;
    }

    /// <summary>What conversations take that were not asked before; they are from now on.</summary>
    public Effort Effort(IEnumerable<(string Item, Condition Condition)> questions, HashSet<UInt128> before) =>
        Planning.Effort.Of(questions.SelectMany(question => known[question]).Where(one => before.Add(one.Conversation)).Select(one => one.Effort));
}
