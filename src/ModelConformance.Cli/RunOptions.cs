using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace ModelConformance.Cli;

/// <summary>Options that several verbs share, and that win over the settings.</summary>
internal static class RunOptions
{
    public static Option<string?> Data() =>
        Setting("--data", "The data folder; default: the setting Data:Root. Without either, the embedded sample.", "DIR");

    public static Option<string?> Thresholds() => Setting("--thresholds", "The gates to judge.", "FILE");

    /// <summary>
    /// An option for a setting. An empty value, as of a variable that is not set, is a mistake: <c>--base-url ""</c> must not end in a demonstration
    /// that passes.
    /// </summary>
    public static Option<string?> Setting(string name, string description, string help)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = help };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && string.IsNullOrWhiteSpace(result.Tokens[^1].Value))
            {
                result.AddError($"{name} is empty; leave it out, or give {help}.");
            }
        });
        return option;
    }

    /// <summary>An option for a number, with a decimal point and nothing between thousands. The library's own message would name the type.</summary>
    public static Option<T?> Number<T>(string name, string description)
        where T : struct, INumber<T>
    {
        // Half of 1 is 0 in whole numbers.
        var isWhole = T.IsZero(T.One / (T.One + T.One));
        return new(name)
        {
            Description = description,
            HelpName = isWhole ? "N" : "X",
            CustomParser = result =>
            {
                var given = result.Tokens[^1].Value;
                if (T.TryParse(given, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                {
                    return number;
                }

                result.AddError($"{name} {given}: expected a {(isWhole ? "whole " : "")}number.");
                return null;
            },
        };
    }

    public static Option<bool> Json() => new("--json") { Description = "Write the result as one JSON document." };
}
