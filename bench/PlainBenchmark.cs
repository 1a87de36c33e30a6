using System.Globalization;
using ModelConformance.Benchmarks;
using ModelConformance.Protocol;

namespace ModelConformance.Bench;

/// <summary>Questions of 1 KB whose answers take no time to read: what remains is the engine.</summary>
internal sealed class PlainBenchmark : IBenchmark
{
    private static readonly string Story = string.Concat(Enumerable.Repeat("Two people waited for the same train, and one of them forgot a bag. ", 11));

    public string Id => "plain";

    public Dataset Dataset => new("plain", ShortHash.Of([Story]));

    public IReadOnlyList<Item> Items { get; } = [.. Enumerable.Range(0, 1000).Select(i => new PlainItem(i))];

    public IReadOnlyList<Slice> Slices { get; } = [Slice.All];

    public IReadOnlyList<Condition> Conditions { get; } = [Condition.Q];

    public IReadOnlyList<Metric> Metrics { get; } = [];

    public IReadOnlyList<Precondition> Preconditions { get; } = [];

    public string Wording(Condition condition) => ShortHash.Of([Story]);

    public Conversation Render(Item item, Condition condition, Mode mode, string? reasoning = null) =>
        new([new Turn(Role.User, $"{Story}Who was it, of pair {((PlainItem)item).Number}?")], new("The answer is", "Answer with the letter only."), mode, 64);

    public Answer Read(Item item, Reply reply, Mode mode) =>
        reply.Text.EndsWith("(b)", StringComparison.Ordinal) ? Answer.Of("b") : throw new InvalidOperationException($"No reply: {reply.Error}");

    public string Meaning(Item item, string choice) => choice;

    private sealed record PlainItem(int Number) : Item(
        $"plain/{Number.ToString(CultureInfo.InvariantCulture)}", "all", null, "one", [new Option("a", "The first."), new Option("b", "Not said.")]);
}
