using ModelConformance.Protocol;

namespace ModelConformance.Answers;

/// <summary>What every item of a benchmark was answered, by condition. Not thread-safe.</summary>
public sealed class AnswerSheet
{
    private readonly Dictionary<Condition, Dictionary<string, Answer>> answers = [];

    /// <summary>The conditions with at least one answer.</summary>
    public IReadOnlyCollection<Condition> Conditions => answers.Keys;

    /// <summary>The answer to an item under a condition; <see cref="Answer.Missing"/> where there is none.</summary>
    public Answer this[Item item, Condition condition]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(item);
            return answers.TryGetValue(condition, out var given) ? given.GetValueOrDefault(item.Id, Answer.Missing) : Answer.Missing;
        }
    }

    /// <summary>The answers under a condition, for reading many: finds the condition once. Follows what is added later.</summary>
    /// <returns>What the indexer returns for an item and the condition.</returns>
    public Func<Item, Answer> Under(Condition condition)
    {
        if (!answers.TryGetValue(condition, out var given))
        {
            return item => this[item, condition];
        }

        return item => given.GetValueOrDefault(item.Id, Answer.Missing);
    }

    /// <summary>Puts an answer on the sheet.</summary>
    /// <returns>False, and nothing is changed, where the item already has an answer under the condition.</returns>
    public bool TryAdd(Item item, Condition condition, Answer answer)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (!answers.TryGetValue(condition, out var given))
        {
            answers.Add(condition, given = new(StringComparer.Ordinal));
        }

        return given.TryAdd(item.Id, answer);
    }
}
