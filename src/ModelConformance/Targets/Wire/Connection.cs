using System.Net;
using System.Net.Http.Headers;

namespace ModelConformance.Targets.Wire;

/// <summary>The HTTP of one address. Data goes to the configured address and nowhere else: redirects are not followed.</summary>
internal sealed class Connection(TargetSettings settings, Uri address) : IDisposable
{
    /// <summary>The most bytes that are read of one reply.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly TimeSpan timeout = TimeSpan.FromSeconds(settings.TimeoutSeconds);
    private readonly HttpClient client = Open(address, settings.ApiKey);

    /// <summary>Posts a body.</summary>
    /// <returns>The reply, whatever its status; or, where none came, what that means.</returns>
    public async ValueTask<(ServerReply? Reply, Attempt? Unanswered)> PostAsync(byte[] body, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = Json;
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        inTime.CancelAfter(timeout);
        try
        {
            // Comes back when the whole body has been received, and bounded.
            using var response = await client.PostAsync(address, content, inTime.Token).ConfigureAwait(false);
            return (await ServerReply.OfAsync(response, inTime.Token).ConfigureAwait(false), null);
        }
        catch (Exception fault) when (fault is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return (null, Attempt.Healable(
                Attempt.Timeout, $"{TargetSettings.Shown(address)} gave no whole reply within {settings.TimeoutSeconds} s"));
        }
        catch (HttpRequestException fault)
        {
            cancellation.ThrowIfCancellationRequested();
            return (null, Unanswered(fault));
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => client.Dispose();

    private static HttpClient Open(Uri address, string? key)
    {
        // The handler's lifetime is the client's.
#pragma warning disable CA2000
        var client = new HttpClient(new SocketsHttpHandler
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
        client.DefaultRequestHeaders.Authorization = string.IsNullOrEmpty(key) ? null : new AuthenticationHeaderValue("Bearer", key);
        client.DefaultRequestHeaders.Accept.Add(new("application/json"));
        client.DefaultRequestHeaders.UserAgent.Add(new("ModelConformance", null));
        return client;
    }

    private Attempt Unanswered(HttpRequestException fault)
    {
        var where = TargetSettings.Shown(address);
        return fault.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded
            ? Attempt.Hopeless($"reply larger than {MostBytes / 1024 / 1024} MiB from {where}")
            : Attempt.Healable(
                Attempt.Connection,
                $"could not reach {where}: {Quotation.Of(fault.GetBaseException().Message, 200, settings.ApiKey).Trim('"')}") with
            {
                IsUnreached = fault.HttpRequestError
                    is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.ProxyTunnelError,
            };
    }
}
