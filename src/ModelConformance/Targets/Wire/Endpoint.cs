using ModelConformance.Protocol;
using ModelConformance.Targets.Flow;
using Polly;

namespace ModelConformance.Targets.Wire;

/// <summary>
/// One address that requests go to, and all that they share: what the server asks of them together, the settings' limits and the budget. A request
/// has a slot while it is in flight, and none during its pauses.
/// </summary>
internal sealed class Endpoint : IDisposable
{
    private readonly TargetSettings settings;
    private readonly TimeProvider time;
    private readonly Spending spending;
    private readonly Connection connection;
    private readonly Traffic traffic;
    private readonly RetryAllowance allowance = new();
    private readonly FaultReader faults;
    private readonly ReplyReader replies;
    private readonly ResiliencePipeline<Attempt> pipeline;

    public Endpoint(TargetSettings settings, string path, Spending spending, TimeProvider time)
    {
        this.settings = settings;
        this.time = time;
        this.spending = spending;
        var address = new Uri(TargetSettings.Shown(TargetSettings.AddressOf(settings.BaseUrl)!) + path);
        connection = new Connection(settings, address);
        traffic = new Traffic(settings, spending, time);
        Observations = new TargetObservations(traffic);
        faults = new FaultReader(settings, address, time);
        replies = new ReplyReader(settings, faults, Observations);
        pipeline = RetryPolicy.Build(time);
    }

    /// <summary>What was seen so far.</summary>
    public TargetObservations Observations { get; }

    /// <summary>Sends a request until a reply is final or the call's budget is used up.</summary>
    /// <exception cref="TargetException">Asking again would not help.</exception>
    /// <exception cref="BudgetReachedException">The run's budget is used up.</exception>
    /// <param name="request">The request.</param>
    /// <param name="recorder">Told what happens.</param>
    /// <param name="forProbe">Whether it is the probe's.</param>
    /// <param name="stop">Ends the wait while nothing is in flight.</param>
    /// <param name="hangUp">Ends it while something is.</param>
    public async Task<Attempt> CallAsync(Request request, CallRecorder recorder, bool forProbe, CancellationToken stop, CancellationToken hangUp)
    {
        allowance.Called();
        var call = new Exchange(this, request, recorder, forProbe, stop, hangUp);
        var last = await TryAsync(call).ConfigureAwait(false);
        if (last is { Cause: not null, IsLast: false })
        {
            // The first attempt's outcome goes through the pipeline only where it is repeated: most never are. Pauses end with the budget's time;
            // what is in flight then is waited for.
            call.Untold = last;
            last = await spending.WithinTimeAsync(
                call,
                static (call, pauses) => call.Endpoint.pipeline.ExecuteAsync(static (call, _) => call.Endpoint.NextAsync(call), call, pauses),
                stop).ConfigureAwait(false);
            if (last is { Cause: not null, IsLast: false })
            {
                // Not repeated, as it should have been: that is no outcome.
                stop.ThrowIfCancellationRequested();
            }
        }

        recorder.Ended(call.Took);
        var attempts = call.Attempts == 1 ? "1 attempt" : $"{call.Attempts} attempts";
        return last.Cause is null ? last : last with { Reply = Reply.Failed($"{last.Reply.Error} ({last.Cause}; {attempts})") };
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        connection.Dispose();
        traffic.Dispose();
    }

    private ValueTask<Attempt> NextAsync(Exchange call)
    {
        if (call.Untold is { } first)
        {
            call.Untold = null;
            return new(first);
        }

        call.Recorder.Retried(call.Cause!);
        Observations.Retried(call.Cause!);
        return TryAsync(call);
    }

