using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;

namespace ModelConformance.Bench.Soak;

/// <summary>The reference model in a process of its own, which a kill of whoever asks does not touch.</summary>
internal sealed class FaultyServer : IDisposable
{
    private readonly Tool tool;
    private readonly HttpClient http = new();

    private FaultyServer(Tool tool, Uri url) => (this.tool, Url) = (tool, url);

    /// <summary>Its address up to the version.</summary>
    public Uri Url { get; }

    /// <summary>
    /// A port that is free now, below those that a system gives to connections of its own; any, since the one of another soak is closed at times.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 30_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Another one has it.
            }
        }
    }

    /// <summary>Starts it.</summary>
    /// <param name="plan">The faults' rate and seed.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="port">Its port: a part of what a target is known by, so that two servers are the same target only on the same one.</param>
    /// <param name="faults">Which faults.</param>
    public static async Task<FaultyServer> StartAsync(SoakPlan plan, string folder, int port, string faults)
    {
        var tool = Tool.Start(
            folder, "serve", "--data", folder, "--port", Number(port),
            "--faults", faults, "--fault-rate", Number(plan.FaultRate), "--seed", Number(plan.Seed));
        if (await tool.Out.ReadLineAsync() is { } url)
        {
            return new(tool, new(url));
        }

        var (code, last) = await tool.EndAsync();
        throw new InvalidOperationException($"The server did not start ({code}): {last}");
    }

    /// <summary>What it did so far.</summary>
    public async Task<Tally> TallyAsync()
    {
        while (true)
        {
            try
            {
                return (await http.GetFromJsonAsync<Tally>(new Uri(Url, "/faults")))!;
            }
            catch (HttpRequestException) when (!tool.HasEnded)
            {
                // Its port is closed for a moment, as planned.
                await Task.Delay(50);
            }
        }
    }

    public void Dispose()
    {
        http.Dispose();
        tool.Dispose();
    }

    private static string Number(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>What a server says of itself.</summary>
    /// <param name="Requests">The requests received.</param>
    /// <param name="Answered">Those that got a good reply, whole.</param>
    /// <param name="Faults">The faults by name.</param>
    internal sealed record Tally(long Requests, long Answered, SortedDictionary<string, long> Faults);
}
