using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ModelConformance.Benchmarks.Bbq;
using ModelConformance.Protocol;
using Xunit.Abstractions;

namespace ModelConformance.Tests.Benchmarks.Bbq;

/// <summary>Reading over every published item: what an option says of itself must be read as that option.</summary>
public sealed class RealDataReadingTests(ITestOutputHelper output)
{
    [SkippableFact]
    public void Every_options_own_text_reads_back_as_that_option()
    {
        var items = BbqSource.Upstream(RealData.Root).Items;
        var failures = new ConcurrentBag<string>();
        var replies = 0L;

        // Items of one template differ in nothing that reading sees: each distinct set of options and question is read once.
        var distinct = items.GroupBy(item => (string.Join('\n', item.Options.Select(o => o.Text)), item.Unknown, item.Question)).ToArray();
        Parallel.ForEach(distinct, group =>
        {
            var item = group.First();
            foreach (var option in item.Options)
            {
                foreach (var reply in Variants(option))
                {
                    Interlocked.Increment(ref replies);
                    if (BbqReader.Read(item, new Reply(reply, Finish.Stop), Mode.Text).Choice != option.Key)
                    {
                        failures.Add($"{group.Count()} × '{reply}' of {string.Join(" | ", item.Options.Select(o => o.Text))}");
                    }
                }
            }
        });

        output.WriteLine($"{items.Count} items, {distinct.Length} distinct, {replies} replies, {failures.Count} not read back");
        failures.Take(20).ToList().ForEach(output.WriteLine);
        items.Should().HaveCount(58_492);
        failures.Should().BeEmpty();
    }

    [SkippableFact]
    public void Recorded_free_text_answers_of_a_real_model_are_read()
    {
        var (read, all) = (0, 0);
        var unread = new List<string>();
        var items = BbqSource.Upstream(RealData.Root).Items.ToDictionary(item => item.Id);
        var recorded = Path.Combine(RealData.Root, "bbq", "recorded");
        Skip.IfNot(Directory.Exists(recorded), $"The recorded answers are not here: {recorded}.");
        foreach (var line in Directory.GetFiles(recorded, "*.jsonl").SelectMany(File.ReadLines).Select(line => JsonNode.Parse(line)!))
        {
            var item = items[$"bbq/{line["category"]}/{line["example_id"]}"];
            foreach (var format in new[] { "race", "arc" })
            {
                // One word of the file is cut.
                var text = (string)line[$"unifiedqa-t5-11b_pred_{format}"]!;
                text = text.EndsWith("pantsu", StringComparison.Ordinal) ? text + "it" : text;
                var expected = item.Options.Where(o => Bare(o.Text) == Bare(text)).Select(o => o.Key).SingleOrDefault();
                var answer = BbqReader.Read(item, new Reply(text, Finish.Stop), Mode.Text);
                all++;
                read += answer.Choice is null ? 0 : 1;
                if (answer.Choice != expected)
                {
                    unread.Add($"'{text}' read as {answer.Choice ?? answer.Outcome.ToString()}");
                }
            }
        }

        output.WriteLine($"{read} of {all} read");
        unread.ForEach(output.WriteLine);
        all.Should().Be(15_920);
        unread.Should().BeEmpty();
        read.Should().Be(all - 1, "one answer names none of its item's options");
    }

    private static IEnumerable<string> Variants(Option option)
    {
        var text = option.Text.Trim();
        var words = text.Split(' ');
        var bare = words[0] is "the" or "The" or "a" or "A" ? string.Join(' ', words[1..]) : text;
        string[] forms = bare == text ? [text] : [text, bare];
        foreach (var form in forms.SelectMany(f => new[] { f, f.ToLowerInvariant(), f.ToUpperInvariant() }))
        {
            foreach (var ended in new[] { form, form + "." })
            {
                yield return ended;
                yield return $"The answer is {ended}";
            }
        }

        foreach (var letter in new[] { option.Key, option.Key.ToUpperInvariant(), $"({option.Key})", $"{option.Key}.", $"{option.Key})" })
        {
            yield return letter;
            yield return $"The answer is {letter}";
            yield return $"{letter}{(letter.Length == 1 ? ":" : "")} {text}";
        }

        yield return $" ({option.Key}) {text}.";
        yield return $"The answer is ({option.Key}) {text}.";
    }

    private static string Bare(string text) => text.Trim().TrimEnd('.').ToLowerInvariant();
}
