using System.Globalization;
using ModelConformance.Protocol;

namespace ModelConformance.Targets.Wire;

/// <summary>
/// Decides what a reply that is no success means: an outcome of the item (a filter), a fault that may heal, a fault of this one conversation,
/// or the end of the run.
/// </summary>
internal sealed class FaultReader(TargetSettings settings, Uri endpoint, TimeProvider time)
{
    /// <summary>Reads a reply whose status is no success.</summary>
    /// <exception cref="TargetException">Asking again would not help.</exception>
    public Attempt Read(ServerReply reply) => reply.Status is >= 300 and < 400
        ? throw new TargetException(
            $"{Where} answers with a redirect (HTTP {reply.Status}) to "
            + $"{Quotation.Of(reply.Headers.Location?.ToString() ?? "", 120, settings.ApiKey)}. "
            + $"Redirects are not followed; set the final address: {TargetSettings.Variable(nameof(settings.BaseUrl))}.")
        : Judge(reply, reply.Status, ServerFault.Read(reply));

    /// <summary>Judges a fault by the status it came with, or, in a reply of HTTP 200, by the status that stands in it.</summary>
    /// <exception cref="TargetException">Asking again would not help.</exception>
    public Attempt Judge(ServerReply reply, int status, ServerFault fault)
    {
        if (fault.IsFilter)
        {
            return new Attempt(new Reply("", Finish.ContentFilter));
        }

        var said = reply.IsHtml
            ? Page(reply, status)
            : string.Create(CultureInfo.InvariantCulture, $"HTTP {status} {fault.Describe(settings.ApiKey)}");
        if (status is 402 or 403 or 429 && fault.IsSpent)
        {
            throw new TargetException($"The quota at {Where} is spent, and no wait within a run heals that: {said}.");
        }

        return status switch
        {
            408 or 409 or 425 or 429 or 500 or 502 or 503 or 504 or 529 => Healable(reply, status, said),
            // Cloudflare's names for an origin that it could not reach.
            (>= 520 and <= 524) or 530 => Healable(reply, status, said),
            400 or 413 or 422 when status == 413 || fault.IsTooLong => Attempt.Hopeless(said),
            // Without the server's words: some echo a part of the key.
            401 => throw new TargetException(
                $"The target rejected the key: HTTP 401 from {Where}. "
                + $"{TargetSettings.Variable(nameof(settings.ApiKey))} is "
                + $"{(string.IsNullOrEmpty(settings.ApiKey) ? "not set" : "set, but not accepted")}."),
            403 => throw new TargetException(
                $"The target rejected the key or its rights: {said}, from {Where}. See {TargetSettings.Variable(nameof(settings.ApiKey))}."),
            404 => throw new TargetException(
                $"Model {Quotation.Of(settings.Model!, 100)} or path {Where} was not found: {said}. "
                + $"See {TargetSettings.Variable(nameof(settings.Model))}, {TargetSettings.Variable(nameof(settings.BaseUrl))} "
                + $"and {TargetSettings.Variable(nameof(settings.Protocol))}."),
            400 or 422 when fault.Param.Length > 0 => throw new TargetException(
                $"The target refuses the parameter {Quotation.Of(fault.Param, 60, settings.ApiKey)}: {said}. {Way(fault.Param)}"),
            _ => throw new TargetException($"The target at {Where} refuses the request: {said}.{Hint(fault)}"),
        };
    }

    /// <summary>Says that a page for people came instead of JSON.</summary>
    public string Page(ServerReply reply, int status) => string.Create(
        CultureInfo.InvariantCulture, $"HTTP {status} with an HTML page instead of JSON, {Quotation.Of(reply.Beginning, 80, settings.ApiKey)}");

    private string Where => TargetSettings.Shown(endpoint);

    private Attempt Healable(ServerReply reply, int status, string said)
    {
        var wait = RetryAfter.Read(status, reply.Headers, time);
        return wait > RetryBudget.LongestWait
            ? throw new TargetException(
                $"{Where} asks to wait {Math.Ceiling(wait.Value.TotalMinutes):N0} min (more than {RetryBudget.LongestWait.TotalMinutes:0} is not waited for): {said}. Run again then.")
            : Attempt.Healable(string.Create(CultureInfo.InvariantCulture, $"HTTP {status}"), said, wait);
    }

    // llama.cpp and others name the parameter in their words alone.
    private string Hint(ServerFault fault) => settings.Mode switch
    {
        Mode.Continuation when fault.Message.Contains("echo", StringComparison.OrdinalIgnoreCase) => " " + Way("echo"),
        Mode.Logprobs when fault.Message.Contains("logprobs", StringComparison.OrdinalIgnoreCase) => " " + Way("logprobs"),
        _ => "",
    };

    private string Way(string param) => param switch
    {
        "max_tokens" when settings.Protocol == TargetSettings.Chat =>
            $"Set {TargetSettings.Variable(nameof(TargetSettings.MaxTokensParameter))}=max_completion_tokens.",
        "max_completion_tokens" => $"Set {TargetSettings.Variable(nameof(TargetSettings.MaxTokensParameter))}=max_tokens.",
        "echo" or "logprobs" when settings.Mode == Mode.Continuation => ProbeCheck.NeedsEcho,
        "logprobs" or "top_logprobs" => $"Lower {TargetSettings.Variable(nameof(TargetSettings.TopLogprobs))} where fewer alternatives are given, "
            + $"set {TargetSettings.Variable(nameof(TargetSettings.Mode))}=text, or use a server that gives log-probabilities.",
        "continue_final_message" or "add_generation_prompt" => $"Set {TargetSettings.Variable(nameof(TargetSettings.Prefill))}=emulated.",
        "temperature" or "top_p" or "n" or "seed" or "stream" =>
            $"Name it in {TargetSettings.Variable(nameof(TargetSettings.Omit))} to leave it out; the server's own default then holds.",
        "model" => $"See {TargetSettings.Variable(nameof(TargetSettings.Model))}.",
        _ => "No setting avoids it.",
    };
}
