using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;

namespace ModelConformance.ReferenceModel.Faults;

/// <summary>
/// What a server does wrong, and how often. Faults of transport are drawn for each request by its number, so that asking again heals them; faults of
/// content are drawn from a request's body, since they are outcomes, which are the same in every run. Immutable.
/// </summary>
public sealed class FaultPlan
{
    /// <summary>The share of requests, and that of conversations, that faults hit where nothing else is said.</summary>
    public const double DefaultRate = 0.1;

    /// <summary>The requests in a row that a rate limit refuses.</summary>
    internal const int Burst = 4;

    // What costs a client seconds, megabytes or all its connections is rare.
    private static readonly ImmutableArray<(string Name, TransportFault Fault, int Weight)> Transports =
    [
        ("429", TransportFault.RateLimit, 20), ("500", TransportFault.InternalError, 20), ("502", TransportFault.BadGateway, 20),
        ("503", TransportFault.Unavailable, 20), ("529", TransportFault.Overloaded, 20), ("reset", TransportFault.Reset, 20),
        ("slow", TransportFault.Slow, 4), ("truncated", TransportFault.Truncated, 20), ("html", TransportFault.Html, 20),
        ("type", TransportFault.ContentType, 20), ("encoding", TransportFault.Encoding, 20), ("huge", TransportFault.Huge, 1),
        ("skew", TransportFault.Skew, 20), ("refused", TransportFault.Refused, 1),
    ];

    private static readonly ImmutableArray<(string Name, ContentFault Fault)> Contents =
    [
        ("null", ContentFault.Null), ("choices", ContentFault.Choices), ("empty", ContentFault.Empty), ("filter", ContentFault.Filter),
        ("tools", ContentFault.Tools), ("parts", ContentFault.Parts),
    ];

    private readonly FaultRates<TransportFault> transportWithoutBursts;
    private readonly int seed;

    private FaultPlan(FaultRates<TransportFault> transport, FaultRates<ContentFault> content, int seed)
    {
        (Transport, Content, this.seed) = (transport, content, seed);
        transportWithoutBursts = transport.Without(TransportFault.RateLimit);
    }

    /// <summary>The faults of transport, in the order that help shows them.</summary>
    public static ImmutableArray<string> TransportNames { get; } = [.. Transports.Select(one => one.Name)];

    /// <summary>The faults of content, in the order that help shows them.</summary>
    public static ImmutableArray<string> ContentNames { get; } = [.. Contents.Select(one => one.Name)];

    /// <summary>The names of several faults: <c>none</c>, <c>transport</c>, <c>content</c> and <c>all</c>.</summary>
    public static ImmutableArray<string> Presets { get; } = ["none", "transport", "content", "all"];

    internal FaultRates<TransportFault> Transport { get; }

    internal FaultRates<ContentFault> Content { get; }

    /// <summary>Plans faults.</summary>
    /// <param name="list">Names of faults and <see cref="Presets"/>, separated by commas.</param>
    /// <param name="rate">
    /// The share of requests that some fault of transport hits, and the share of conversations that some fault of content does: 0 … 1, divided
    /// evenly among those that are named, of which <c>slow</c> gets a fifth of an even part, <c>huge</c> and <c>refused</c> a twentieth.
    /// </param>
    /// <param name="seed">Chooses which.</param>
    /// <exception cref="FormatException">A name is unknown, or none is given.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside its range.</exception>
    public static FaultPlan Parse(string list, double rate = DefaultRate, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(list);
        var names = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length == 0 || names.Except([.. Presets, .. TransportNames, .. ContentNames]).FirstOrDefault() is { })
        {
            throw new FormatException(
                $"There are no faults '{list}'; there are {string.Join(", ", TransportNames)} (transport), "
                + $"{string.Join(", ", ContentNames)} (content), and {string.Join(", ", Presets)}.");
        }

        if (rate is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "A rate lies in 0 … 1.");
        }

        return new(
            FaultRates<TransportFault>.Divide(
                [.. Transports.Where(one => Named(one.Name, "transport")).Select(one => (one.Fault, one.Weight))], rate),
            FaultRates<ContentFault>.Divide([.. Contents.Where(one => Named(one.Name, "content")).Select(one => (one.Fault, 1))], rate),
            seed);

        bool Named(string name, string preset) => names.Contains(name) || names.Contains(preset) || names.Contains("all");
    }

    /// <summary>Says in one line what is planned.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"faults of transport in {Transport.Sum:P1} of the requests, of content in {Content.Sum:P1} of the conversations");

    internal static string NameOf(TransportFault fault) => Transports.First(one => one.Fault == fault).Name;

    internal static string NameOf(ContentFault fault) => Contents.First(one => one.Fault == fault).Name;

    /// <summary>What goes wrong with a request, and which form of it: any number.</summary>
    /// <param name="number">The request's number, from 0.</param>
    internal (TransportFault? Fault, ulong Form) OfRequest(long number)
    {
        var burst = new Draws(seed, (ulong)(number / Burst)).Fork(Burst);
        if (burst.NextUniform() < Transport[TransportFault.RateLimit])
        {
            return (TransportFault.RateLimit, burst.NextBits());
        }

        var draws = new Draws(seed, (ulong)number);
        return (transportWithoutBursts.Draw(draws.NextUniform()), draws.NextBits());
    }

    /// <summary>What is odd about the answer to a request.</summary>
    /// <param name="body">The request's body.</param>
    internal ContentFault? OfBody(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return Content.Draw(new Draws(seed, BinaryPrimitives.ReadUInt64LittleEndian(hash)).NextUniform());
    }
}
