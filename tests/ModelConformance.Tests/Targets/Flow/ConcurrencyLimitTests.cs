using FsCheck;
using FsCheck.Fluent;
using ModelConformance.Targets.Flow;

namespace ModelConformance.Tests.Targets.Flow;

public class ConcurrencyLimitTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task A_target_that_takes_everything_is_asked_as_much_as_the_settings_allow_always()
    {
        var limit = new ConcurrencyLimit(64, Timeout);
        for (var round = 0; round < 100; round++)
        {
            await RoundAsync(limit, 64, isOverload: false, Quick);
            limit.Value.Should().Be(64);
        }
    }

    [Fact]
    public async Task An_overload_halves_the_limit_once_however_many_of_the_requests_under_way_find_it()
    {
        var limit = new ConcurrencyLimit(64, Timeout);
        await RoundAsync(limit, 64, isOverload: true, Quick);
        limit.Value.Should().Be(32);
        await RoundAsync(limit, 32, isOverload: true, Quick);
        limit.Value.Should().Be(16);
    }

    [Fact]
    public async Task A_limits_worth_of_successes_adds_one()
    {
        var limit = new ConcurrencyLimit(16, Timeout);
        await RoundAsync(limit, 16, isOverload: true, Quick);
        for (var expected = 8; expected < 16; expected++)
        {
            limit.Value.Should().Be(expected);
            await RoundAsync(limit, expected, isOverload: false, Quick);
        }

        await RoundAsync(limit, 16, isOverload: false, Quick);
        limit.Value.Should().Be(16, "it is the ceiling");
    }

    [Fact]
    public async Task A_limit_that_is_not_reached_does_not_grow()
    {
        var limit = new ConcurrencyLimit(16, Timeout);
        await RoundAsync(limit, 16, isOverload: true, Quick);
        for (var round = 0; round < 100; round++)
        {
            await RoundAsync(limit, 2, isOverload: false, Quick);
        }

        limit.Value.Should().Be(8);
    }

    [Fact]
    public async Task It_never_falls_below_one()
    {
        var limit = new ConcurrencyLimit(4, Timeout);
        for (var round = 0; round < 10; round++)
        {
            await RoundAsync(limit, 1, isOverload: true, Quick);
        }

        limit.Value.Should().Be(1);
    }

    [Fact]
    public async Task A_full_target_is_asked_less_until_its_replies_are_far_from_the_timeout()
    {
        // It serves one request in two seconds: the latency is the queue (Little's law).
        var limit = new ConcurrencyLimit(64, Timeout);
        for (var round = 0; round < 40; round++)
        {
            await RoundAsync(limit, limit.Value, isOverload: false, limit.Value * TimeSpan.FromSeconds(2));
            (limit.Value * TimeSpan.FromSeconds(2)).Should().BeLessThan(Timeout, "from the first round on");
        }

        limit.Value.Should().BeLessThanOrEqualTo(14, "at 13 and above the mean is over a quarter of the timeout");
    }

    [Fact]
    public async Task A_target_that_is_slow_by_itself_is_asked_as_much_as_before()
    {
        var limit = new ConcurrencyLimit(64, Timeout);
        var seen = new List<int>();
        for (var round = 0; round < 20; round++)
        {
            await RoundAsync(limit, limit.Value, isOverload: false, TimeSpan.FromSeconds(40));
            seen.Add(limit.Value);
        }

        seen[0].Should().Be(32, "it is tried whether fewer requests are quicker");
        seen[1..].Should().OnlyContain(value => value == 64, "they are not");
    }

    [Theory]
    [InlineData(0, "a target that answers at once")]
    [InlineData(20, "one that takes its time")]
    public async Task Whoever_waits_gets_in_in_the_order_of_coming(int milliseconds, string of)
    {
        var quick = TimeSpan.FromMilliseconds(milliseconds);
        var limit = new ConcurrencyLimit(1, Timeout);
        var first = await limit.EnterAsync(CancellationToken.None);
        using var impatient = new CancellationTokenSource();
        var second = limit.EnterAsync(CancellationToken.None).AsTask();
        var third = limit.EnterAsync(impatient.Token).AsTask();
        var fourth = limit.EnterAsync(CancellationToken.None).AsTask();
        await impatient.CancelAsync();
        await FluentActions.Awaiting(() => third).Should().ThrowAsync<OperationCanceledException>();
        limit.Leave(first, false, quick);
        var number = await second;
        fourth.IsCompleted.Should().BeFalse(of);
        limit.Leave(number, false, quick);
        (await fourth).Should().BeGreaterThan(number);
        limit.InFlight.Should().Be(1);
    }

    [Fact]
    public void The_limit_stays_between_one_and_the_ceiling_and_no_one_gets_in_before_another() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(
            ArbMap.Default.ArbFor<byte>(), ArbMap.Default.ArbFor<bool?[]>(), ArbMap.Default.ArbFor<byte[]>(), HoldsOf));

    private static bool HoldsOf(byte most, bool?[] outcomes, byte[] seconds)
    {
        var ceiling = (most % 64) + 1;
        var limit = new ConcurrencyLimit(ceiling, Timeout);
        var (inFlight, waiting) = (new Queue<long>(), new Queue<Task<long>>());
        for (var step = 0; step < 6 * outcomes.Length; step++)
        {
            waiting.Enqueue(limit.EnterAsync(CancellationToken.None).AsTask());
            if (step % 3 > 0 && inFlight.TryDequeue(out var number))
            {
                limit.Leave(number, outcomes[step % outcomes.Length], TimeSpan.FromSeconds(seconds.Length == 0 ? 0 : seconds[step % seconds.Length]));
            }

            // Those who are in came first.
            while (limit.InFlight > inFlight.Count)
            {
                if (!waiting.Peek().Wait(TimeSpan.FromMinutes(5)))
                {
                    return false;
                }

                inFlight.Enqueue(waiting.Dequeue().Result);
            }

            if (waiting.Any(task => task.IsCompleted) || limit.Value < 1 || limit.Value > ceiling || limit.InFlight > ceiling)
            {
                return false;
            }
        }

        return true;
    }

    private static async Task RoundAsync(ConcurrencyLimit limit, int requests, bool? isOverload, TimeSpan latency)
    {
        var numbers = new List<long>();
        for (var i = 0; i < requests; i++)
        {
            numbers.Add(await limit.EnterAsync(CancellationToken.None));
        }

        numbers.ForEach(number => limit.Leave(number, isOverload, latency));
    }
}
