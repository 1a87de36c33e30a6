using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace ModelConformance.Snapshots;

/// <summary>
/// Turns any name into one part of a path that Windows, macOS and Linux all accept and keep apart from every other. A name that had to be changed
/// gets <c>~</c> and a hash of the original, and <c>~</c> is in no name that was not changed: so no two names meet in one file.
/// </summary>
internal static partial class FileNamePart
{
    private const int Longest = 60;

    /// <summary>A name that only this software gives (slices, conditions): its case is kept, since no two differ in nothing else.</summary>
    public static string Of(string name) => Of(name, NotPlain());

    /// <summary>A name that comes from outside (models): upper case counts as a change, since some file systems ignore it.</summary>
    public static string OfForeign(string name) => Of(name, NotPlainLowerCase());

    private static string Of(string name, Regex unsafeLetters)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var changed = unsafeLetters.Replace(name, letter => char.IsAsciiLetterUpper(letter.Value[0]) ? letter.Value.ToLowerInvariant() : "-");
        if (changed.Length > Longest)
        {
            changed = changed[..Longest];
        }

        changed = Edge().Replace(changed, "");
        if (changed.Length == 0 || Reserved().IsMatch(changed))
        {
            changed = $"_{changed}";
        }

        return changed == name ? name : $"{changed}~{Hash(name)}";
    }

    // UTF-16 code units, not UTF-8: two ill-formed names would share their replacement characters.
    private static string Hash(string name) =>
        Convert.ToHexStringLower(SHA256.HashData(name.SelectMany(letter => BitConverter.GetBytes(letter)).ToArray()))[..8];

    // No dot: it is what the parts of a file's name are told apart by.
    [GeneratedRegex("[^A-Za-z0-9_+-]")]
    private static partial Regex NotPlain();

    [GeneratedRegex("[^a-z0-9._+-]")]
    private static partial Regex NotPlainLowerCase();

    // Leading dots hide files or climb directories, a leading dash is an option to most tools, and Windows drops trailing dots.
    [GeneratedRegex("^[.-]+|[.-]+$")]
    private static partial Regex Edge();

    // Device names of Windows, with any extension.
    [GeneratedRegex(@"^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Reserved();
}
