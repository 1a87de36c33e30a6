namespace ModelConformance.Gates;

/// <summary>What the answers say about a gate.</summary>
public enum Verdict
{
    /// <summary>They do not decide it; also what is never judged is never a pass.</summary>
    Inconclusive,

    /// <summary>The quantity is within the limits, wrongly so with probability alpha at most.</summary>
    Pass,

    /// <summary>The quantity is outside the limits.</summary>
    Fail,
}
