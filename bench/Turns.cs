namespace ModelConformance.Bench;

/// <summary>Sides that take turns, and what is made of that.</summary>
internal static class Turns
{
    /// <summary>
    /// Measures every side once a round. Each round begins with another side and goes the other way round, so that none always follows the same one.
    /// </summary>
    /// <param name="sides">The sides.</param>
    /// <param name="warmUp">The rounds before those that count.</param>
    /// <param name="rounds">The rounds that count.</param>
    /// <returns>What each side measured, round by round.</returns>
    public static async Task<T[][]> TakeAsync<T>(IReadOnlyList<Func<Task<T>>> sides, int warmUp, int rounds)
    {
        var taken = sides.Select(_ => new List<T>()).ToArray();
        for (var round = 0; round < warmUp + rounds; round++)
        {
            for (var place = 0; place < sides.Count; place++)
            {
                var side = (round + (round % 2 == 0 ? place : sides.Count - 1 - place)) % sides.Count;
                taken[side].Add(await sides[side]());
            }
        }

        return [.. taken.Select(side => side.Skip(warmUp).ToArray())];
    }

    /// <summary>The middle value; of an even number, the higher of the two.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return ordered[ordered.Length / 2];
    }
}
