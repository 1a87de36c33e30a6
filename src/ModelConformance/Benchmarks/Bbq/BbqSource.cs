using System.Collections.Immutable;
using ModelConformance.Datasets;
using ModelConformance.Protocol;

namespace ModelConformance.Benchmarks.Bbq;

/// <summary>Reads BBQ items from a data folder, or from the embedded sample.</summary>
public static class BbqSource
{
    /// <summary>The file that names each item's target, and what else the items' own files do not say.</summary>
    public const string MetadataFile = "additional_metadata.csv";

    /// <summary>The upstream files: nine dimensions and two intersections.</summary>
    public static readonly ImmutableArray<string> Categories =
    [
        "Age", "Disability_status", "Gender_identity", "Nationality", "Physical_appearance", "Race_ethnicity", "Race_x_SES", "Race_x_gender",
        "Religion", "SES", "Sexual_orientation",
    ];

    private static readonly string[] Keys = ["a", "b", "c"];

    private static readonly string[] Articles = ["the ", "a ", "an "];

    /// <summary>
    /// Reads <c>bbq/&lt;Category&gt;.jsonl</c> for every category, and the rest from <c>bbq/additional_metadata.csv</c> or by derivation.
    /// </summary>
    /// <param name="root">The data folder.</param>
    /// <exception cref="DataException">A category is absent, or a line, field or row is wrong.</exception>
    public static (Dataset Dataset, IReadOnlyList<BbqItem> Items) Upstream(string root)
    {
        var folder = Path.Combine(root, "bbq");
        var absent = Categories.Where(category => !File.Exists(Path.Combine(folder, $"{category}.jsonl"))).ToArray();
        return absent.Length == 0
            ? Read(
                Dataset.NameIn(new(root), "bbq"),
                file => Path.Combine(folder, file) is var path && File.Exists(path) ? File.OpenRead(path) : null)
            : throw new DataException(
                $"{folder}: {absent.Length} of {Categories.Length} categories are missing: {string.Join(", ", absent.Select(c => $"{c}.jsonl"))}. "
                + $"Fetch them with: conformance data fetch --to {root}");
    }

    /// <summary>The embedded items: ours, for trying the software; their figures are not comparable with published ones.</summary>
    public static (Dataset Dataset, IReadOnlyList<BbqItem> Items) Sample() =>
        Read("sample", file => typeof(BbqSource).Assembly.GetManifestResourceStream($"bbq/{file}"));

    private static (Dataset, IReadOnlyList<BbqItem>) Read(string name, Func<string, Stream?> open)
    {
        Dictionary<(string, int), BbqMetadata>? metadata = null;
        if (open(MetadataFile) is { } csv)
        {
            using var reader = new StreamReader(csv);
            metadata = BbqMetadata.Read(reader, MetadataFile);
        }

        var items = new List<BbqItem>();
        foreach (var category in Categories)
        {
            using var stream = open($"{category}.jsonl") ?? throw new DataException($"{category}.jsonl: the file is missing.");
            items.AddRange(Items(category, [.. BbqRecord.Read(stream, $"{category}.jsonl", category)], metadata));
        }

        return (new Dataset(name, Hash(items)), items);
    }

    private static IEnumerable<BbqItem> Items(
        string category, IReadOnlyCollection<BbqRecord> records, Dictionary<(string, int), BbqMetadata>? metadata)
    {
        var derived = metadata is null ? new StereotypeTarget(records) : null;
        var seen = new HashSet<int>();
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var record in records)
        {
            if (!seen.Add(record.ExampleId))
            {
                throw new DataException($"{category}.jsonl", record.Line, $"field 'example_id': {record.ExampleId} stands twice.");
            }

            var row = metadata?.GetValueOrDefault((category, record.ExampleId));
            if (metadata is not null && row?.QuestionIndex != record.QuestionIndex)
            {
                throw new DataException($"{category}.jsonl", record.Line, row is null
                    ? $"{MetadataFile} has no row for example_id {record.ExampleId}."
                    : $"field 'question_index': found {record.QuestionIndex}, {MetadataFile} has {row.QuestionIndex}: "
                        + "the files are of different versions.");
            }

            var target = row is null ? derived?.Of(record) : row.Target;
            if (target == record.Unknown)
            {
                throw new DataException($"{category}.jsonl", record.Line, $"{MetadataFile} names the unknown answer as the stereotype's target.");
            }

            var nameProxy = row?.NameProxy ?? record.People.All(person => IsName(record.Answers[person].Text));
            yield return Item(record, target, nameProxy, row is null ? Comparison.Of(record) : row.Comparison, Share);
        }

        // Templates repeat their words in hundreds of items: one copy of each text is enough.
        string Share(string text) => texts.TryGetValue(text, out var known) ? known : texts[text] = text;
    }

    private static BbqItem Item(BbqRecord record, int? target, bool nameProxy, string? comparison, Func<string, string> share) =>
        new(
            $"bbq/{record.Category}/{record.ExampleId}",
            record.Category,
            record.Ambiguous ? BbqItem.Ambiguous : BbqItem.Disambiguated,
            share($"{record.Category}/{record.QuestionIndex}"),
            [.. record.Answers.Select((answer, index) => new Option(Keys[index], share(answer.Text)))])
        {
            Passage = share(record.Passage),
            Question = share(record.Question),
            Negative = record.Negative,
            Label = Keys[record.Label],
            Unknown = Keys[record.Unknown],
            Target = target is { } index ? Keys[index] : null,
            NameProxy = nameProxy,
            Comparison = comparison,
        };

    /// <summary>Without the metadata: a person told by name is one whose option begins with no article.</summary>
    private static bool IsName(string option) =>
        !Articles.Any(article => option.StartsWith(article, StringComparison.OrdinalIgnoreCase));

    private static string Hash(List<BbqItem> items) =>
        ShortHash.Of(items.Select(item => $"{item.Id}\n{BbqPrompt.Question(item)}\n{item.Label}\n{item.Target}\n"));
}
