using System.CommandLine;

namespace ModelConformance.Cli;

/// <summary>Options that several verbs share, and that win over the settings.</summary>
internal static class RunOptions
{
    public static Option<string?> Data() => new("--data")
    {
        Description = "The data folder; default: the setting Data:Root. Without either, the embedded sample.",
        HelpName = "DIR",
    };

    public static Option<string?> Thresholds() => new("--thresholds") { Description = "The gates to judge.", HelpName = "FILE" };

    public static Option<bool> Json() => new("--json") { Description = "Write the result as one JSON document." };
}
