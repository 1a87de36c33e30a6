using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ModelConformance.Collection;
using ModelConformance.Ledger;
using ModelConformance.Protocol;
using ModelConformance.Targets;
using RestSharp;

namespace ModelConformance.Bench;

/// <summary>
/// The ways of asking a server that are compared, each with its own connections: the whole collection (render, hash, look up, ask, read, keep), and
/// loops that post the same conversations and read the replies' bytes. What is kept goes into an SQLite ledger.
/// </summary>
internal sealed class Contenders : IDisposable
{
    public const int Connections = 64;

    private readonly Uri address;
    private readonly PlainBenchmark benchmark = new();
    private readonly byte[][] bodies;
    private readonly string[] prompts;
    private readonly TargetSettings settings;
    private readonly ITarget target;
    private readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = Connections });
    private readonly HttpClient httpForLedger = new(new SocketsHttpHandler { MaxConnectionsPerServer = Connections });
    private readonly RestClient rest;
    private ILedger ledger = null!;

    public Contenders(Uri address)
    {
        this.address = new Uri(address + "/chat/completions");
        settings = new TargetSettings { BaseUrl = address.ToString(), Model = "fixed", Mode = Mode.Sampling, Concurrency = Connections };
        target = Target.Open(settings);
        rest = new RestClient(new RestClientOptions { ConfigureMessageHandler = _ => new SocketsHttpHandler { MaxConnectionsPerServer = Connections } });
        prompts = [.. benchmark.Items.Select(item => benchmark.Render(item, Condition.Q, Mode.Sampling).Turns[^1].Text)];
        bodies = [.. prompts.Select(prompt => JsonSerializer.SerializeToUtf8Bytes(Body(prompt)))];
    }

    /// <summary>The mean size of a request, in bytes.</summary>
    public double RequestSize => bodies.Average(body => body.Length);

    /// <summary>The body of one of the requests.</summary>
    public string Request => Encoding.UTF8.GetString(bodies[0]);

    /// <summary>A folder that goes with this object.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("throughput").FullName;

    /// <summary>A turn with a ledger of its own, as a run has: none pays for the size of the file that the turns before it have filled.</summary>
    public async Task<Lap> TurnAsync(int requests, Func<int, Task> work)
    {
        ledger = await Ledgers.OpenAsync(Path.Combine(Folder, "ledger.db"), default);
        var lap = await Lap.OfAsync(requests, work);
        await ledger.DisposeAsync();
        foreach (var file in Directory.GetFiles(Folder, "ledger.db*"))
        {
            File.Delete(file);
        }

        return lap;
    }

    /// <summary>The whole collection.</summary>
    public async Task CollectAsync(int requests)
    {
        var collector = new Collector(target, ledger, Mode.Sampling, settings.QuestionsAtOnce);
        await foreach (var _ in collector.CollectAsync(Questions().ToAsyncEnumerable(), default))
        {
        }

        await ledger.FlushAsync(default);

        // Every item again and again, each time as a sample of its own.
        IEnumerable<Question> Questions() =>
            Enumerable.Range(0, requests).Select(i => new Question(benchmark, benchmark.Items[i % bodies.Length], Condition.Q, i / bodies.Length));
    }

    /// <summary>HttpClient, and what it got into a ledger.</summary>
    public async Task PostAndKeepAsync(int requests)
    {
        await LoopAsync(requests, async i =>
        {
            var text = Text(await PostAsync(httpForLedger, i));
            await ledger.KeepAsync(new("bare", Key(i), i), new(text, Finish.Stop) { Call = new() { Model = "fixed-2026" } }, default);
        });
        await ledger.FlushAsync(default);
    }

    /// <summary>HttpClient alone.</summary>
    public Task PostAsync(int requests) => LoopAsync(requests, i => PostAsync(http, i));

    /// <summary>RestSharp, as its documentation shows it.</summary>
    public Task RestAsync(int requests) => LoopAsync(requests, async i =>
    {
        var reply = await rest.ExecuteAsync<Completion>(new RestRequest(address, Method.Post).AddJsonBody(Body(prompts[i % prompts.Length])));
        if (reply.Data?.Choices is not [{ Message.Content.Length: > 0 }])
        {
            throw new InvalidOperationException(reply.ErrorMessage ?? "No reply.");
        }
    });

    public void Dispose()
    {
        target.Dispose();
        http.Dispose();
        httpForLedger.Dispose();
        rest.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task LoopAsync(int requests, Func<int, Task> ask)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < requests;)
            {
                await ask(i);
            }
        })));
    }

    // Hashes come in no order.
    private static UInt128 Key(int i) => ((UInt128)new Statistics.SplitMix64((ulong)i).Next() << 64) | (uint)i;

    private static object Body(string prompt) => new
    {
        model = "fixed",
        messages = new[] { new { role = "user", content = prompt } },
        max_tokens = 64,
        temperature = 1,
        top_p = 1,
        n = 1,
        seed = 0,
        stream = false,
    };

    // The least that reading can be: what follows a mark, up to the next quotation mark.
    private static string Text(byte[] reply)
    {
        var text = reply.AsSpan()[(reply.AsSpan().IndexOf("\"content\":\""u8) + "\"content\":\"".Length)..];
        return Encoding.UTF8.GetString(text[..text.IndexOf((byte)'"')]);
    }

    private async Task<byte[]> PostAsync(HttpClient client, int i)
    {
        using var content = new ByteArrayContent(bodies[i % bodies.Length]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var reply = await client.PostAsync(address, content);
        return await reply.Content.ReadAsByteArrayAsync();
    }

    private sealed record Completion(List<Choice> Choices);

    private sealed record Choice(Message Message);

    private sealed record Message(string Content);
}
