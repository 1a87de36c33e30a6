using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ModelConformance.Tests.Collection.Batches;

/// <summary>A provider of batches: every line's body goes to a server as it is, and the results come in another order, some days later.</summary>
internal static class BatchProvider
{
    /// <summary>Runs files of requests.</summary>
    /// <param name="baseUrl">The server, up to <c>/v1</c>.</param>
    /// <param name="files">The requests.</param>
    /// <param name="results">The file of results that is written.</param>
    public static async Task RunAsync(Uri baseUrl, IEnumerable<string> files, string results)
    {
        using var http = new HttpClient();
        var lines = new List<string>();
        foreach (var line in files.SelectMany(File.ReadLines))
        {
            var request = JsonNode.Parse(line)!;
            request["method"]!.GetValue<string>().Should().Be("POST");
            using var response = await http.PostAsJsonAsync(new Uri(baseUrl, request["url"]!.GetValue<string>()), request["body"]);
            lines.Add(Result(request["custom_id"]!.GetValue<string>(), (int)response.StatusCode, await response.Content.ReadAsStringAsync()));
        }

        var shuffled = lines.ToArray();
        new Random(1).Shuffle(shuffled);
        await File.WriteAllLinesAsync(results, shuffled);
    }

    /// <summary>A line of results as OpenAI writes it.</summary>
    public static string Result(string id, int status, string body) => new JsonObject
    {
        ["id"] = "batch_req_1",
        ["custom_id"] = id,
        ["response"] = new JsonObject { ["status_code"] = status, ["request_id"] = "req-1", ["body"] = JsonNode.Parse(body) },
        ["error"] = null,
    }.ToJsonString();
}
