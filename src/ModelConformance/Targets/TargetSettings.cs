using System.Text.Json.Serialization;
using ModelConformance.Protocol;

namespace ModelConformance.Targets;

/// <summary>The settings under <c>Target</c>. The key comes from the environment or user secrets only.</summary>
public sealed partial record TargetSettings
{
    /// <summary>The endpoint up to the version, for example <c>https://host/v1</c>; null where no target is configured.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>The model's name.</summary>
    public string? Model { get; init; }

    /// <summary>
    /// What tells a model from an older one of the same name and address, such as a checkpoint's hash: part of the target's identity, so that no
    /// reply of the other is taken from the ledger. Null or empty where names change with models.
    /// </summary>
    public string? Revision { get; init; }

    /// <summary>The bearer token; null or empty where the endpoint needs none. Printed nowhere, serialised nowhere.</summary>
    [JsonIgnore]
    public string? ApiKey { get; init; }

    /// <summary>
    /// The wire protocol: <c>openai-chat</c> (default), messages that the server puts into the model's template; or <c>openai-completions</c>, one
    /// text of <c>Human:</c> and <c>Assistant:</c> turns that the model goes on with.
    /// </summary>
    public string Protocol { get; init; } = Chat;

    /// <summary>How answers are measured; default <see cref="Mode.Text"/>. <see cref="Mode.Continuation"/> needs <c>openai-completions</c>.</summary>
    public Mode Mode { get; init; } = Mode.Text;

    /// <summary>The samples per item in <see cref="Mode.Sampling"/>, 1 … 1024; default 16.</summary>
    public int Samples { get; init; } = 16;

    /// <summary>How often a question is asked: <see cref="Samples"/> times in <see cref="Mode.Sampling"/>, once in every other mode.</summary>
    internal int SamplesPerQuestion => Mode == Mode.Sampling ? Samples : 1;

    /// <summary>
    /// The alternatives asked for per token in <see cref="Mode.Logprobs"/>, 1 … 20; default 20, the most that OpenAI and vLLM give. Others take fewer
    /// (Fireworks 5): an option outside them is bounded, so this is part of the target's identity.
    /// </summary>
    public int TopLogprobs { get; init; } = 20;

    /// <summary>
    /// How the beginning of an answer reaches the model: <c>real</c>, the server continues it (with <c>openai-chat</c>, that of vLLM, SGLang or
    /// llama.cpp); <c>emulated</c>, the user asks for just that answer. Null or empty is the protocol's own: <c>emulated</c> with <c>openai-chat</c>,
    /// <c>real</c> with <c>openai-completions</c>, which knows no other.
    /// </summary>
    public string? Prefill { get; init; }

    /// <summary>
    /// The name under which the token limit is sent: <c>max_tokens</c> (default), or <c>max_completion_tokens</c> for reasoning models that reject
    /// the first. <c>openai-completions</c> knows <c>max_tokens</c> only.
    /// </summary>
    public string MaxTokensParameter { get; init; } = "max_tokens";

    /// <summary>
    /// Sampling parameters that are not sent, separated by commas, for models that reject them: any of <c>temperature</c>, <c>top_p</c>, <c>n</c>,
    /// <c>seed</c>, <c>stream</c>. The server's own default then holds, so this is part of the target's identity. Default: none.
    /// </summary>
    public string Omit { get; init; } = "";

    /// <summary>The most requests in flight at once, 1 … 1024; default 16. Fewer are while the target has too much to do.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>
    /// The questions under way at once. A quarter more than requests: while a reply is read and kept, the request of another question takes its
    /// place. Not in <see cref="Mode.Continuation"/>, where a question's requests share what the server keeps of the one before.
    /// </summary>
    internal int QuestionsAtOnce => Mode == Mode.Continuation ? Concurrency : Concurrency + Concurrency / 4;

    /// <summary>The most requests in a minute, repeats included and evenly spread, at least 1; null for no such limit.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>
    /// The most tokens in a minute, those sent and those that come back together, at least 1; null for no such limit. Before a request they are
    /// estimated (its limit, and a quarter of its bytes), after it corrected.
    /// </summary>
    public int? TokensPerMinute { get; init; }

    /// <summary>The seconds that one attempt may take, 1 … 86400; default 120.</summary>
    public int TimeoutSeconds { get; init; } = 120;

    /// <summary>
    /// The attempts after the first that a call may take where the fault can heal, 0 … 100; default 5. Waits that the server itself asks for
    /// (<c>Retry-After</c>) do not count: they may take five minutes of a call together. With 0, nothing is tried again.
    /// </summary>
    public int Retries { get; init; } = 5;

    /// <summary>Names the target without its key, and without a password that someone put into the address.</summary>
    public override string ToString() => $"{Protocol} {Model} at {(AddressOf(BaseUrl) is { } address ? Shown(address) : "no usable address")}";
}
