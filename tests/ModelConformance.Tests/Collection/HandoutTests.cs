using ModelConformance.Collection;

namespace ModelConformance.Tests.Collection;

public class HandoutTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 8)]
    [InlineData(2, 3)]
    [InlineData(64, 64)]
    public async Task Each_one_that_is_given_is_taken_once_however_many_take(int enough, int takers)
    {
        var handout = new Handout<int>(enough);
        var taking = Enumerable.Range(0, takers).Select(_ => Task.Run(() => handout.TakeAllAsync(default).ToListAsync().AsTask())).ToArray();
        for (var i = 0; i < 20_000; i++)
        {
            await handout.GiveAsync(i, default);
        }

        handout.Complete();
        (await Task.WhenAll(taking)).SelectMany(taken => taken).Order().Should().Equal(Enumerable.Range(0, 20_000));
    }

    [Fact]
    public async Task Who_gives_waits_while_enough_lies_ready_until_half_of_it_is_taken()
    {
        var handout = new Handout<int>(4);
        for (var i = 0; i < 4; i++)
        {
            handout.GiveAsync(i, default).AsTask().IsCompletedSuccessfully.Should().BeTrue();
        }

        var fifth = handout.GiveAsync(4, default).AsTask();
        await using var taken = handout.TakeAllAsync(default).GetAsyncEnumerator();
        await taken.MoveNextAsync();
        fifth.IsCompleted.Should().BeFalse("three of four lie ready");
        await taken.MoveNextAsync();
        await fifth;

        handout.GiveAsync(5, default).AsTask().IsCompletedSuccessfully.Should().BeTrue("there is room again");
    }

    [Fact]
    public async Task A_wait_ends_with_its_cancellation_and_gives_nothing()
    {
        using var giveUp = new CancellationTokenSource();
        var handout = new Handout<int>(1);
        await handout.GiveAsync(0, default);
        var waiting = handout.GiveAsync(1, giveUp.Token).AsTask();
        await giveUp.CancelAsync();
        await waiting.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();

        handout.Complete();
        (await handout.TakeAllAsync(default).ToListAsync()).Should().Equal(0);
    }
}
