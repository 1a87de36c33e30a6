namespace ModelConformance.Cli;

/// <summary>What a pipeline learns from the tool's exit code.</summary>
public enum ExitCode
{
    /// <summary>Every gate passed, or nothing was to be judged.</summary>
    Pass = 0,

    /// <summary>A gate failed.</summary>
    GateFailed = 1,

    /// <summary>The input or the configuration cannot be used.</summary>
    BadInput = 2,

    /// <summary>No gate failed, and one could not be decided.</summary>
    Inconclusive = 3,

    /// <summary>The target could not be reached or answered too little, or the ledger's database could not be reached.</summary>
    Unavailable = 4,

    /// <summary>A defect of this tool (as in sysexits.h): no statement about the model or the input.</summary>
    Fault = 70,

    /// <summary>Interrupted by Ctrl-C or SIGTERM, as shells number it.</summary>
    Interrupted = 130,
}

/// <summary>How several outcomes become one exit code.</summary>
public static class ExitCodes
{
    /// <summary>
    /// What outweighs what: a gate's failure says nothing while the input is wrong or the target answers too little, and a failure is news even where
    /// other gates are undecided.
    /// </summary>
    private static readonly ExitCode[] Weightiest =
    [
        ExitCode.Interrupted, ExitCode.Fault, ExitCode.BadInput, ExitCode.Unavailable, ExitCode.GateFailed, ExitCode.Inconclusive,
        ExitCode.Pass,
    ];

    /// <summary>The one that outweighs the others. Of none at all: <see cref="ExitCode.Inconclusive"/>, since nothing was shown.</summary>
    public static ExitCode Combine(IEnumerable<ExitCode> codes)
    {
        var present = codes.ToHashSet();
        return present.Count == 0 ? ExitCode.Inconclusive : Weightiest.First(present.Contains);
    }
}
