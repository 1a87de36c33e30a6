using System.Net;
using System.Net.Http.Headers;
using RestSharp;

namespace ModelConformance.Targets.Wire;

/// <summary>The HTTP of one address. Data goes to the configured address and nowhere else: redirects are not followed.</summary>
internal sealed class Connection(TargetSettings settings, Uri address) : IDisposable
{
    /// <summary>The most bytes that are read of one reply.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly TimeSpan timeout = TimeSpan.FromSeconds(settings.TimeoutSeconds);
    private readonly RestClient client = Open(address, settings.ApiKey);

    /// <summary>Posts a body.</summary>
    /// <returns>The reply, whatever its status; or, where none came, what that means.</returns>
    public async ValueTask<(ServerReply? Reply, Attempt? Unanswered)> PostAsync(byte[] body, CancellationToken cancellation)
    {
        var request = new RestRequest(address, Method.Post) { Timeout = timeout, AdvancedResponseWriter = ServerReply.Take };
        request.AddBody(body, ContentType.Json);
        var response = await client.ExecuteAsync(request, cancellation).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return ServerReply.From(response) is { } reply ? (reply, null) : (null, Unanswered(response));
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => client.Dispose();

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

    private Attempt Unanswered(RestResponse response)
    {
        var where = TargetSettings.Shown(address);
        if (response.ResponseStatus == ResponseStatus.TimedOut)
        {
            return Attempt.Healable(Attempt.Timeout, $"{where} gave no whole reply within {settings.TimeoutSeconds} s");
        }

        var fault = (response.ErrorException as HttpRequestException)?.HttpRequestError;
        return fault == HttpRequestError.ConfigurationLimitExceeded
            ? Attempt.Hopeless($"reply larger than {MostBytes / 1024 / 1024} MiB from {where}")
            : Attempt.Healable(Attempt.Connection, $"could not reach {where}: {Words(response)}") with
            {
                IsUnreached = fault is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.ProxyTunnelError,
            };
    }

    private string Words(RestResponse response) =>
        Quotation.Of(response.ErrorException?.GetBaseException().Message ?? "no reply", 200, settings.ApiKey).Trim('"');
}
