using System.Text.Json;
using ModelConformance.Benchmarks;
using ModelConformance.Datasets;
using ModelConformance.Protocol;

namespace ModelConformance.Answers;

/// <summary>Reads recorded answers: JSON lines, one per item, condition and sample (docs/answers.md).</summary>
public static class AnswersFile
{
    private static readonly string[] Known =
        ["item", "condition", "sample", "text", "options", "below", "mode", "finish", "prefill", "target", "wording", "dataset", "reasoning"];

    /// <summary>Reads a whole file, or nothing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="benchmark">The benchmark whose items it answers.</param>
    /// <exception cref="DataException">
    /// Nothing in it, bad JSON, an unknown item, condition, option or field, a line given twice, another wording or dataset, or two modes, prefills
    /// or targets in one file: file and line.
    /// </exception>
    public static AnswerSheet Read(string path, IBenchmark benchmark)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        var sheet = new AnswerSheet();
        var items = benchmark.Items.ToDictionary(item => item.Id, StringComparer.Ordinal);
        var conditions = benchmark.Conditions.ToDictionary(condition => condition.Id, StringComparer.Ordinal);
        string? mode = null, prefill = null, target = null;
        using var stream = Open(path);
        foreach (var line in JsonLine.Read(stream, Path.GetFileName(path)))
        {
            if (line.Element.EnumerateObject().Select(field => field.Name).Except(Known).FirstOrDefault() is { } name)
            {
                throw line.Fault($"field '{name}' is unknown; known are {string.Join(", ", Known)}.");
            }

            var item = items.GetValueOrDefault(line.Text("item"))
                ?? throw line.Fault($"item '{line.Text("item")}' is not one of {benchmark.Id} ({benchmark.Dataset.Name}, {items.Count} items).");
            var condition = conditions.GetValueOrDefault(line.Text("condition"))
                ?? throw line.Fault($"condition '{line.Text("condition")}' is unknown; {benchmark.Id} has {string.Join(", ", conditions.Keys)}.");
            Same(line, "target", Optional(line, "target"), ref target);
            Same(line, "prefill", Optional(line, "prefill") is null ? null : line.OneOf("prefill", "real", "emulated"), ref prefill);
            var named = Optional(line, "mode") is null ? (Mode?)null : ModeWord.Of(line.OneOf("mode", [.. ModeWord.Words]));
            if (Optional(line, "wording") is { } wording && wording != benchmark.Wording(condition))
            {
                throw line.Fault(
                    $"field 'wording': these answers were given to wording {wording}, the present one of {condition} is "
                    + $"{benchmark.Wording(condition)}.");
            }

            if (Optional(line, "dataset") is { } dataset && dataset != benchmark.Dataset.Hash)
            {
                throw line.Fault(
                    $"field 'dataset': these are answers to other items, {dataset}; the present ones are {benchmark.Dataset.Hash} "
                    + $"({benchmark.Dataset.Name}).");
            }

            var sample = Sample(line, named);
            var answer = Answer(line, benchmark, item, named);
            var shown = named ?? ModeOf(answer);
            Same(line, "mode", shown?.Word(), ref mode);

            // What could be of any mode may be a sample too; alone, it is pooled into itself.
            var added = shown is null or Mode.Sampling
                ? sheet.TryAddSample(item, condition, sample, answer)
                : sheet.TryAdd(item, condition, answer);
            if (!added)
            {
                var repeat = named == Mode.Sampling ? $"sample {sample} of " : "";
                throw line.Fault($"{repeat}'{item.Id}' under {condition} was given before.");
            }
        }

        return sheet.Conditions.Count > 0 ? sheet : throw Empty(path);
    }

    private static int Sample(JsonLine line, Mode? mode)
    {
        var sample = line.Element.TryGetProperty("sample", out var value) && value.ValueKind != JsonValueKind.Null ? line.Whole("sample") : 0;
        return (sample, mode) switch
        {
            (0, _) => sample,
            (_, Mode.Sampling) when sample is > 0 and < Pool.MostSamples => sample,
            (_, Mode.Sampling) => throw line.Fault($"field 'sample': expected 0 … {Pool.MostSamples - 1}, found {sample}."),
            _ => throw line.Fault($"field 'sample': expected 0, found {sample}: only the mode \"{Mode.Sampling.Word()}\" has repeats of an item."),
        };
    }

    private static Answer Answer(JsonLine line, IBenchmark benchmark, Item item, Mode? mode)
    {
        var finish = Optional(line, "finish") is null ? Finish.Stop : FinishWord.Of(line.OneOf("finish", FinishWord.All));
        if (finish is not (Finish.Stop or Finish.Length))
        {
            return benchmark.Read(item, new Reply("", finish), mode ?? Mode.Text);
        }

        if (line.Element.TryGetProperty("options", out var options) && options.ValueKind != JsonValueKind.Null)
        {
            return mode == Mode.Sampling
                ? throw line.Fault($"field 'options': a sample is read from its text, and has none (mode \"{Mode.Sampling.Word()}\").")
                : MeasuredOptions.Read(line, benchmark, item, options, mode);
        }

        // Measured without a letter among the tokens: then the words are not read in its stead.
        var text = line.Text("text");
        return mode is Mode.Logprobs or Mode.Continuation
            ? Protocol.Answer.Unparsed
            : benchmark.Read(item, new Reply(text, finish), mode ?? Mode.Text);
    }

    /// <summary>The mode that an answer shows where its line names none; null where it could be of any.</summary>
    private static Mode? ModeOf(Answer answer) =>
        answer.Probabilities is not null ? Mode.Logprobs : answer.Outcome == Outcome.Answered ? Mode.Text : null;

    private static string? Optional(JsonLine line, string field) =>
        line.Element.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? line.Text(field) : null;

    private static void Same(JsonLine line, string field, string? found, ref string? first)
    {
        if (first is not null && found is not null && found != first)
        {
            throw line.Fault($"field '{field}': found '{found}' after '{first}'; one comparison uses one {field}.");
        }

        first ??= found;
    }

    /// <summary>The id of the benchmark that a file answers: what its first item's id begins with.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataException">There is no such file, nothing in it, or its first line names no item.</exception>
    public static string BenchmarkOf(string path)
    {
        using var stream = Open(path);
        return JsonLine.Read(stream, Path.GetFileName(path)).Select(line => line.Text("item").Split('/')[0]).FirstOrDefault() ?? throw Empty(path);
    }

    /// <summary>The model, prefill and mode that a file's first line names; null for each that it does not.</summary>
    /// <param name="path">A file that <see cref="Read"/> reads.</param>
    public static (string? Target, string? Prefill, Mode? Mode) OriginOf(string path)
    {
        using var stream = Open(path);
        return JsonLine.Read(stream, Path.GetFileName(path))
            .Select(line => (
                Optional(line, "target"), Optional(line, "prefill"), Optional(line, "mode") is { } mode ? ModeWord.Of(mode) : (Mode?)null))
            .First();
    }

    private static FileStream Open(string path) =>
        File.Exists(path) ? File.OpenRead(path) : throw new DataException($"{path}: there is no such file.");

    private static DataException Empty(string path) => new($"{path}: expected one answer per line, found none.");
}
