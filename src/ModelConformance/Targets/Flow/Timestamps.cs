namespace ModelConformance.Targets.Flow;

/// <summary>Moments on a clock that is never set back.</summary>
internal static class Timestamps
{
    /// <summary>A moment some time after another.</summary>
    public static long After(this TimeProvider time, long moment, TimeSpan wait) =>
        moment + (long)(wait.Ticks * ((double)time.TimestampFrequency / TimeSpan.TicksPerSecond));
}
