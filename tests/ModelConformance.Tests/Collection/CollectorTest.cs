using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Collection;
using ModelConformance.Ledger;
using ModelConformance.Protocol;
using ModelConformance.Targets;

namespace ModelConformance.Tests.Collection;

/// <summary>What the tests of the collector share: the questions, a ledger, and a collection without grace.</summary>
public abstract class CollectorTest : IAsyncDisposable
{
    private protected static readonly BbqBenchmark Bbq = BbqBenchmark.Open(null);
    private protected static readonly Reply Said = new("(a)", Finish.Stop);

    private protected MemoryLedger Ledger { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected static IEnumerable<(Item Item, Condition Condition)> Questions(params Condition[] conditions) =>
        conditions.SelectMany(condition => Bbq.Items.Select(item => (item, condition)));

    private protected static async Task Until(Func<bool> holds)
    {
        var late = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            TimeProvider.System.GetElapsedTime(late).Should().BeLessThan(TimeSpan.FromMinutes(5), "it should have come to pass");
            await Task.Yield();
        }
    }

    private protected async Task<ItemAnswer[]> CollectAsync(
        ITarget target,
        IEnumerable<(Item Item, Condition Condition)> questions,
        int concurrency = 4,
        List<ItemAnswer>? kept = null,
        Mode mode = Mode.Text,
        int samples = 1,
        CancellationToken cancellation = default)
    {
        kept ??= [];
        var all = questions.SelectMany(one => Enumerable.Range(0, samples), (one, sample) => new Question(Bbq, one.Item, one.Condition, sample));
        var collector = new Collector(target, Ledger, mode, concurrency) { Grace = TimeSpan.Zero };
        await foreach (var answer in collector.CollectAsync(all.ToAsyncEnumerable(), cancellation))
        {
            kept.Add(answer);
        }

        return [.. kept];
    }
}
