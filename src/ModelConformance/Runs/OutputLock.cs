namespace ModelConformance.Runs;

/// <summary>An output folder is of one run at a time: two would write over each other's answers, and one be judged beside those of the other.</summary>
internal static class OutputLock
{
    /// <summary>Takes a folder until what comes back is disposed of, or the process ends.</summary>
    /// <param name="output">The output folder, which exists.</param>
    /// <exception cref="SettingsException">Another run has it.</exception>
    /// <exception cref="IOException">It cannot be written to.</exception>
    public static IDisposable Take(string output)
    {
        var path = Path.Combine(output, "run.lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new IOException($"The output folder {output} cannot be used: {fault.Message} The setting Output names another.", fault);
        }
        catch (IOException fault)
        {
            throw new SettingsException(
                $"Another run goes on in {output}, or its file run.lock cannot be had ({fault.Message}) Wait for its end, or name another folder "
                + $"({RunSettings.Prefix}Output, --output).");
        }
    }
}
