using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ModelConformance.Tests.Targets;

/// <summary>A real server on a free loopback port that answers its n-th request with the n-th line of a script; the last line repeats.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private int count;

    private ScriptedServer(WebApplication app) => this.app = app;

    /// <summary>The requests in the order of their arrival.</summary>
    public ConcurrentQueue<Request> Requests { get; } = new();

    /// <summary>What goes into Target:BaseUrl.</summary>
    public string BaseUrl { get; private set; } = "";

    public static async Task<ScriptedServer> StartAsync(params RequestDelegate[] script)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new ScriptedServer(app);
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            server.Requests.Enqueue(new Request(context.Request.Path, context.Request.Headers.Authorization.ToString(), body));
            await script[Math.Min(Interlocked.Increment(ref server.count), script.Length) - 1](context);
        });
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        server.BaseUrl = addresses.Single() + "/v1";
        return server;
    }

    /// <summary>A reply with a status, a body and headers.</summary>
    public static RequestDelegate Answer(int status, string body, params (string Name, string Value)[] headers) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        return context.Response.WriteAsync(body);
    };

    /// <summary>A chat completion whose content is a text.</summary>
    public static RequestDelegate Says(string text) => Answer(200, Completion($$"""{"role":"assistant","content":"{{text}}"}"""));

    /// <summary>The JSON of a chat completion.</summary>
    public static string Completion(string message, string finish = "stop", string logprobs = "null") =>
        $$"""{"id":"x","object":"chat.completion","model":"m-1","system_fingerprint":"fp_1","choices":[{"index":0,"message":{{message}},"finish_reason":"{{finish}}","logprobs":{{logprobs}}}],"usage":{"prompt_tokens":7,"completion_tokens":2} }""";

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    internal sealed record Request(string Path, string Authorization, string Body);
}
