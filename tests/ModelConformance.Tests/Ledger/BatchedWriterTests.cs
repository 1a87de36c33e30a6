using ModelConformance.Ledger;
using ModelConformance.Protocol;

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
        await using var writer = new BatchedWriter<KeptReplies>(async batch =>
        {
            begun.TrySetResult();
            await disk.Task;
            written.Add(batch.Count);
        });
        await writer.KeepAsync(Key(0), Long, default);
        await begun.Task;

        // A reply of a MiB of characters has two of bytes.
        var room = (int)(BatchedWriter<KeptReplies>.Most / (2 << 20));
        var keeping = Enumerable.Range(1, room + 1).Select(sample => writer.KeepAsync(Key(sample), Long, default).AsTask()).ToArray();
        keeping[..room].Should().OnlyContain(task => task.IsCompletedSuccessfully);
        keeping[room].IsCompleted.Should().BeFalse("a whole batch waits");

        disk.SetResult();
        await keeping[room];
        await writer.FlushAsync(default);
        written.Sum().Should().Be(1 + room + 1);
    }

    private static ReplyKey Key(int sample) => new("a model", 1, sample);
}
