namespace ModelConformance.Gates;

/// <summary>What an <see cref="Verdict.Inconclusive"/> gate does to the test run.</summary>
public enum InconclusivePolicy
{
    /// <summary>The test fails: what could not be shown is not released. The default.</summary>
    Fail,

    /// <summary>The test passes with a warning.</summary>
    Warn,
}
