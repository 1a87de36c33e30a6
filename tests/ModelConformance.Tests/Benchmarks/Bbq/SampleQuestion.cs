using System.Globalization;
using System.Text.Json;
using CsvHelper;
using ModelConformance.Protocol;

namespace ModelConformance.Tests.Benchmarks.Bbq;

/// <summary>A line of the embedded sample with its row of metadata, read straight from the files and not by the code under test.</summary>
internal sealed record SampleQuestion(JsonElement Item, string[] Row)
{
    public IEnumerable<string> Keys { get; } = [.. Item.EnumerateObject().Select(property => property.Name)];

    public IEnumerable<string> MetadataKeys { get; } =
        [.. Item.GetProperty("additional_metadata").EnumerateObject().Select(property => property.Name)];

    public int Id { get; } = Item.GetProperty("example_id").GetInt32();

    public string Category { get; } = Item.GetProperty("category").GetString()!;

    public string Template { get; } = Item.GetProperty("question_index").GetString()!;

    public bool Negative { get; } = Either(Item, "question_polarity", "neg", "nonneg");

    public bool Ambiguous { get; } = Either(Item, "context_condition", "ambig", "disambig");

    public string Context { get; } = Item.GetProperty("context").GetString()!;

    public string Text { get; } = Item.GetProperty("question").GetString()!;

    public int Label { get; } = Item.GetProperty("label").GetInt32();

    public string Version { get; } = Item.GetProperty("additional_metadata").GetProperty("version").GetString()!;

    public string Source { get; } = Item.GetProperty("additional_metadata").GetProperty("source").GetString()!;

    public IReadOnlyList<string> Options { get; } = [.. Enumerable.Range(0, 3).Select(place => Item.GetProperty($"ans{place}").GetString()!)];

    public int Target { get; } = int.Parse(Row[3], CultureInfo.InvariantCulture);

    public string LabelType => Row[4];

    public string FullCondition => Row[10];

    public int Unknown => Enumerable.Range(0, 3).Single(place => Info(place).Tag == "unknown");

    public int Other => People.Single(place => place != Target);

    public IEnumerable<int> People => Enumerable.Range(0, 3).Where(place => place != Unknown);

    public bool MentionsStereotypedFirst =>
        IsStereotyped(People.MinBy(place => Context.IndexOf(Named(Options[place]), StringComparison.OrdinalIgnoreCase)));

    public string ExpectedFullCondition
    {
        get
        {
            var tags = People.Select(place => Info(place).Tag.Split('-')).ToList();
            var races = tags.Select(tag => Group(tag[^1])).Distinct().Count();
            var others = tags.Select(tag => tag[0]).Distinct().Count();
            var dimension = Category == "Race_x_SES" ? "SES" : "Gender";
            return $"{(races == 1 ? "Match" : "Mismatch")} Race\n {(others == 1 ? "Match" : "Mismatch")} {dimension}";
        }
    }

    /// <summary>Whether the option's person belongs to the stereotyped group: in an intersection, to both of its groups.</summary>
    public bool IsStereotyped(int place)
    {
        var (text, tag) = Info(place);
        var parts = tag.Split('-');
        var groups = Item.GetProperty("additional_metadata").GetProperty("stereotyped_groups")
            .EnumerateArray().Select(group => group.GetString()!.Replace(" SES", "SES", StringComparison.Ordinal)).ToList();
        return (groups.Contains(text) || groups.Contains(tag) || groups.Contains(parts[^1])) && (Row[6] == "NA" || parts.Contains(Row[6]));
    }

    private static string Group(string race) => race == "African American" ? "Black" : race;

    private static bool Either(JsonElement item, string key, string yes, string no)
    {
        var value = item.GetProperty(key).GetString();
        return value == yes || (value == no ? false : throw new InvalidOperationException($"{key} is neither {yes} nor {no} but {value}."));
    }

    private (string Text, string Tag) Info(int place)
    {
        var info = Item.GetProperty("answer_info").GetProperty($"ans{place}");
        return (info[0].GetString()!, info[1].GetString()!);
    }

    public static IEnumerable<string> Files() =>
        typeof(Item).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("bbq/", StringComparison.Ordinal));

    public static Stream Open(string name) =>
        typeof(Item).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded.");

    public static IEnumerable<string[]> Metadata()
    {
        using var reader = new StreamReader(Open("bbq/additional_metadata.csv"));
        using var parser = new CsvParser(reader, CultureInfo.InvariantCulture);
        while (parser.Read())
        {
            yield return parser.Record!;
        }
    }

    public static List<SampleQuestion> Read()
    {
        var metadata = Metadata().Skip(1).ToDictionary(row => (row[0], int.Parse(row[2], CultureInfo.InvariantCulture)));
        return
        [
            .. Files().Where(name => name.EndsWith(".jsonl", StringComparison.Ordinal)).Order(StringComparer.Ordinal).SelectMany(name =>
            {
                using var reader = new StreamReader(Open(name));
                var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
                return lines.Select(line => JsonDocument.Parse(line).RootElement).Select(item => new SampleQuestion(
                    item, metadata[(Path.GetFileNameWithoutExtension(name), item.GetProperty("example_id").GetInt32())]));
            }),
        ];
    }

    /// <summary>How the contexts call the person: an intersection's option may add the occupation after a comma.</summary>
    public static string Named(string option)
    {
        var name = option.Split(',')[0];
        return name.StartsWith("The ", StringComparison.Ordinal) ? name[4..] : name;
    }
}
