namespace ModelConformance.Snapshots;

/// <summary>
/// The only text that snapshots hold: visible ASCII without spaces. Control characters, line breaks and marks that reorder text can neither forge a
/// line nor fool a reviewer.
/// </summary>
internal static class PlainWord
{
    public static bool Is(string text) => text.Length > 0 && text.All(letter => letter is > ' ' and <= '~');

    public static string Check(string text) => Is(text)
        ? text
        : throw new ArgumentException(
            $"A snapshot holds visible ASCII words only; found '{Uri.EscapeDataString(text)}' (shown escaped).", nameof(text));
}
