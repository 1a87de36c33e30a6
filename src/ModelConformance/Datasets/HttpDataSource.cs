using System.Net;

namespace ModelConformance.Datasets;

/// <summary>GitHub's raw host, or a mirror with the same layout: <c>{base}/{repository}/{commit}/{upstream path}</c>.</summary>
public sealed class HttpDataSource : IDataSource
{
    /// <summary>Where the pinned files are published.</summary>
    public static readonly Uri GitHub = new("https://raw.githubusercontent.com/");

    /// <summary>A server that asks for a longer wait than this is asked again after it: a person is watching.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly string root;
    private readonly HttpClient client;

    /// <summary>A source at a base URL.</summary>
    /// <param name="root">
    /// An absolute http or https URL. It may not carry a user name, password, query or fragment: messages show it, and the layout leaves no place
    /// for them.
    /// </param>
    /// <exception cref="ArgumentException">It is another kind of URL.</exception>
    public HttpDataSource(Uri root)
    {
        ArgumentNullException.ThrowIfNull(root);
        if (!root.IsAbsoluteUri || root.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException("A mirror is a folder or an http or https URL.", nameof(root));
        }

        if (root.UserInfo.Length > 0 || root.Query.Length > 0 || root.Fragment.Length > 0)
        {
            throw new ArgumentException("A mirror's URL may not carry a user name, password, query or fragment.", nameof(root));
        }

        this.root = root.AbsoluteUri.TrimEnd('/');
        // The data are text that compresses to a tenth. Waiting is bounded by whoever reads, since a slow line is no fault.
        client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("ModelConformance");
    }

    /// <inheritdoc />
    public string Locate(DataFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return $"{root}/{file.Origin.Repository}/{file.Origin.Commit}/{file.UpstreamPath}";
    }

    /// <inheritdoc />
    public async Task<DataContent> OpenAsync(DataFile file, CancellationToken cancellation)
    {
        var url = Locate(file);
        HttpResponseMessage? response = null;
        try
        {
            response = await client.GetAsync(new Uri(url), HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw Refused(url, response);
            }

            var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            var content = new DataContent(body, response.Content.Headers.ContentLength, response);
            response = null;
            return content;
        }
        catch (HttpRequestException fault)
        {
            // The message of the outermost fault alone is often "An error occurred".
            throw new DataSourceException($"{url}: {fault.GetBaseException().Message}", fault) { CanHeal = true };
        }
        finally
        {
            response?.Dispose();
        }
    }

    /// <inheritdoc />
    public void Dispose() => client.Dispose();

    private static DataSourceException Refused(string url, HttpResponseMessage response) =>
        new($"{url}: the server answered {(int)response.StatusCode} instead of 200")
        {
            CanHeal = response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
                || (int)response.StatusCode >= 500,
            RetryAfter = Wait(response),
        };

    private static TimeSpan? Wait(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter?.Delta ?? (response.Headers.RetryAfter?.Date - TimeProvider.System.GetUtcNow());
        return asked is null ? null : TimeSpan.FromTicks(Math.Clamp(asked.Value.Ticks, 0, LongestWait.Ticks));
    }
}
