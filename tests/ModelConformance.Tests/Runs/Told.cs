using ModelConformance.Runs;

namespace ModelConformance.Tests.Runs;

/// <summary>Progress as it is told, on the thread that tells it.</summary>
internal sealed class Told(Action<CollectionProgress> say) : IProgress<CollectionProgress>
{
    public void Report(CollectionProgress value) => say(value);
}
