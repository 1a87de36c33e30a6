using System.Runtime.CompilerServices;
using ModelConformance.Answers;
using ModelConformance.Benchmarks;
using ModelConformance.Collection;
using ModelConformance.Gates;
using ModelConformance.Protocol;

namespace ModelConformance.Runs;

/// <summary>
/// What a run asks of one benchmark: its cells' questions, and then what gates that may stop early need besides, found out as the answers come
/// in: gate by gate in turn, a round each, until all of them are decided. What was asked beyond the last verdict was asked for nothing, and one slow
/// answer holds up the counting: a gate's questions are never more rounds ahead of it than the target is asked at once.
/// </summary>
internal sealed class Asking
{
    private readonly Lock turn = new();
    private readonly AnswerSheet sheet = new();
    private readonly (Item Item, Condition Condition)[] whole;
    private readonly (EarlyGate Gate, int Next)[] gates;
    private readonly HashSet<(string Item, Condition Condition)> asked;
    private readonly Dictionary<(string Item, Condition Condition), List<(EarlyGate Gate, int Round)>> needing = [];
    private readonly HashSet<(string Item, Condition Condition)> dropped = [];
    private readonly Dictionary<(string Item, Condition Condition), int> answered = [];
    private readonly Dictionary<(string Item, Condition Condition), List<EarlyGate>> waiting = [];
    private readonly int samples;
    private readonly int ahead;
    private TaskCompletionSource counting = NotYet();

    /// <summary>Nothing was asked yet.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="whole">What is asked whatever the answers.</param>
    /// <param name="early">Gates that may stop early; those of other benchmarks are passed over.</param>
    /// <param name="samples">How many answers a question has.</param>
    /// <param name="ahead">How many rounds may be asked before the first of them is counted, at least 1.</param>
    public Asking(IBenchmark benchmark, (Item Item, Condition Condition)[] whole, IEnumerable<Gate> early, int samples, int ahead)
    {
        Benchmark = benchmark;
        (this.whole, this.samples, this.ahead) = (whole, samples, ahead);
        gates = [.. early.Where(gate => gate.Benchmark == benchmark.Id).Select(gate => (new EarlyGate(gate, benchmark), 0))];

        // A set of hundreds of thousands, which only these gates need.
        asked = MayStopEarly ? [.. whole.Select(Key)] : [];
        var atMost = MayStopEarly ? asked.Union(gates.SelectMany(gate => gate.Gate.AllQuestions()).Select(Key)) : whole.Select(Key);
        AtMost = [.. atMost.CountBy(question => question.Condition).Select(count => (count.Key, samples * count.Value))];
        foreach (var (gate, _) in gates)
        {
            Advance(gate);
        }
    }

    public IBenchmark Benchmark { get; }

    /// <summary>The most questions that this can come to by condition, one as often as it has samples.</summary>
    public IReadOnlyList<(Condition Condition, int Questions)> AtMost { get; }

    public bool MayStopEarly => gates.Length > 0;

    /// <summary>
    /// The questions, each as often as it has samples. Those of the early gates end when none is open, or all that could be asked has been.
    /// </summary>
    /// <param name="cancellation">Ends the wait for answers to those before.</param>
    public IAsyncEnumerable<Question> QuestionsAsync(CancellationToken cancellation) => OnceAsync(cancellation).SelectMany(
        _ => Enumerable.Range(0, samples), (question, sample) => new Question(Benchmark, question.Item, question.Condition, sample));

    private async IAsyncEnumerable<(Item Item, Condition Condition)> OnceAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var question in whole)
        {
            yield return question;
        }

        for (var isOpen = true; isOpen;)
        {
            // Looked at first, so that no answer is missed that comes while rounds are given out.
            var counted = Counting();
            (isOpen, var isHeld) = (false, true);
            for (var place = 0; place < gates.Length; place++)
            {
                var round = NextRound(place, ref isOpen);
                isHeld &= round is null;
                foreach (var question in round ?? [])
                {
                    yield return question;
                }
            }

            if (isOpen && isHeld)
            {
                await counted.WaitAsync(cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Puts an answer on the sheet.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="isSample">Whether it is one of several to its question.</param>
    /// <returns>False where it is there already.</returns>
    public bool Add(ItemAnswer answer, bool isSample)
    {
        lock (turn)
        {
            var isNew = isSample
                ? sheet.TryAddSample(answer.Item, answer.Condition, answer.Sample, answer.Answer)
                : sheet.TryAdd(answer.Item, answer.Condition, answer.Answer);
            if (!isNew || !MayStopEarly)
            {
                return isNew;
            }

            var key = Key((answer.Item, answer.Condition));
            answered[key] = answered.GetValueOrDefault(key) + 1;
            if (answered[key] == samples && waiting.Remove(key, out var ready))
            {
                ready.ForEach(Advance);
                counting.SetResult();
                counting = NotYet();
            }

            return true;
        }
    }

    /// <summary>
    /// Takes a question back that no gate needs any more, so that answers that are there already decide all they can before anything is asked. A gate
    /// that comes to need it asks for it again.
    /// </summary>
    /// <returns>Whether it was taken back.</returns>
    public bool TryDrop(Question question)
    {
        lock (turn)
        {
            var key = Key((question.Item, question.Condition));
            if (dropped.Contains(key))
            {
                // Another sample of it: they come one after the other.
                return true;
            }

            if (!needing.TryGetValue(key, out var rounds)
                || rounds.Any(one => one.Gate.Questions(one.Round) is { } open && open.Select(Key).Contains(key)))
            {
                return false;
            }

            needing.Remove(key);
            asked.Remove(key);
            dropped.Add(key);
            return true;
        }
    }

    /// <summary>The answers that count: which others were asked before the last verdict fell differs from run to run.</summary>
    public AnswerSheet Counted()
    {
        if (!MayStopEarly)
        {
            return sheet;
        }

        var counted = whole.Concat(gates.SelectMany(gate => gate.Gate.CountedQuestions())).Select(Key).ToHashSet();
        return sheet.Only((item, condition) => counted.Contains((item, condition)));
    }

    /// <summary>Counts what can be counted, and waits for the answer that is missing.</summary>
    private void Advance(EarlyGate gate)
    {
        if (gate.Advance(sheet, (item, condition) => answered.GetValueOrDefault(Key((item, condition))) == samples) is { } missing)
        {
            if (!waiting.TryGetValue(Key(missing), out var others))
            {
                waiting.Add(Key(missing), others = []);
            }

            others.Add(gate);
        }
    }

    /// <summary>What is new in a gate's next round; null where it has none, and where it is too far ahead.</summary>
    private List<(Item Item, Condition Condition)>? NextRound(int place, ref bool isOpen)
    {
        lock (turn)
        {
            var (gate, round) = gates[place];
            if (gate.Questions(round) is not { } questions)
            {
                return null;
            }

            isOpen = true;
            if (round - gate.Round >= ahead)
            {
                return null;
            }

            gates[place].Next++;
            var added = new List<(Item Item, Condition Condition)>();
            foreach (var question in questions)
            {
                if (asked.Add(Key(question)))
                {
                    added.Add(question);
                    needing.Add(Key(question), []);
                    dropped.Remove(Key(question));
                }

                // What is asked whatever the answers is in no list.
                needing.GetValueOrDefault(Key(question))?.Add((gate, round));
            }

            return added;
        }
    }

    private Task Counting()
    {
        lock (turn)
        {
            return counting.Task;
        }
    }

    private static TaskCompletionSource NotYet() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static (string Item, Condition Condition) Key((Item Item, Condition Condition) question) => (question.Item.Id, question.Condition);
}
