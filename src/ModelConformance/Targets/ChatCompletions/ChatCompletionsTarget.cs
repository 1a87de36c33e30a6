using System.Net;
using System.Net.Http.Headers;
using ModelConformance.Protocol;
using Polly;
using RestSharp;

namespace ModelConformance.Targets.ChatCompletions;

/// <summary>
/// A model behind an endpoint that speaks OpenAI's Chat Completions. One slot is held by a call from its first attempt to its last, pauses
/// included, so that a server that asks for patience gets it. Data goes to the configured address and nowhere else: redirects are not followed.
/// </summary>
public sealed class ChatCompletionsTarget : ITarget
{
    /// <summary>The most bytes that are read of one reply.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly TargetSettings settings;
    private readonly Uri endpoint;
    private readonly RestClient client;
    private readonly SemaphoreSlim slots;
    private readonly ChatRequest requests;
    private readonly ChatFaultReader faults;
    private readonly ChatReplyReader replies;
    private readonly ResiliencePipeline<Attempt> pipeline;

    internal ChatCompletionsTarget(TargetSettings settings, TimeProvider? time)
    {
        time ??= TimeProvider.System;
        this.settings = settings;
        var address = TargetSettings.AddressOf(settings.BaseUrl)!;
        endpoint = new Uri(TargetSettings.Shown(address) + "/chat/completions");
        client = Open(endpoint, settings.ApiKey);
        slots = new SemaphoreSlim(settings.Concurrency);
        requests = new ChatRequest(settings);
        faults = new ChatFaultReader(settings, endpoint, time);
        replies = new ChatReplyReader(settings, faults, Observations);
        pipeline = RetryPolicy.Build(Observations, time);
        var omitted = settings.OmittedNames.Order(StringComparer.Ordinal).ToArray();
        Identity = $"{settings.Protocol} {TargetSettings.Shown(address)} model={settings.Model} prefill={settings.Prefill} "
            + $"temperature=0 top_p=1 n=1 seed=sample top_logprobs={ChatRequest.TopLogprobs} limit={settings.MaxTokensParameter}"
            + (omitted.Length == 0 ? "" : " omit=" + string.Join(',', omitted));
    }

    /// <inheritdoc />
    public string Model => settings.Model!;

    /// <inheritdoc />
    public string Identity { get; }

    /// <inheritdoc />
    public string PrefillKind => settings.Prefill;

    /// <inheritdoc />
    public TargetObservations Observations { get; } = new();

    /// <inheritdoc />
    public async Task<Reply> AskAsync(Conversation conversation, int sample, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return (await CallAsync(conversation, sample, forProbe: false, cancellation).ConfigureAwait(false)).Reply;
    }

    /// <inheritdoc />
    public async Task<Probe> ProbeAsync(CancellationToken cancellation)
    {
        var question = Probe.Question(settings.Mode);
        var last = await CallAsync(question, sample: 0, forProbe: true, cancellation).ConfigureAwait(false);
        ChatProbe.Check(settings, question, last);
        return new Probe(question, last.Reply);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        client.Dispose();
        slots.Dispose();
    }

    private static RestClient Open(Uri endpoint, string? key)
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
            UseProxy = !endpoint.IsLoopback,
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

    private async Task<Attempt> CallAsync(Conversation conversation, int sample, bool forProbe, CancellationToken cancellation)
    {
        var call = new Call(this, requests.Body(conversation, sample), conversation.Mode, new RetryBudget(settings.Retries, forProbe));
        await slots.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var last = await pipeline.ExecuteAsync(static (call, stop) => call.Target.TryAsync(call, stop), call, cancellation).ConfigureAwait(false);
            var attempts = call.Attempts == 1 ? "1 attempt" : $"{call.Attempts} attempts";
            return last.Cause is null ? last : last with { Reply = Reply.Failed($"{last.Reply.Error} ({last.Cause}; {attempts})") };
        }
        finally
        {
            slots.Release();
        }
    }

    private async ValueTask<Attempt> TryAsync(Call call, CancellationToken cancellation)
    {
        call.Attempts++;
        Observations.Sent();
        var request = new RestRequest(endpoint, Method.Post)
        {
            Timeout = TimeSpan.FromSeconds(settings.TimeoutSeconds),
            AdvancedResponseWriter = ServerReply.Take,
        };
        request.AddBody(call.Body, ContentType.Json);
        var response = await client.ExecuteAsync(request, cancellation).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        var attempt = ServerReply.From(response) switch
        {
            null => Unanswered(response),
            { Status: >= 200 and < 300 } reply => replies.Read(reply, call.Mode),
            { } reply => faults.Read(reply),
        };
        return attempt.Cause is null ? attempt : attempt with { IsLast = !call.Budget.Allows(attempt) };
    }

    private Attempt Unanswered(RestResponse response)
    {
        var where = TargetSettings.Shown(endpoint);
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

    private sealed class Call(ChatCompletionsTarget target, byte[] body, Mode mode, RetryBudget budget)
    {
        public ChatCompletionsTarget Target => target;

        public byte[] Body => body;

        public Mode Mode => mode;

        public RetryBudget Budget => budget;

        public int Attempts { get; set; }
    }
}