    private async ValueTask<Attempt> TryAsync(Exchange call)
    {
        var place = await spending.WithinTimeAsync(
            (traffic, call.Request), static (on, stop) => on.traffic.EnterAsync(on.Request.Estimate, stop), call.Stop).ConfigureAwait(false);
        bool? isOverload = null;
        try
        {
            var answersBefore = call.Attempts == 0 ? traffic.Answers : call.AnswersSeen;
            call.AnswersSeen = traffic.Answers;
            call.Attempts++;
            call.Recorder.Sent(time.GetUtcNow());
            Observations.Sent();
            var sent = time.GetTimestamp();
            var (reply, unanswered) = await connection.PostAsync(call.Request.Body, call.HangUp).ConfigureAwait(false);
            call.Took = time.GetElapsedTime(sent);
            using var _ = reply;
            var attempt = reply is null ? unanswered! : Read(call, reply);
            isOverload = attempt.Cause is null ? false : attempt.IsBusy || attempt.Cause == Attempt.Timeout ? true : null;
            return attempt.Cause is null ? attempt : Judge(call, attempt, answersBefore);
        }
        finally
        {
            traffic.Leave(place, isOverload, call.Took);
        }
    }

    private Attempt Read(Exchange call, ServerReply reply)
    {
        call.Recorder.Received(reply);
        if (RetryAfter.UsedUp(reply.Headers, time) is { } reset && reset <= RetryBudget.LongestWait)
        {
            traffic.HoldFor(reset);
        }

        var before = call.Recorder.Usage;
        var attempt = reply.Status is >= 200 and < 300 ? replies.Read(reply, call.Request.Meaning, call.Recorder) : faults.Read(reply);
        Account(call, attempt, new(call.Recorder.Usage.Prompt - before.Prompt, call.Recorder.Usage.Completion - before.Completion, 0, 0));
        return attempt;
    }

    private void Account(Exchange call, Attempt attempt, TokenUsage used)
    {
        var isKnown = used != default;
        if (attempt.Cause is null)
        {
            traffic.Answered(call.Request.Estimate, isKnown ? used : call.Request.Estimate);
        }

        spending.Add(isKnown || attempt.Cause is not null ? used : call.Request.Estimate);
    }

    /// <summary>Whether and when a failed attempt is repeated.</summary>
    private Attempt Judge(Exchange call, Attempt attempt, long answersBefore)
    {
        call.Cause = attempt.Cause;
        if (attempt.Cause == Attempt.Timeout)
        {
            traffic.TimedOut(call);
        }

        if (attempt is { IsBusy: true, Wait: { } wait })
        {
            traffic.HoldFor(wait);
            attempt = attempt with { WaitsWithAll = true };
        }
        else if (!call.ForProbe && settings.Retries > 0 && traffic.IsOutage(attempt, answersBefore, ref call.CountedIn, out var isOver))
        {
            return attempt with { WaitsWithAll = true, IsLast = isOver };
        }

        return attempt with { IsLast = !call.Budget.Allows(attempt) };
    }

    /// <summary>One request with its repeats.</summary>
    private sealed class Exchange(
        Endpoint endpoint, Request request, CallRecorder recorder, bool forProbe, CancellationToken stop, CancellationToken hangUp)
    {
        /// <summary>The outage that it was last counted in.</summary>
        public int CountedIn;

        public Endpoint Endpoint => endpoint;

        public Request Request => request;

        public CallRecorder Recorder => recorder;

        public bool ForProbe => forProbe;

        public CancellationToken Stop => stop;

        public CancellationToken HangUp => hangUp;

        public RetryBudget Budget { get; } = new(endpoint.settings.Retries, endpoint.allowance, forProbe);

        public int Attempts { get; set; }

        /// <summary>The first attempt, until the pipeline is told of it.</summary>
        public Attempt? Untold { get; set; }

        /// <summary>Why the last attempt is repeated.</summary>
        public string? Cause { get; set; }

        /// <summary>What the last attempt took.</summary>
        public TimeSpan Took { get; set; }

        /// <summary>The endpoint's requests that were answered when the last attempt was sent.</summary>
        public long AnswersSeen { get; set; }
    }
}
