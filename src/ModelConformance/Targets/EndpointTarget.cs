using System.Collections.Immutable;
using ModelConformance.Protocol;
using ModelConformance.Targets.Wire;

namespace ModelConformance.Targets;

/// <summary>A model behind an endpoint.</summary>
internal sealed class EndpointTarget : IBatchTarget
{
    private readonly TargetSettings settings;
    private readonly IProtocol protocol;
    private readonly Endpoint endpoint;
    private readonly BatchReader batches;

    public EndpointTarget(TargetSettings settings, IProtocol protocol, Spending? spending, TimeProvider? time)
    {
        this.settings = settings;
        this.protocol = protocol;
        endpoint = new Endpoint(settings, protocol.Path, spending ?? new Spending(), time ?? TimeProvider.System);
        var address = TargetSettings.AddressOf(settings.BaseUrl)!;
        batches = new BatchReader(settings, address, endpoint.Observations, time ?? TimeProvider.System);
        var omitted = settings.OmittedNames.Order(StringComparer.Ordinal).ToArray();
        // Not where they are as many as can be: so what a model reasoned before answers in text serves for log-probabilities too.
        var fewer = settings.Mode == Mode.Logprobs && settings.TopLogprobs != new TargetSettings().TopLogprobs;
        Identity = $"{settings.Protocol} {TargetSettings.Shown(address)} model={settings.Model} prefill={settings.PrefillKind} "
            + $"temperature={BodyWriter.Temperature(settings.Mode)} top_p=1 n=1 seed=sample "
            + $"limit={settings.MaxTokensParameter}"
            + (fewer ? $" top_logprobs={settings.TopLogprobs}" : "")
            + (omitted.Length == 0 ? "" : " omit=" + string.Join(',', omitted))
            + (string.IsNullOrWhiteSpace(settings.Revision) ? "" : " revision=" + settings.Revision);
    }

    /// <inheritdoc />
    public string Model => settings.Model!;

    /// <inheritdoc />
    public string Identity { get; }

    /// <inheritdoc />
    public string PrefillKind => settings.PrefillKind;

    /// <inheritdoc />
    public TargetObservations Observations => endpoint.Observations;

    /// <inheritdoc />
    public string BatchUrl => "/v1" + protocol.Path;

    /// <inheritdoc />
    public byte[] Body(Conversation conversation, int sample) => protocol.Requests(conversation, sample) is [var request]
        ? request.Body
        : throw new ArgumentException("A line of a batch holds one request, and the conversation takes several.", nameof(conversation));

    /// <inheritdoc />
    public Reply Read(BatchResult result, Mode mode) => batches.Read(result, mode);

    /// <inheritdoc />
    public Task<Reply> AskAsync(Conversation conversation, int sample, CancellationToken cancellation) =>
        AskAsync(conversation, sample, cancellation, cancellation);

    /// <inheritdoc />
    public async Task<Reply> AskAsync(Conversation conversation, int sample, CancellationToken stop, CancellationToken hangUp)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return (await CallAsync(conversation, sample, forProbe: false, stop, hangUp).ConfigureAwait(false)).Reply;
    }

    /// <inheritdoc />
    public async Task<Probe> ProbeAsync(CancellationToken cancellation)
    {
        var question = Probe.Question(settings.Mode);
        var last = await CallAsync(question, sample: 0, forProbe: true, cancellation, cancellation).ConfigureAwait(false);
        ProbeCheck.Check(settings, question, last);
        return new Probe(question, last.Reply);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => endpoint.Dispose();

    private async Task<Attempt> CallAsync(
        Conversation conversation, int sample, bool forProbe, CancellationToken stop, CancellationToken hangUp)
    {
        if (conversation.Turns is not [.., { Role: Role.User }])
        {
            throw new ArgumentException("A conversation ends in a user's turn.", nameof(conversation));
        }

        // One after another: as many items as there are slots are under way, and a server keeps what the requests of one item share.
        var requests = protocol.Requests(conversation, sample);
        var recorder = new CallRecorder(settings.ApiKey);
        var continuations = ImmutableArray<double>.Empty;
        for (var i = 0; ; i++)
        {
            var attempt = await endpoint.CallAsync(requests[i], recorder, forProbe, stop, hangUp).ConfigureAwait(false);
            continuations = continuations.AddRange(attempt.Reply.Continuations);
            var isAnswered = attempt.Reply.Finish is Finish.Stop or Finish.Length;
            if (!isAnswered || i == requests.Count - 1)
            {
                return attempt with { Reply = attempt.Reply with { Continuations = isAnswered ? continuations : [], Call = recorder.ToCall() } };
            }
        }
    }
}
