using System.Text.Json;
using System.Text.Json.Serialization;
using ModelConformance.Protocol;

namespace ModelConformance.Targets.Wire;

/// <summary>
/// The parts of a completion, of a chat or of a text, that a measurement needs. One shape for both protocols, since servers mix them.
/// </summary>
internal sealed record Completion
{
    /// <summary>The first choice; null where there is none.</summary>
    public Choice? Choice { get; set; }

    public string? Model { get; set; }

    public string? Fingerprint { get; set; }

    /// <summary>The tokens used; 0 where that is not said.</summary>
    public TokenUsage Usage { get; set; }

    public JsonElement? Error { get; set; }
}

/// <summary>A chat's <see cref="Content"/>, or a completion's <see cref="Text"/>.</summary>
internal sealed record Choice
{
    public string? Content { get; set; }

    public string? Refusal { get; set; }

    public string? Text { get; set; }

    public string? FinishReason { get; set; }

    public Logprobs? Logprobs { get; set; }

    public JsonElement? Error { get; set; }
}

/// <summary>Positions in <paramref name="Content"/> (chat; llama.cpp and Ollama always), or lists that run in parallel (completions).</summary>
internal sealed record Logprobs(
    List<Position?>? Content, List<string?>? Tokens, List<double?>? TokenLogprobs, List<Dictionary<string, double?>?>? TopLogprobs)
{
    /// <summary>The positions of either shape, in order.</summary>
    public IEnumerable<Position> Positions() => Content is { Count: > 0 }
        ? Content.Select(static position => position ?? new(null, null, null))
        : (Tokens ?? []).Select((token, i) => new Position(
            token,
            TokenLogprobs?.ElementAtOrDefault(i),
            [.. (TopLogprobs?.ElementAtOrDefault(i) ?? []).Select(static pair => new Alternative(pair.Key, pair.Value))]));
}

internal sealed record Position(string? Token, double? Logprob, List<Alternative?>? TopLogprobs);

internal sealed record Alternative(string? Token, double? Logprob);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(Logprobs))]
internal sealed partial class CompletionJson : JsonSerializerContext;
