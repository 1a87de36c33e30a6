using System.Buffers;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ModelConformance.ReferenceModel.Speech;
using ModelConformance.ReferenceModel.Wire;

namespace ModelConformance.ReferenceModel;

/// <summary>Answers HTTP requests. Thread-safe.</summary>
internal sealed class ChatHandler(QuestionIndex index, Profile profile, int seed)
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? threadBuffer;

    [ThreadStatic]
    private static Utf8JsonWriter? threadJson;

    private readonly string fingerprint = $"{profile.Model}-{seed}";

    private long requests;

    /// <summary>The requests received so far.</summary>
    internal long Requests => Interlocked.Read(ref requests);

    /// <summary>Answers one request.</summary>
    internal async Task HandleAsync(HttpContext context)
    {
        Interlocked.Increment(ref requests);
        switch (context.Request.Method, context.Request.Path.Value)
        {
            case ("POST", "/v1/chat/completions"):
                var (request, fault) = await ReadAsync(context.Request).ConfigureAwait(false);
                await SendAsync(context.Response, request, fault).ConfigureAwait(false);
                break;
            case ("GET", "/v1/models"):
                await SendAsync(context.Response, 200, json => ChatResponse.WriteModels(json, profile.Model)).ConfigureAwait(false);
                break;
            default:
                var unknown = new RequestError(404, $"Unknown request URL: {context.Request.Method} {context.Request.Path}.", Code: "unknown_url");
                await SendAsync(context.Response, unknown.Status, unknown.Write).ConfigureAwait(false);
                break;
        }
    }

    private async ValueTask<(ChatRequest?, RequestError?)> ReadAsync(HttpRequest http)
    {
        try
        {
            var request = await JsonSerializer.DeserializeAsync(http.BodyReader, WireJson.Default.ChatRequest, http.HttpContext.RequestAborted)
                .ConfigureAwait(false);
            return (request, RequestCheck.Fault(request, profile.Model));
        }
        catch (JsonException e)
        {
            var param = e.Path is { Length: > 2 } path ? path[2..] : null; // "$.messages" without its root
            return (null, new(400, $"We could not read the JSON body of your request: {e.Message}", param));
        }
        catch (BadHttpRequestException e)
        {
            return (null, new(e.StatusCode, e.Message));
        }
    }

    private ValueTask<FlushResult> SendAsync(HttpResponse response, ChatRequest? request, RequestError? fault) => fault is null
        ? SendAsync(response, 200, json => Complete(json, request!))
        : SendAsync(response, fault.Status, fault.Write);

    private void Complete(Utf8JsonWriter json, ChatRequest request)
    {
        var asked = Asked.Of(request.Messages!, index);
        var draws = new Draws(seed, asked.Item?.Id ?? 0, asked.Condition);
        var choice = asked.Item is { Roles: var roles } ? Planted.Of(profile, roles, asked.Condition).Draw(draws.NextUniform()) : -1;
        var form = draws.NextBits();
        ChatResponse.Write(json, request, Speaker.Say(profile.Manner, asked, choice, form), draws.NextBits(), fingerprint);
    }

    /// <summary>Written to a buffer of the thread first: a length instead of chunks, and nothing allocated for it.</summary>
    private static ValueTask<FlushResult> SendAsync(HttpResponse response, int status, Action<Utf8JsonWriter> write)
    {
        var buffer = threadBuffer ??= new(4096);
        buffer.ResetWrittenCount();
        var json = threadJson ??= new(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.Reset(buffer);
        write(json);
        json.Flush();
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = buffer.WrittenCount;
        response.BodyWriter.Write(buffer.WrittenSpan);
        return response.BodyWriter.FlushAsync();
    }
}
