using System.Net.Sockets;

namespace ModelConformance.Targets.Wire;

/// <summary>The HTTP of one address. Data goes to the configured address and nowhere else: redirects are not followed.</summary>
internal sealed class Connection(TargetSettings settings, Uri address) : IDisposable
{
    /// <summary>The most bytes that are read of one reply.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly TimeSpan timeout = TimeSpan.FromSeconds(settings.TimeoutSeconds);
    private readonly HttpMessageInvoker client = Open(address);
    private readonly (string Name, string Value)[] headers = Headers(settings.ApiKey);

    /// <summary>Posts a body.</summary>
    /// <returns>The reply, whatever its status; or, where none came, what that means.</returns>
    public async ValueTask<(ServerReply? Reply, Attempt? Unanswered)> PostAsync(byte[] body, CancellationToken cancellation)
    {
        using var request = Request(body);
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        inTime.CancelAfter(timeout);
        var isReceiving = false;
        try
        {
            using var response = await client.SendAsync(request, inTime.Token).ConfigureAwait(false);
            isReceiving = true;
            return await ReplyBody.ReadAsync(response.Content, MostBytes, inTime.Token).ConfigureAwait(false) is { } read
                ? (ServerReply.Of(response, read), null)
                : (null, Attempt.Hopeless($"reply larger than {MostBytes / 1024 / 1024} MiB from {TargetSettings.Shown(address)}"));
        }
        catch (OperationCanceledException) when (!inTime.IsCancellationRequested && !isReceiving)
        {
            // Nobody else ends it: the handler's own limit for making a connection.
            return (null, Attempt.Healable(
                Attempt.Connection, $"could not reach {TargetSettings.Shown(address)}: no connection within {ConnectTimeout.TotalSeconds:0} s") with
            {
                IsUnreached = true,
            });
        }
        catch (Exception fault) when (fault is OperationCanceledException || inTime.IsCancellationRequested)
        {
            cancellation.ThrowIfCancellationRequested();
            return (null, Attempt.Healable(
                Attempt.Timeout, $"{TargetSettings.Shown(address)} gave no whole reply within {settings.TimeoutSeconds} s"));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or SocketException)
        {
            // A connection that is reset as soon as it is made comes as the socket's own exception.
            return (null, Unanswered(fault));
        }
        catch (Exception fault) when (isReceiving)
        {
            // A body that is not packed as its Content-Encoding says: each of the unpackers has an exception of its own for that.
            return (null, Attempt.Healable(
                Attempt.Unreadable,
                $"the reply from {TargetSettings.Shown(address)} cannot be unpacked: {Quotation.Of(fault.Message, 200, settings.ApiKey).Trim('"')}"));
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => client.Dispose();

    // What HttpClient adds is here already: a time limit, a bounded buffer, headers.
    private static HttpMessageInvoker Open(Uri address) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = ConnectTimeout,
        // A system's proxy cannot reach this machine's own loopback.
        UseProxy = !address.IsLoopback,
    });

    private static (string Name, string Value)[] Headers(string? key) =>
    [
        ("Accept", "application/json"),
        ("Accept-Encoding", ReplyBody.Encodings),
        ("User-Agent", "ModelConformance"),
        .. string.IsNullOrEmpty(key) ? Array.Empty<(string, string)>() : [("Authorization", $"Bearer {key}")],
    ];

    private HttpRequestMessage Request(byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        // Without validation: they are right, and would be taken apart for each request.
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private Attempt Unanswered(Exception fault)
    {
        var where = TargetSettings.Shown(address);
        var error = (fault as HttpRequestException)?.HttpRequestError;
        return error == HttpRequestError.ConfigurationLimitExceeded
            ? Attempt.Hopeless($"the headers of the reply from {where} are too long")
            : Attempt.Healable(
                Attempt.Connection,
                $"could not reach {where}: {Quotation.Of(fault.GetBaseException().Message, 200, settings.ApiKey).Trim('"')}") with
            {
                IsUnreached = fault is SocketException || error
                    is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.ProxyTunnelError,
            };
    }
}
