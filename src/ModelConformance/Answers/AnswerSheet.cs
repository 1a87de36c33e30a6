using ModelConformance.Protocol;

namespace ModelConformance.Answers;

/// <summary>
/// What every item of a benchmark was answered, by condition: one answer each, or samples that are pooled into one (<see cref="Pool"/>).
/// Thread-safe only while nothing is added.
/// </summary>
public sealed class AnswerSheet
{
    private readonly Dictionary<Condition, Column> columns = [];

    // Millions of answers are a handful of different ones, but where probabilities were measured.
    private readonly Dictionary<Answer, Answer> distinct = [];

    /// <summary>The conditions with at least one answer.</summary>
    public IReadOnlyCollection<Condition> Conditions => columns.Keys;

    /// <summary>The fewest and the most samples that a sampled item has under a condition; null where none was sampled.</summary>
    public (int Fewest, int Most)? SamplesPerItem
    {
        get
        {
            int[] counts = [.. columns.Values.SelectMany(column => column.Samples.Values).Select(samples => samples.Count)];
            return counts.Length == 0 ? null : (counts.Min(), counts.Max());
        }
    }

    /// <summary>The answer to an item under a condition; <see cref="Answer.Missing"/> where there is none.</summary>
    public Answer this[Item item, Condition condition]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(item);
            return columns.TryGetValue(condition, out var column) ? column.Of(item) : Answer.Missing;
        }
    }

    /// <summary>The answers under a condition, for reading many: finds the condition once. Follows what is added later.</summary>
    /// <returns>What the indexer returns for an item and the condition.</returns>
    public Func<Item, Answer> Under(Condition condition) =>
        columns.TryGetValue(condition, out var column) ? column.Of : item => this[item, condition];

    /// <summary>Puts an answer on the sheet.</summary>
    /// <returns>False, and nothing is changed, where the item already has an answer or a sample under the condition.</returns>
    public bool TryAdd(Item item, Condition condition, Answer answer)
    {
        ArgumentNullException.ThrowIfNull(item);
        var column = ColumnOf(condition);
        return !column.Samples.ContainsKey(item.Id) && column.Answers.TryAdd(item.Id, answer.Probabilities is null ? Same(answer) : answer);
    }

    /// <summary>Puts one of an item's samples on the sheet; they may come in any order.</summary>
    /// <param name="item">The item.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="index">Which repeat it is: 0 … <see cref="Pool.MostSamples"/> − 1.</param>
    /// <param name="sample">What its reply means.</param>
    /// <returns>
    /// False, and nothing is changed, where the item already has this sample, or an answer that is none, under the condition.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside its range.</exception>
    public bool TryAddSample(Item item, Condition condition, int index, Answer sample)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Pool.MostSamples);
        var column = ColumnOf(condition);
        if (column.Answers.ContainsKey(item.Id))
        {
            return false;
        }

        if (!column.Samples.TryGetValue(item.Id, out var samples))
        {
            column.Samples.Add(item.Id, samples = new());
        }

        return samples.TryAdd(index, Same(sample));
    }

    /// <summary>A sheet of some of the answers.</summary>
    /// <param name="keeps">Whether the answers to an item, by its id, under a condition are kept.</param>
    public AnswerSheet Only(Func<string, Condition, bool> keeps)
    {
        ArgumentNullException.ThrowIfNull(keeps);
        var part = new AnswerSheet();
        foreach (var (condition, column) in columns)
        {
            Copy(column.Answers, kept => kept.Answers);
            Copy(column.Samples, kept => kept.Samples);

            void Copy<T>(Dictionary<string, T> from, Func<Column, Dictionary<string, T>> to)
            {
                foreach (var (item, answer) in from.Where(pair => keeps(pair.Key, condition)))
                {
                    to(part.ColumnOf(condition)).Add(item, answer);
                }
            }
        }

        return part;
    }

    private Answer Same(Answer answer)
    {
        if (!distinct.TryGetValue(answer, out var same))
        {
            distinct.Add(answer, same = answer);
        }

        return same;
    }

    private Column ColumnOf(Condition condition)
    {
        if (!columns.TryGetValue(condition, out var column))
        {
            columns.Add(condition, column = new());
        }

        return column;
    }

    /// <summary>The answers under one condition, by item.</summary>
    private sealed class Column
    {
        public Dictionary<string, Answer> Answers { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, Samples> Samples { get; } = new(StringComparer.Ordinal);

        public Answer Of(Item item) =>
            Answers.TryGetValue(item.Id, out var answer) ? answer
            : Samples.TryGetValue(item.Id, out var samples) ? samples.Pooled(item)
            : Answer.Missing;
    }
}
