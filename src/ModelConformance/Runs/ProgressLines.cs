namespace ModelConformance.Runs;

/// <summary>Progress for a log: a line every few seconds.</summary>
/// <param name="say">Told each line.</param>
public sealed class ProgressLines(Action<string> say) : IProgress<CollectionProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private TimeSpan next = Pause;

    /// <inheritdoc />
    public void Report(CollectionProgress value)
    {
        if (value.Elapsed >= next)
        {
            next = value.Elapsed + Pause;
            say(value.ToString());
        }
    }
}
