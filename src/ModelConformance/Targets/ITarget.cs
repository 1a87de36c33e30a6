using ModelConformance.Protocol;

namespace ModelConformance.Targets;

/// <summary>The model under test behind an endpoint. Thread-safe; bounds its own concurrency.</summary>
public interface ITarget : IDisposable
{
    /// <summary>The model's name as the endpoint knows it.</summary>
    string Model { get; }

    /// <summary>
    /// Everything in the settings that can change a reply and is no secret (host, protocol, model, samplers, prefill real or emulated), as one line:
    /// part of every ledger key.
    /// </summary>
    string Identity { get; }

    /// <summary>How the answers' beginning reaches the model: <c>real</c> or <c>emulated</c>. Results of the two are never mixed.</summary>
    string PrefillKind { get; }

    /// <summary>
    /// Asks one conversation, with retries of what can heal. A provider's filter is an outcome; a call that failed for good is
    /// <see cref="Finish.Failed"/>.
    /// </summary>
    /// <param name="conversation">What is asked.</param>
    /// <param name="sample">The index of the repeat, from 0.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="TargetException">Nothing more can be had from this target: wrong key, unknown model, spent quota, unsupported parameter.</exception>
    Task<Reply> AskAsync(Conversation conversation, int sample, CancellationToken cancellation);
}
