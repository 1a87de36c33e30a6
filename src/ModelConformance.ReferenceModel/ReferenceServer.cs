using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ModelConformance.Benchmarks;
using ModelConformance.ReferenceModel.Faults;

namespace ModelConformance.ReferenceModel;

/// <summary>
/// A model that lives on a loopback port, speaks OpenAI's Chat Completions and Completions, and answers benchmark items with the rates that a profile
/// plants. The same request always gets the same reply, whatever the order and the concurrency.
/// </summary>
/// <remarks>
/// It recognises an item by its exact question. To any other question it says that it does not know it. At temperature 0 it gives its most probable
/// answer; at any other one, a draw from the probabilities that its log-probabilities show, one for each of the request's seeds. Thread-safe.
/// Disposal ends the listener.
/// </remarks>
public sealed class ReferenceServer : IAsyncDisposable
{
    /// <summary>A conversation of two questions and a thought is some kilobytes.</summary>
    internal const int LargestBody = 1 << 20;

    private readonly WebApplication app;
    private readonly RequestHandler handler;

    private ReferenceServer(WebApplication app, RequestHandler handler, Uri baseUrl)
    {
        this.app = app;
        this.handler = handler;
        BaseUrl = baseUrl;
    }

    /// <summary>The endpoint up to the version: <c>http://127.0.0.1:PORT/v1</c>.</summary>
    public Uri BaseUrl { get; }

    /// <summary>The HTTP requests received so far, the faulty ones included.</summary>
    public long Requests => handler.Requests;

    /// <summary>Starts a server.</summary>
    /// <param name="benchmarks">
    /// What the model knows: BBQ, Winogender and the admissions; it knows no question of another. Where two items ask the same words, the first
    /// counts.
    /// </param>
    /// <param name="profile">How it answers.</param>
    /// <param name="seed">Chooses among the answers that the profile's rates allow.</param>
    /// <param name="port">The port on 127.0.0.1; 0, the default, takes a free one.</param>
    /// <param name="model">The model's name on the wire; null for that of the profile.</param>
    /// <param name="faults">What goes wrong; null, the default, for nothing.</param>
    /// <param name="cancellation">Gives up the start.</param>
    /// <exception cref="ArgumentException">An item of BBQ has other options than a, b and c.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ReferenceServer> StartAsync(
        IReadOnlyList<IBenchmark> benchmarks,
        Profile profile,
        int seed = 0,
        int port = 0,
        string? model = null,
        FaultPlan? faults = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(benchmarks);
        ArgumentNullException.ThrowIfNull(profile);
        var handler = new RequestHandler(new Model(benchmarks, profile, seed), model ?? profile.Model, seed);
        var closable = faults is null ? null : new ClosablePort(Sockets());
        var app = Build(port, closable);
        app.Run(closable is null ? handler.HandleAsync : new FaultyHandler(faults!, closable, handler.HandleAsync).HandleAsync);
        try
        {
            await app.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        return new(app, handler, new Uri($"{addresses.Addresses.Single()}/v1"));
    }

    /// <summary>Ends the listener; requests in flight are cut after a moment.</summary>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>
    /// An empty builder and not the slim one: that reads ASPNETCORE_URLS, ASPNETCORE_HTTP_PORTS and appsettings.json, any of which could open a
    /// port beyond loopback, and takes Ctrl-C from the program that embeds the server.
    /// </summary>
    private static WebApplication Build(int port, ClosablePort? closable)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        if (closable is not null)
        {
            builder.Services.AddSingleton<IConnectionListenerFactory>(closable);
        }

        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        return builder.Build();
    }

    /// <summary>Without a buffer, so that half a reply is on its way before the reset that follows it.</summary>
    private static SocketTransportFactory Sockets() =>
        new(Options.Create(new SocketTransportOptions { MaxWriteBufferSize = 1 }), NullLoggerFactory.Instance);

    /// <summary>Starts and stops with the object, and listens to no signal.</summary>
    private sealed class EmbeddedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
