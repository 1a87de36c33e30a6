using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Collection;
using ModelConformance.Ledger;
using ModelConformance.Protocol;
using ModelConformance.ReferenceModel;
using ModelConformance.Runs;

namespace ModelConformance.Bench;

/// <summary>
/// Questions per second of the whole collection (render, ask, read, keep) against a bare HttpClient loop that posts the same requests and reads the
/// replies' bytes. One server in the same process answers both; they take turns, and the medians are compared.
/// </summary>
internal static class Throughput
{
    private const int Rounds = 10;
    private const int Concurrency = 16;
    private const int Questions = 10_000;

    public static async Task<int> RunAsync(bool json)
    {
        var bbq = BbqBenchmark.Open(null);
        (Item Item, Condition)[] questions = [.. Enumerable.Range(0, Questions).Select(i => (bbq.Items[i % bbq.Items.Count], Condition.Q))];
        await using var asked = await RunTarget.OpenAsync(new RunSettings { Target = new() { Concurrency = Concurrency } }, [bbq], _ => { });
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Concurrency });
        var address = new Uri($"{asked.Settings.Target.BaseUrl}/chat/completions");
        byte[][] bodies = [.. bbq.Questions.Select(item => Body(asked.Settings.Target.Model!, item))];

        double[] whole = new double[Rounds], bare = new double[Rounds], again = new double[Rounds];
        for (var round = -3; round < Rounds; round++)
        {
            // Three rounds of warm-up, kept nowhere. The second bare loop is the control: two equal things, compared.
            var (a, b, c) = (await RateAsync(CollectAsync), await RateAsync(PostAsync), await RateAsync(PostAsync));
            if (round >= 0)
            {
                (whole[round], bare[round], again[round]) = (a, b, c);
            }
        }

        var (ratio, control) = (Median([.. whole.Zip(bare, (x, y) => x / y)]), Median([.. again.Zip(bare, (x, y) => x / y)]));
        Console.WriteLine(json
            ? JsonSerializer.Serialize(new { questions = Questions, rounds = Rounds, whole = Median(whole), bare = Median(bare), ratio, control })
            : string.Create(CultureInfo.InvariantCulture, $"""
                {Questions:N0} questions (BBQ sample, Q, text), {Concurrency} at once, median of {Rounds} turns after 3 of warm-up
                collection   {Median(whole),8:N0} questions/s
                HttpClient   {Median(bare),8:N0} requests/s
                ratio        {ratio,8:0.00}
                control      {control,8:0.00}  (HttpClient over HttpClient)
                """));
        return 0;

        // A new ledger each time: nothing is served from the last round. A repeated item is, though, so each question has its own repeat of the item.
        async Task CollectAsync()
        {
            foreach (var chunk in questions.Chunk(bbq.Items.Count))
            {
                await foreach (var _ in new Collector(asked.Target, new MemoryLedger(), Mode.Text, Concurrency)
                    .CollectAsync(chunk.Select(question => new Question(bbq, question.Item1, question.Item2)).ToAsyncEnumerable(), default))
                {
                }
            }
        }

        Task PostAsync() => Parallel.ForEachAsync(
            Enumerable.Range(0, Questions),
            new ParallelOptions { MaxDegreeOfParallelism = Concurrency },
            async (i, cancellation) =>
            {
                using var content = new ByteArrayContent(bodies[i % bodies.Length]);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                using var reply = await http.PostAsync(address, content, cancellation);
                await reply.Content.ReadAsByteArrayAsync(cancellation);
            });
    }

    private static byte[] Body(string model, BbqItem item) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        model,
        messages = new[] { new { role = "user", content = BbqPrompt.Question(item) }, new { role = "assistant", content = BbqWording.Answer } },
        temperature = 0,
        max_tokens = BbqPrompt.Render(item, Condition.Q, Mode.Text, null).MaxTokens,
    });

    private static async Task<double> RateAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return Questions / watch.Elapsed.TotalSeconds;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
