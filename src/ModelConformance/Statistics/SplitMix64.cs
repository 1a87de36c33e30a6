namespace ModelConformance.Statistics;

/// <summary>Pseudo-random numbers that are the same on every machine and in every version of .NET (Steele, Lea and Flood 2014).</summary>
/// <param name="seed">Where the sequence begins.</param>
internal struct SplitMix64(ulong seed)
{
    private ulong state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>The next number from 0 to below <paramref name="count"/>, each as likely to within count / 2⁶⁴.</summary>
    /// <param name="count">At least 1.</param>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);
}
