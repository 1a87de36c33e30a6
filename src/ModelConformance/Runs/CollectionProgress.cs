using System.Globalization;

namespace ModelConformance.Runs;

/// <summary>How far a collection is.</summary>
/// <param name="Done">The questions answered, whatever the answer; in sampling mode each sample is a question.</param>
/// <param name="Total">All questions.</param>
/// <param name="Failed">The calls that failed for good.</param>
/// <param name="Elapsed">The time since the first question.</param>
public readonly record struct CollectionProgress(int Done, int Total, int Failed, TimeSpan Elapsed)
{
    /// <summary>Whether some gates stop as soon as they are decided, so that <see cref="Total"/> is the most there can be.</summary>
    public bool MayStopEarly { get; init; }

    /// <summary>One line: <c>12,000 of 175,476 asked (6.8 %), 2,400/s, 1 min 8 s to go</c>.</summary>
    public override string ToString()
    {
        var rate = Elapsed > TimeSpan.Zero ? Done / Elapsed.TotalSeconds : 0;
        var left = rate > 0 ? TimeSpan.FromSeconds((Total - Done) / rate) : TimeSpan.Zero;
        var failed = Failed > 0 ? string.Create(CultureInfo.InvariantCulture, $", {Failed:N0} failed") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Done:N0} of {(MayStopEarly ? "at most " : "")}{Total:N0} asked ({(Total == 0 ? 1 : (double)Done / Total):P1}), {rate:N0}/s{failed}, "
            + $"{(MayStopEarly ? "at most " : "")}{(int)left.TotalMinutes} min {left.Seconds} s to go");
    }
}
