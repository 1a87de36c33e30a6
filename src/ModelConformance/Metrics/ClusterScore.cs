namespace ModelConformance.Metrics;

/// <summary>A metric, or a contrast, in one cluster: for BBQ in the items of one template.</summary>
/// <param name="Cluster">The cluster's name.</param>
/// <param name="Value">The metric over its scored items.</param>
/// <param name="Items">How many items that is; at least 1.</param>
public readonly record struct ClusterScore(string Cluster, double Value, int Items);
