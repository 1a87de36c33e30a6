using System.Net;
using System.Net.Http.Headers;
using ModelConformance.Protocol;
using Polly;
using RestSharp;

namespace ModelConformance.Targets.Wire;

/// <summary>
/// One address that requests go to. A call holds a slot from its first attempt to its last, pauses included, so that a server that asks for patience
/// gets it. Data goes to the configured address and nowhere else: redirects are not followed.
/// </summary>
internal sealed class Endpoint : IDisposable
{
    /// <summary>The most bytes that are read of one reply.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly TargetSettings settings;
    private readonly TimeProvider time;
    private readonly Uri address;
    private readonly RestClient client;
    private readonly SemaphoreSlim slots;
    private readonly FaultReader faults;
    private readonly ReplyReader replies;
    private readonly ResiliencePipeline<Attempt> pipeline;

    public Endpoint(TargetSettings settings, string path, TimeProvider time)
    {
        this.settings = settings;
        this.time = time;
        address = new Uri(TargetSettings.Shown(TargetSettings.AddressOf(settings.BaseUrl)!) + path);
        client = Open(address, settings.ApiKey);
        slots = new SemaphoreSlim(settings.Concurrency);
        faults = new FaultReader(settings, address, time);
        replies = new ReplyReader(settings, faults, Observations);
        pipeline = RetryPolicy.Build(time);
    }

    /// <summary>What was seen so far.</summary>
    public TargetObservations Observations { get; } = new();

    /// <summary>Sends a request until a reply is final or the budget is used up.</summary>
    /// <exception cref="TargetException">Asking again would not help.</exception>
    public async Task<Attempt> CallAsync(Request request, CallRecorder recorder, bool forProbe, CancellationToken cancellation)
    {
        var call = new Exchange(this, request, recorder, new RetryBudget(settings.Retries, forProbe));
        await slots.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var last = await pipeline.ExecuteAsync(static (call, stop) => call.Endpoint.TryAsync(call, stop), call, cancellation)
                .ConfigureAwait(false);
            recorder.Ended(call.Took);
            var attempts = call.Attempts == 1 ? "1 attempt" : $"{call.Attempts} attempts";
            return last.Cause is null ? last : last with { Reply = Reply.Failed($"{last.Reply.Error} ({last.Cause}; {attempts})") };
        }
        finally
        {
            slots.Release();
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        client.Dispose();
        slots.Dispose();
    }

    private static RestClient Open(Uri address, string? key)
    {
        // The handler's lifetime is the HTTP client's, and that one's RestSharp's.
#pragma warning disable CA2000
        var http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = ConnectTimeout,
            // A system's proxy cannot reach this machine's own loopback.
            UseProxy = !address.IsLoopback,
        })
        {
            // Each request brings its own.
            Timeout = Timeout.InfiniteTimeSpan,
            // Bounds what is read, after decompression, while it is read.
            MaxResponseContentBufferSize = MostBytes,
        };
#pragma warning restore CA2000
        http.DefaultRequestHeaders.Authorization = string.IsNullOrEmpty(key) ? null : new AuthenticationHeaderValue("Bearer", key);
        return new RestClient(http, new RestClientOptions { FollowRedirects = false, UserAgent = "ModelConformance" }, disposeHttpClient: true)
        {
            AcceptedContentTypes = ["application/json"],
        };
    }

    private async ValueTask<Attempt> TryAsync(Exchange call, CancellationToken cancellation)
    {
        if (call.Cause is { } cause)
        {
            call.Recorder.Retried(cause);
            Observations.Retried(cause);
        }

        call.Attempts++;
        call.Recorder.Sent(time.GetUtcNow());
        Observations.Sent();
        var sent = time.GetTimestamp();
        var request = new RestRequest(address, Method.Post)
        {
            Timeout = TimeSpan.FromSeconds(settings.TimeoutSeconds),
            AdvancedResponseWriter = ServerReply.Take,
        };
        request.AddBody(call.Request.Body, ContentType.Json);
        var response = await client.ExecuteAsync(request, cancellation).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        call.Took = time.GetElapsedTime(sent);
        var attempt = Read(call, response);
        call.Cause = attempt.Cause;
        return attempt.Cause is null ? attempt : attempt with { IsLast = !call.Budget.Allows(attempt) };
    }

    private Attempt Read(Exchange call, RestResponse response)
    {
        if (ServerReply.From(response) is not { } reply)
        {
            return Unanswered(response);
        }

        call.Recorder.Received(reply);
        return reply.Status is >= 200 and < 300 ? replies.Read(reply, call.Request.Meaning, call.Recorder) : faults.Read(reply);
    }

    private Attempt Unanswered(RestResponse response)
    {
        var where = TargetSettings.Shown(address);
        if (response.ResponseStatus == ResponseStatus.TimedOut)
        {
            return Attempt.Healable(Attempt.Timeout, $"{where} gave no whole reply within {settings.TimeoutSeconds} s");
        }

        var fault = response.ErrorException;
        return fault is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded }
            ? Attempt.Hopeless($"reply larger than {MostBytes / 1024 / 1024} MiB from {where}")
            : Attempt.Healable(
                Attempt.Connection,
                $"could not reach {where}: {Quotation.Of(fault?.GetBaseException().Message ?? "no reply", 200, settings.ApiKey).Trim('"')}");
    }

    /// <summary>One request with its repeats.</summary>
    private sealed class Exchange(Endpoint endpoint, Request request, CallRecorder recorder, RetryBudget budget)
    {
        public Endpoint Endpoint => endpoint;

        public Request Request => request;

        public CallRecorder Recorder => recorder;

        public RetryBudget Budget => budget;

        public int Attempts { get; set; }

        /// <summary>Why the last attempt is repeated.</summary>
        public string? Cause { get; set; }

        /// <summary>What the last attempt took.</summary>
        public TimeSpan Took { get; set; }
    }
}
