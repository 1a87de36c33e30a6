namespace ModelConformance.Targets;

/// <summary>
/// The target cannot be used as configured, and asking again would not help. The message says what was found, where, and what to do.
/// </summary>
public sealed class TargetException : Exception
{
    /// <summary>Says what was found, where, and what to do; holds no secret.</summary>
    public TargetException(string message)
        : base(message)
    {
    }

    /// <summary>With the fault behind it.</summary>
    public TargetException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
