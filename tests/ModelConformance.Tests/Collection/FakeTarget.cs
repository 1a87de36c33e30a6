using System.Collections.Concurrent;
using ModelConformance.Protocol;
using ModelConformance.Targets;

namespace ModelConformance.Tests.Collection;

/// <summary>A target in this process that remembers what it was asked, and how many calls were under way.</summary>
/// <param name="answer">Answers a call; the number counts them from 1.</param>
internal sealed class FakeTarget(Func<Conversation, int, CancellationToken, Task<Reply>> answer) : ITarget
{
    private readonly Lock gate = new();
    private int calls;

    public FakeTarget(Func<Conversation, Reply> answer)
        : this((conversation, _, _) => Task.FromResult(answer(conversation)))
    {
    }

    public string Model => "fake";

    public string Identity => "fake";

    public string PrefillKind => "real";

    public ConcurrentQueue<(Conversation Conversation, int Sample)> Asked { get; } = new();

    /// <summary>How often it was probed.</summary>
    public int Probes { get; private set; }

    /// <summary>Calls under way.</summary>
    public int Now { get; private set; }

    /// <summary>The most calls that were under way at once.</summary>
    public int Most { get; private set; }

    public async Task<Reply> AskAsync(Conversation conversation, int sample, CancellationToken cancellation)
    {
        Asked.Enqueue((conversation, sample));
        int number;
        lock (gate)
        {
            number = ++calls;
            Most = Math.Max(Most, ++Now);
        }

        try
        {
            return await answer(conversation, number, cancellation);
        }
        finally
        {
            lock (gate)
            {
                Now--;
            }
        }
    }

    public Task<Probe> ProbeAsync(CancellationToken cancellation)
    {
        Probes++;
        return Task.FromResult(Probe.None);
    }

    public void Dispose()
    {
    }
}
