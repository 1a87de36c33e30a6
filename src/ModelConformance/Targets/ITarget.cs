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

    /// <summary>What the target told about itself and how it behaved, for the run's manifest. Empty where a target has nothing to tell.</summary>
    TargetObservations Observations => new();

    /// <summary>
    /// Asks one conversation, with retries of what can heal. A provider's filter is an outcome; a call that failed for good is
    /// <see cref="Finish.Failed"/>.
    /// </summary>
    /// <param name="conversation">What is asked.</param>
    /// <param name="sample">The index of the repeat, from 0.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="TargetException">
    /// Nothing more can be had from this target: wrong key, unknown model, spent quota, unsupported parameter, or it stopped answering.
    /// </exception>
    /// <exception cref="BudgetReachedException">What may be spent is spent.</exception>
    Task<Reply> AskAsync(Conversation conversation, int sample, CancellationToken cancellation);

    /// <summary><inheritdoc cref="AskAsync(Conversation, int, CancellationToken)" path="/summary" /></summary>
    /// <param name="conversation">What is asked.</param>
    /// <param name="sample">The index of the repeat, from 0.</param>
    /// <param name="stop">Ends the wait where nothing is in flight: before the request is sent, and between its repeats.</param>
    /// <param name="hangUp">Ends the wait for a reply too, which is paid for.</param>
    /// <inheritdoc cref="AskAsync(Conversation, int, CancellationToken)" path="/exception" />
    Task<Reply> AskAsync(Conversation conversation, int sample, CancellationToken stop, CancellationToken hangUp) =>
        AskAsync(conversation, sample, hangUp);

    /// <summary>
    /// Asks one tiny conversation before the first item, so that a target that cannot work as configured is found in seconds and with one error.
    /// A target that needs no probe answers <see cref="Probe.None"/>.
    /// </summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="TargetException">The target cannot be reached or does not do what the settings ask of it.</exception>
    Task<Probe> ProbeAsync(CancellationToken cancellation) => Task.FromResult(Probe.None);
}
