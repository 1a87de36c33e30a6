using System.Numerics;
using ModelConformance.Protocol;

namespace ModelConformance.ReferenceModel;

/// <summary>
/// A stream of uniform numbers that depends on a seed and on what it is for, such as an item under a condition, and on nothing else: not on order
/// or concurrency.
/// </summary>
/// <remarks>SplitMix64 (Steele, Lea and Flood 2014, <em>Fast splittable pseudorandom number generators</em>, OOPSLA).</remarks>
internal struct Draws
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong state;

    /// <summary>The stream of an item under a condition.</summary>
    /// <param name="seed">The server's seed.</param>
    /// <param name="item">A hash of the item's id.</param>
    /// <param name="condition">The condition.</param>
    internal Draws(int seed, ulong item, Condition condition)
        : this(seed, item)
    {
        foreach (var letter in condition.Id)
        {
            state = Mix(BitOperations.RotateLeft(state, 7) ^ (letter * Golden));
        }
    }

    /// <summary>The stream of anything that has a number or a hash.</summary>
    internal Draws(int seed, ulong number) => state = Mix(number ^ Mix((ulong)seed + Golden));

    /// <summary>A stream of its own for each number, independent of this one's further course.</summary>
    internal readonly Draws Fork(long number) => this with { state = Mix(~state ^ Mix((ulong)number + Golden)) };

    /// <summary>The next 64 random bits.</summary>
    internal ulong NextBits() => Mix(state += Golden);

    /// <summary>The next number, in 0 (included) … 1 (excluded).</summary>
    internal double NextUniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
