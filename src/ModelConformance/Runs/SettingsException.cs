namespace ModelConformance.Runs;

/// <summary>Settings that cannot be used. The message names each setting, what was found and what was expected.</summary>
public sealed class SettingsException : Exception
{
    /// <summary>Says what is wrong and how to set it right; holds no secret.</summary>
    public SettingsException(string message)
        : base(message)
    {
    }

    /// <summary>With the fault behind it.</summary>
    public SettingsException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
