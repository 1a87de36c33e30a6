using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
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
            context.Items[typeof(Request)] = body;
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
        context.Response.Headers.Date = ImpatientTime.Now.ToString("R", CultureInfo.InvariantCulture);
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

    /// <summary>The JSON of a text completion.</summary>
    public static string TextCompletion(string text, string finish = "stop", string logprobs = "null") =>
        $$"""{"id":"x","object":"text_completion","model":"m-1","choices":[{"index":0,"text":{{JsonSerializer.Serialize(text)}},"finish_reason":"{{finish}}","logprobs":{{logprobs}}}],"usage":{"prompt_tokens":7,"completion_tokens":2} }""";

    /// <summary>A text completion that repeats its prompt before one more token, with the tokens that a tokenizer makes of it.</summary>
    public static RequestDelegate Echoes(Func<string, IEnumerable<(string Token, double? Logprob)>> tokenizer) => context =>
    {
        using var asked = JsonDocument.Parse((string)context.Items[typeof(Request)]!);
        var prompt = asked.RootElement.GetProperty("prompt").GetString()!;
        (string Token, double? Logprob)[] tokens = [.. tokenizer(prompt), (" more", -0.5)];
        var logprobs = new { tokens = tokens.Select(one => one.Token), token_logprobs = tokens.Select(one => one.Logprob), text_offset = tokens.Select(_ => -1) };
        return Answer(200, TextCompletion(prompt + " more", "length", JsonSerializer.Serialize(logprobs)))(context);
    };

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    internal sealed record Request(string Path, string Authorization, string Body);
}
