namespace ModelConformance.Protocol;

/// <summary>How files spell modes.</summary>
public static class ModeWord
{
    /// <summary>All of them, for messages: <c>text or logprobs</c>.</summary>
    public static string All { get; } = string.Join(" or ", Enum.GetValues<Mode>().Select(Word));

    /// <summary><c>text</c>, <c>logprobs</c>: the mode's name in lower case.</summary>
    public static string Word(this Mode mode) => mode.ToString().ToLowerInvariant();
}
