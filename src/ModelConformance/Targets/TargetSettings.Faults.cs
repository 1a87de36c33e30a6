using ModelConformance.Protocol;

namespace ModelConformance.Targets;

public sealed partial record TargetSettings
{
    /// <summary>The protocol of messages with roles.</summary>
    internal const string Chat = "openai-chat";

    /// <summary>The protocol of one text.</summary>
    internal const string Completions = "openai-completions";

    /// <summary>The prefill that the model continues.</summary>
    internal const string Real = "real";

    private const string Emulated = "emulated";

    private static readonly string[] Protocols = [Chat, Completions];
    private static readonly string[] Prefills = [Real, Emulated];
    private static readonly string[] MaxTokensParameters = ["max_tokens", "max_completion_tokens"];
    private static readonly string[] Omittable = ["temperature", "top_p", "n", "seed", "stream"];

    /// <summary>
    /// Everything that is wrong with these settings, all at once: one sentence each that names the setting, its environment variable, what was
    /// found and what is expected. Empty where a target can be opened. Holds no secret.
    /// </summary>
    public IReadOnlyList<string> Faults() =>
    [
        .. BaseUrlFaults(),
        .. Fault(string.IsNullOrWhiteSpace(Model), nameof(Model), "is missing; the model's name as the endpoint knows it is expected"),
        .. Fault(Model is not null && Model.Any(char.IsControl), nameof(Model), "holds control characters"),
        .. Fault(Revision is not null && Revision.Any(char.IsControl), nameof(Revision), "holds control characters"),
        // Such a key would be refused as a header, with an exception that quotes it.
        .. Fault(
            ApiKey is not null && ApiKey.Any(c => c is <= ' ' or > '~'),
            nameof(ApiKey),
            "holds white space, a line end or a character outside ASCII"),
        .. OneOf(nameof(Protocol), Protocol, Protocols),
        .. Fault(!Enum.IsDefined(Mode), nameof(Mode), $"is not a known mode; {ModeWord.All} is expected"),
        .. Fault(
            Mode == Mode.Continuation && Protocol == Chat,
            nameof(Mode),
            $"is {Mode.Word()}, which {Chat} cannot measure; Target:Protocol {Completions} is expected with it"),
        .. Range(nameof(Samples), Samples, 1, 1024),
        .. Range(nameof(TopLogprobs), TopLogprobs, 1, 20),
        .. OneOf(nameof(Prefill), PrefillKind, Prefills),
        .. Fault(
            PrefillKind == Emulated && Protocol == Completions,
            nameof(Prefill),
            $"is {Emulated}, but with {Completions} an answer's beginning is a part of the prompt; {Real} or nothing is expected"),
        .. OneOf(nameof(MaxTokensParameter), MaxTokensParameter, MaxTokensParameters),
        .. Fault(
            MaxTokensParameter == MaxTokensParameters[1] && Protocol == Completions,
            nameof(MaxTokensParameter),
            $"is {MaxTokensParameters[1]}, which {Completions} does not know; {MaxTokensParameters[0]} is expected"),
        .. OmittedNames.SelectMany(name => OneOf(nameof(Omit), name, Omittable)),
        .. Range(nameof(Concurrency), Concurrency, 1, 1024),
        .. Positive(nameof(RequestsPerMinute), RequestsPerMinute),
        .. Positive(nameof(TokensPerMinute), TokensPerMinute),
        .. Range(nameof(TimeoutSeconds), TimeoutSeconds, 1, 86400),
        .. Range(nameof(Retries), Retries, 0, 100),
    ];

    /// <summary>How the beginning of an answer reaches the model: as set, or else as the protocol does it.</summary>
    internal string PrefillKind => !string.IsNullOrEmpty(Prefill) ? Prefill : Protocol == Completions ? Real : Emulated;

    /// <summary>The environment variable of a setting.</summary>
    internal static string Variable(string setting) => $"MODELCONFORMANCE__Target__{setting}";

    /// <summary>An absolute http or https address, or null.</summary>
    internal static Uri? AddressOf(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0 ? uri : null;

    /// <summary>Scheme, host, port and path: what may be printed of an address.</summary>
    internal static string Shown(Uri address) =>
        address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');

    /// <summary>The names in <see cref="Omit"/>.</summary>
    internal IEnumerable<string> OmittedNames =>
        (Omit ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal);

    private IEnumerable<string> BaseUrlFaults()
    {
        const string Expected = "an absolute address such as https://host/v1 is expected";
        if (string.IsNullOrWhiteSpace(BaseUrl))
        {
            return Fault(true, nameof(BaseUrl), $"is missing; {Expected}");
        }

        if (AddressOf(BaseUrl) is not { } address)
        {
            // Not quoted: what is no address may hold a password all the same.
            return Fault(true, nameof(BaseUrl), $"is not an http or https address; {Expected}");
        }

        return
        [
            .. Fault(address.UserInfo.Length > 0, nameof(BaseUrl), "holds a user name or password; the key belongs in " + Variable(nameof(ApiKey))),
            .. Fault(address.Query.Length + address.Fragment.Length > 0, nameof(BaseUrl), $"holds a query or fragment; {Expected}"),
            .. Fault(
                address.AbsolutePath.TrimEnd('/').EndsWith("/completions", StringComparison.OrdinalIgnoreCase),
                nameof(BaseUrl),
                "ends in the protocol's own path (/completions, /chat/completions), which is added to it; the part before is expected"),
        ];
    }

    private static IEnumerable<string> OneOf(string setting, string? found, string[] known) =>
        Fault(
            !known.Contains(found, StringComparer.Ordinal),
            setting,
            $"is {Quotation.Of(found ?? "", 40)}; expected is {string.Join(" or ", known)}");

    private static IEnumerable<string> Range(string setting, int found, int least, int most) =>
        Fault(found < least || found > most, setting, FormattableString.Invariant($"is {found}; expected is {least} … {most}"));

    private static IEnumerable<string> Positive(string setting, int? found) =>
        Fault(found < 1, setting, FormattableString.Invariant($"is {found}; at least 1 or nothing is expected"));

    private static IEnumerable<string> Fault(bool present, string setting, string what) =>
        present ? [$"Target:{setting} {what} ({Variable(setting)})."] : [];
}
