namespace ModelConformance.Tests.Targets;

/// <summary>A clock that moves when a test says so.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock turn = new();
    private readonly List<Timer> timers = [];
    private TimeSpan now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (turn)
        {
            return now.Ticks;
        }
    }

    public override DateTimeOffset GetUtcNow() => ImpatientTime.Now + new TimeSpan(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, and calls what is due.</summary>
    public void Advance(TimeSpan by)
    {
        Timer[] due;
        lock (turn)
        {
            now += by;
            due = [.. timers.Where(timer => timer.Due <= now).OrderBy(timer => timer.Due)];
            timers.RemoveAll(due.Contains);
        }

        foreach (var timer in due)
        {
            timer.Callback();
        }
    }

    /// <summary>Waits until something waits that long.</summary>
    public async Task UntilWaitingAsync(TimeSpan wait)
    {
        while (!IsWaiting())
        {
            await Task.Yield();
        }

        bool IsWaiting()
        {
            lock (turn)
            {
                return timers.Any(timer => timer.Due - now == wait);
            }
        }
    }

    private sealed class Timer(ManualTime time, Action callback) : ITimer
    {
        public Action Callback => callback;

        public TimeSpan Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.turn)
            {
                time.timers.Remove(this);
                if (dueTime >= TimeSpan.Zero)
                {
                    Due = time.now + dueTime;
                    time.timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
