using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ModelConformance.Bench;

/// <summary>A server in a process of its own that answers every request with the same completion of 1.7 KB, at once or after a while.</summary>
internal sealed class FixedServer : IDisposable
{
    /// <summary>What the model says, 1.1 KB.</summary>
    public static readonly string Text = string.Concat(Enumerable.Repeat("The context says nothing of either person that would decide it. ", 17)) + "(b)";

    private readonly Process process;

    private FixedServer(Process process, Uri address) => (this.process, Address) = (process, address);

    /// <summary>Where it is, up to the version.</summary>
    public Uri Address { get; }

    public static async Task<FixedServer> StartAsync(int milliseconds)
    {
        var process = Self.Start(["fixed-server", milliseconds.ToString(CultureInfo.InvariantCulture)], []);
        var address = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.");
        return new(process, new Uri(address + "/v1"));
    }

    /// <summary>Serves until its input ends, which it does when the process that started it ends.</summary>
    public static async Task<int> RunAsync(int milliseconds)
    {
        var reply = JsonSerializer.SerializeToUtf8Bytes(new
        {
            id = "chatcmpl-0123456789abcdef",
            @object = "chat.completion",
            created = 1_790_000_000,
            model = "fixed-2026",
            choices = new[]
            {
                new
                {
                    index = 0,
                    message = new { role = "assistant", content = Text, refusal = (string?)null, annotations = Array.Empty<string>() },
                    logprobs = (object?)null,
                    finish_reason = "stop",
                },
            },
            usage = new
            {
                prompt_tokens = 211,
                completion_tokens = 230,
                total_tokens = 441,
                prompt_tokens_details = new { cached_tokens = 0, audio_tokens = 0 },
                completion_tokens_details = new { reasoning_tokens = 0, audio_tokens = 0, accepted_prediction_tokens = 0, rejected_prediction_tokens = 0 },
            },
            service_tier = "default",
            system_fingerprint = "fp_0123456789",
        });
        var delay = new EqualDelay(milliseconds);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.Run(async context =>
        {
            while (await context.Request.BodyReader.ReadAsync() is var read)
            {
                context.Request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }

            if (milliseconds > 0)
            {
                await delay.WaitAsync();
            }

            context.Response.ContentType = "application/json";
            context.Response.ContentLength = reply.Length;
            await context.Response.Body.WriteAsync(reply);
        });
        await app.StartAsync();
        Console.WriteLine(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        while (await Console.In.ReadLineAsync() is not null)
        {
        }

        return 0;
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
