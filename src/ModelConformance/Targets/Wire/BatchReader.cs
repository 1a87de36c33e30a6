using ModelConformance.Protocol;

namespace ModelConformance.Targets.Wire;

/// <summary>Reads a batch's results by the same readers as replies over the wire.</summary>
internal sealed class BatchReader
{
    private readonly TargetSettings settings;
    private readonly TimeProvider time;
    private readonly FaultReader faults;
    private readonly ReplyReader replies;

    public BatchReader(TargetSettings settings, Uri address, TargetObservations observations, TimeProvider time)
    {
        this.settings = settings;
        this.time = time;
        faults = new FaultReader(settings, address, time);
        replies = new ReplyReader(settings, faults, observations);
    }

    /// <inheritdoc cref="IBatchTarget.Read" />
    public Reply Read(BatchResult result, Mode mode)
    {
        if (result.Body.Length > Connection.MostBytes)
        {
            return Reply.Failed($"reply larger than {Connection.MostBytes / 1024 / 1024} MiB");
        }

        // A batch keeps no headers but this one.
        using var message = new HttpResponseMessage();
        message.Headers.TryAddWithoutValidation("x-request-id", result.RequestId);
        var reply = new ServerReply(result.Status, message.Headers, "application/json", result.Body);
        var recorder = new CallRecorder(settings.ApiKey);
        recorder.Sent(result.At ?? time.GetUtcNow());
        recorder.Received(reply);
        var attempt = reply.Status is >= 200 and < 300
            ? replies.Read(reply, (choice, finish) => ReplyReader.Said(choice, finish, mode), recorder)
            : faults.Read(reply);
        return (attempt.Cause is null ? attempt.Reply : Reply.Failed($"{attempt.Reply.Error} ({attempt.Cause})")) with
        {
            Call = recorder.ToCall(),
        };
    }
}
