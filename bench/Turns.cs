namespace ModelConformance.Bench;

/// <summary>What is made of the turns that two take.</summary>
internal static class Turns
{
    /// <summary>The middle value; of an even number, the higher of the two.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return ordered[ordered.Length / 2];
    }
}
