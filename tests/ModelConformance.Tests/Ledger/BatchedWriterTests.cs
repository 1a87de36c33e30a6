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

        var kept = 1;
        ValueTask keeping;
        while ((keeping = writer.KeepAsync(Key(kept), Long, default)).IsCompletedSuccessfully)
        {
            kept++;
        }

        disk.SetResult();
        await keeping;
        await writer.FlushAsync(default);

        // A reply of a MiB of characters has two of bytes.
        Assert.Equal(1 + BatchedWriter<KeptReplies>.Most / (2 << 20), kept);
        Assert.Equal(kept + 1, written.Sum());
    }

    private static ReplyKey Key(int sample) => new("a model", 1, sample);
}
