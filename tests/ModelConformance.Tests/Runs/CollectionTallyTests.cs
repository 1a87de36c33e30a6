using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Collection;
using ModelConformance.Ledger;
using ModelConformance.Protocol;
using ModelConformance.Runs;
using ModelConformance.Tests.Collection;

namespace ModelConformance.Tests.Runs;

public class CollectionTallyTests
{
    private static readonly BbqBenchmark Bbq = BbqBenchmark.Open(null);

    [Fact]
    public async Task An_answer_that_comes_twice_counts_once_and_what_both_took_is_counted()
    {
        using var target = new FakeTarget(_ => new Reply("(a)", Finish.Stop));
        var asking = new Asking(Bbq, [(Bbq.Items[0], Condition.Q), (Bbq.Items[1], Condition.Q)], [], samples: 1, ahead: 1);
        var tally = new CollectionTally([asking], target, new MemoryLedger(), new PriceSettings());
        var taken = new HashSet<Item>();

        ItemAnswer[] answers = [Answer(0), Answer(1), Answer(0)];
        var endedBy = await tally.CountAsync(answers.ToAsyncEnumerable(), answer => taken.Add(answer.Item), _ => { });

        endedBy.Should().BeNull();
        (tally.Items, tally.Failed, tally.Calls.Requests).Should().Be((2, 0, 3));
        tally.Now().Done.Should().Be(2);
    }

    private static ItemAnswer Answer(int item)
    {
        var reply = new Reply("(a)", Finish.Stop);
        return new(new Question(Bbq, Bbq.Items[item], Condition.Q), Bbq.Read(Bbq.Items[item], reply, Mode.Text), reply) { New = [reply] };
    }
}
