using System.Collections.Concurrent;
using System.Text.Json;
using ModelConformance.Benchmarks.Reading;
using ModelConformance.Protocol;
using Xunit.Abstractions;

namespace ModelConformance.Tests.Benchmarks.Bbq;

/// <summary>Reading over every published item: what an option says of itself must be read as that option.</summary>
public sealed class RealDataReadingTests(ITestOutputHelper output)
{
    [SkippableFact]
    public void Every_options_own_text_reads_back_as_that_option()
    {
        var items = Directory.GetFiles(Path.Combine(RealData.Root, "bbq"), "*.jsonl").SelectMany(Lines).Select(Question.Of).ToArray();
        var failures = new ConcurrentBag<string>();
        var replies = 0L;

        // Items of one template differ in nothing that reading sees: each distinct set of options and question is read once.
        var distinct = items.GroupBy(item => (string.Join('\n', item.Options.Select(o => o.Text)), item.Unknown, item.Text)).ToArray();
        Parallel.ForEach(distinct, group =>
        {
            var item = group.First();
            foreach (var option in item.Options)
            {
                foreach (var reply in Variants(option))
                {
                    Interlocked.Increment(ref replies);
                    if (OptionReader.Read(item.Options, item.Unknown, reply, item.Text).Choice != option.Key)
                    {
                        failures.Add($"{group.Count()} × '{reply}' of {string.Join(" | ", item.Options.Select(o => o.Text))}");
                    }
                }
            }
        });

        output.WriteLine($"{items.Length} items, {distinct.Length} distinct, {replies} replies, {failures.Count} not read back");
        failures.Take(20).ToList().ForEach(output.WriteLine);
        items.Should().HaveCount(58_492);
        failures.Should().BeEmpty();
    }

    [SkippableFact]
    public void Recorded_free_text_answers_of_a_real_model_are_read()
    {
        var (read, all) = (0, 0);
        var unread = new List<string>();
        foreach (var line in Directory.GetFiles(Path.Combine(RealData.Root, "bbq", "recorded"), "*.jsonl").SelectMany(Lines))
        {
            var item = Question.Of(line);
            foreach (var format in new[] { "race", "arc" })
            {
                // One word of the file is cut.
                var text = line.GetProperty($"unifiedqa-t5-11b_pred_{format}").GetString()!;
                text = text.EndsWith("pantsu", StringComparison.Ordinal) ? text + "it" : text;
                var expected = item.Options.Where(o => Bare(o.Text) == Bare(text)).Select(o => o.Key).SingleOrDefault();
                var answer = OptionReader.Read(item.Options, item.Unknown, text, item.Text);
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

    private static IEnumerable<JsonElement> Lines(string path) => File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement);

    private sealed record Question(Option[] Options, string Unknown, string Text)
    {
        public static Question Of(JsonElement line)
        {
            var options = Enumerable.Range(0, 3).Select(i => new Option("abc"[i].ToString(), line.GetProperty($"ans{i}").GetString()!)).ToArray();
            var unknown = Enumerable.Range(0, 3).Single(i => line.GetProperty("answer_info").GetProperty($"ans{i}")[1].GetString() == "unknown");
            return new(options, options[unknown].Key, line.GetProperty("question").GetString()!);
        }
    }
}
