using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ModelConformance.Tests.Datasets;

/// <summary>A web server on a free loopback port that answers as a test says, and counts.</summary>
internal sealed class Mirror : IAsyncDisposable
{
    private readonly WebApplication server;
    private int requests;

    private Mirror(WebApplication server) => this.server = server;

    public Uri Url => new(server.Urls.Single());

    public int Requests => requests;

    /// <param name="answer">Writes the answer to a request; gets its number, from 1.</param>
    public static async Task<Mirror> StartAsync(Func<HttpContext, int, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var mirror = new Mirror(builder.Build());
        mirror.server.Run(context => answer(context, Interlocked.Increment(ref mirror.requests)));
        await mirror.server.StartAsync();
        return mirror;
    }

    /// <summary>One that sends the beginning of a file, has the fetch stopped, and never sends the rest.</summary>
    public static Task<Mirror> StalledAsync(CancellationTokenSource stop) => StartAsync(async (context, _) =>
    {
        await context.Response.WriteAsync("ag");
        await context.Response.Body.FlushAsync();
        await stop.CancelAsync();
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
    });

    public async ValueTask DisposeAsync() => await server.DisposeAsync();
}
