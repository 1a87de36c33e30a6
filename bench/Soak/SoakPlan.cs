namespace ModelConformance.Bench.Soak;

/// <summary>How large a soak is.</summary>
/// <param name="Requests">The requests that a run without faults takes, at least.</param>
/// <param name="Kills">How often the asking process is killed.</param>
/// <param name="Seed">Chooses the faults and the moments of the kills.</param>
internal sealed record SoakPlan(int Requests, int Kills, int Seed = 1)
{
    /// <summary>The share of requests that a fault of transport hits, and of conversations that one of content does.</summary>
    public double FaultRate { get; init; } = 0.03;

    /// <summary>The requests in flight at once.</summary>
    public int Concurrency { get; init; } = 64;

    /// <summary>The items: one takes four requests, as two conditions take one and the third reasons first.</summary>
    public int Items => (Requests + 3) / 4;
}
