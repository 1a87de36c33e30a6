using System.Collections.Concurrent;

namespace ModelConformance.Tests.Targets;

/// <summary>A clock that stands still but for waits: each is over at once, and moves the clock by how long it was to be.</summary>
internal sealed class ImpatientTime : TimeProvider
{
    /// <summary>When all tests begin.</summary>
    public static readonly DateTimeOffset Now = new(2026, 10, 21, 7, 28, 0, TimeSpan.Zero);

    private long waited;

    /// <summary>The waits, in order.</summary>
    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref waited);

    public override DateTimeOffset GetUtcNow() => Now + new TimeSpan(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        Waits.Enqueue(dueTime);
        Interlocked.Add(ref waited, dueTime.Ticks);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
