using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ModelConformance.Bench;

/// <summary>
/// A wait of one length, for many at once, in the order they come: never shorter, and longer by some tenths of a millisecond. .NET's own timers go by
/// a clock that advances every 4 ms on many machines: a delay of 20 ms lasts from 15.6 to over 24 ms there, and several end in the same moment,
/// so that what is measured is how clients stand in a queue.
/// </summary>
internal sealed partial class EqualDelay
{
    private readonly BlockingCollection<(long End, TaskCompletionSource Ended)> waiting = [];
    private readonly long length;

    /// <param name="milliseconds">The length.</param>
    public EqualDelay(int milliseconds)
    {
        length = milliseconds * Stopwatch.Frequency / 1000;
        new Thread(EndAll) { IsBackground = true }.Start();
    }

    /// <summary>Waits.</summary>
    public Task WaitAsync()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Add((Stopwatch.GetTimestamp() + length, ended));
        return ended.Task;
    }

    private void EndAll()
    {
        foreach (var (end, ended) in waiting.GetConsumingEnumerable())
        {
            // A signal ends a sleep early.
            while (end - Stopwatch.GetTimestamp() is var left and > 0)
            {
                _ = Sleep(new((nint)(left / Stopwatch.Frequency), (nint)(left % Stopwatch.Frequency * 1_000_000_000 / Stopwatch.Frequency)), 0);
            }

            ended.SetResult();
        }
    }

    // The only sleep that is finer than a millisecond; .NET has none.
    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int Sleep(in Duration duration, nint remaining);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Duration(nint Seconds, nint Nanoseconds);
}
