using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ModelConformance.Protocol;

namespace ModelConformance.Gates;

/// <summary>
/// The order in which a gate that may stop early counts its items: by a seeded hash of their ids. It is the same in every run, whatever else
/// is asked, and says nothing about an item, so that any first part of it is a simple random sample.
/// </summary>
internal static class UnitOrder
{
    /// <summary>The units in that order.</summary>
    /// <param name="seed">Another seed is another order.</param>
    /// <param name="units">The units; no two of one item.</param>
    public static ImmutableArray<Unit> By(int seed, IEnumerable<Unit> units) =>
        [.. units.OrderBy(unit => Place(seed, unit.Item))];

    private static ulong Place(int seed, Item item) => BinaryPrimitives.ReadUInt64BigEndian(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed} {item.Id}"))));
}
