using System.Runtime.InteropServices;

namespace ModelConformance.Statistics;

/// <summary>What the observations of one cluster, or of all, add up to.</summary>
internal struct ClusterSums
{
    public double Value;
    public double Weight;

    /// <summary>How many observations have weight.</summary>
    public int Weighty;

    /// <summary>The sums of each cluster.</summary>
    public static Dictionary<int, ClusterSums> Of(IReadOnlyCollection<Observation> observations)
    {
        var clusters = new Dictionary<int, ClusterSums>();
        foreach (var o in observations)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(clusters, o.Cluster, out _).Add(o);
        }

        return clusters;
    }

    /// <summary>The sums of each cluster on two sides that hold the same items in the same order.</summary>
    /// <exception cref="ArgumentException">The sides differ in length or in an item's cluster.</exception>
    public static Dictionary<int, (ClusterSums First, ClusterSums Second)> Of(IReadOnlyList<Observation> first, IReadOnlyList<Observation> second)
    {
        var clusters = new Dictionary<int, (ClusterSums First, ClusterSums Second)>();
        foreach (var (x, y) in Observation.Pairs(first, second))
        {
            ref var cluster = ref CollectionsMarshal.GetValueRefOrAddDefault(clusters, x.Cluster, out _);
            cluster.First.Add(x);
            cluster.Second.Add(y);
        }

        return clusters;
    }

    /// <summary>The sums of all clusters.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not finite.</exception>
    public static ClusterSums Total(IEnumerable<ClusterSums> clusters)
    {
        var total = default(ClusterSums);
        foreach (var cluster in clusters)
        {
            total.Add(cluster);
        }

        return double.IsFinite(total.Value) && double.IsFinite(total.Weight)
            ? total
            : throw new ArgumentOutOfRangeException(nameof(clusters), "An observation is not a finite number.");
    }

    /// <summary>The difference of two ratios by one division: that of two rounded quotients can miss a limit that it meets exactly.</summary>
    public static double Difference(ClusterSums a, ClusterSums b) => a.Weight == b.Weight
        ? (a.Value - b.Value) / a.Weight
        : (a.Value * b.Weight - b.Value * a.Weight) / (a.Weight * b.Weight);

    public void Add(Observation o)
    {
        Value += o.Value;
        Weight += o.Weight;
        Weighty += o.Weight > 0 ? 1 : 0;
    }

    public void Add(ClusterSums other)
    {
        Value += other.Value;
        Weight += other.Weight;
        Weighty += other.Weighty;
    }

    /// <summary>The part of the ratio's error that is this cluster's: the squares of all clusters' parts add up to its variance.</summary>
    public readonly double Residual(double ratio, double totalWeight) => (Value - ratio * Weight) / totalWeight;
}
