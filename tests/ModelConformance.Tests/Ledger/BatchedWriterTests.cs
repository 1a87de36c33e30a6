using ModelConformance.Ledger;
using ModelConformance.Protocol;
using ModelConformance.Tests.Targets;

namespace ModelConformance.Tests.Ledger;

public sealed class BatchedWriterTests
{
    private static readonly Reply Long = new(new string('x', 1 << 20), Finish.Stop);

    [Fact]
    public async Task While_a_batch_is_written_slowly_whoever_keeps_goes_on_until_so_many_bytes_wait()
    {
        var disk = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        var written = new List<int>();
        // Its clock stands still, so that no batch is written for seconds.
        await using var writer = new BatchedWriter<KeptReplies>(
            async batch =>
            {
                begun.TrySetResult();
                await disk.Task;
                written.Add(batch.Count);
            },
            new ManualTime());
        await writer.KeepAsync(Key(0), Long, default);
        await begun.Task;

        // A reply of a MiB of characters has two of bytes.
        var room = (int)(BatchedWriter<KeptReplies>.Most / (2 << 20));
        var keeping = Enumerable.Range(1, room + 1).Select(sample => writer.KeepAsync(Key(sample), Long, default).AsTask()).ToArray();
        var kept = keeping.Select(task => task.IsCompletedSuccessfully).ToArray();

        // Before anything is found wrong: the writer's end waits for its disk.
        disk.SetResult();
        kept.Should().Equal([.. Enumerable.Repeat(true, room), false], "after the room is used up, a whole batch waits");
        await keeping[room];
        await writer.FlushAsync(default);
        written.Sum().Should().Be(1 + room + 1);
    }

    [Fact]
    public async Task Whoever_keeps_waits_where_a_batch_is_not_written_for_seconds_since_what_is_asked_then_may_be_lost()
    {
        var time = new ManualTime();
        var disk = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        var written = 0;
        await using var writer = new BatchedWriter<KeptReplies>(
            async batch =>
            {
                begun.TrySetResult();
                await disk.Task;
                written += batch.Count;
            },
            time);
        await writer.KeepAsync(Key(0), Long, default);
        await begun.Task;

        time.Advance(TimeSpan.FromSeconds(6));
        var keeping = writer.KeepAsync(Key(1), Long, default).AsTask();
        var (isKept, waiting) = (keeping.IsCompleted, writer.Waiting);

        disk.SetResult();
        (isKept, waiting).Should().Be((false, "the ledger, which has been writing for 6 s"), "the one before is not safe yet");
        await keeping.WaitAsync(TimeSpan.FromMinutes(5));
        await writer.FlushAsync(default);
        written.Should().Be(2);
        writer.Waiting.Should().BeNull();
    }

    [Fact]
    public async Task A_fault_tells_how_many_replies_could_not_be_kept()
    {
        var begun = new TaskCompletionSource();
        var disk = new TaskCompletionSource();
        var writer = new BatchedWriter<KeptReplies>(
            async _ =>
            {
                begun.SetResult();
                await disk.Task;
                throw new LedgerException("The disk is full.") { IsPassing = true };
            },
            new ManualTime());
        await writer.KeepAsync(Key(0), Long, default);
        await begun.Task;
        await writer.KeepAsync(Key(1), Long, default);
        await writer.KeepAsync(Key(2), Long, default);

        disk.SetResult();

        var told = (await FluentActions.Awaiting(() => writer.FlushAsync(default)).Should().ThrowAsync<LedgerException>()).Which;
        (told.Message, told.IsPassing).Should().Be(("The disk is full. Replies that could not be kept: 3.", true));
        (await FluentActions.Awaiting(async () => await writer.DisposeAsync()).Should().ThrowAsync<LedgerException>()).Which.Should().BeSameAs(told);
    }

    [Fact]
    public async Task Each_batch_holds_what_came_since_the_one_before()
    {
        var written = new List<string>();
        await using var writer = new BatchedWriter<KeptReplies>(batch =>
        {
            written.Add(string.Join(' ', batch.Select(kept => kept.Key.Sample)));
            return Task.CompletedTask;
        });
        foreach (var sample in Enumerable.Range(0, 4))
        {
            await writer.KeepAsync(Key(sample), Long, default);
            await writer.FlushAsync(default);
        }

        written.Should().Equal("0", "1", "2", "3");
    }

    private static ReplyKey Key(int sample) => new("a model", 1, sample);
}
