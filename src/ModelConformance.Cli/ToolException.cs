namespace ModelConformance.Cli;

/// <summary>A verb cannot go on. The message says what was found, where, and what to do; no more of it is shown.</summary>
public sealed class ToolException : Exception
{
    /// <summary>Ends the tool with a code and a message.</summary>
    public ToolException(ExitCode code, string message)
        : base(message) => Code = code;

    /// <summary>What the tool exits with.</summary>
    public ExitCode Code { get; }
}
