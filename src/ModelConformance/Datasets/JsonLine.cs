using System.Text.Json;

namespace ModelConformance.Datasets;

/// <summary>One line of a JSON Lines file, whose faults name file, line and field.</summary>
/// <param name="file">The file's name, for messages.</param>
/// <param name="number">The line, from 1.</param>
/// <param name="element">The object on the line.</param>
public readonly struct JsonLine(string file, int number, JsonElement element)
{
    /// <summary>The line, from 1.</summary>
    public int Number => number;

    /// <summary>The object on the line.</summary>
    public JsonElement Element => element;

    /// <summary>Reads a file line by line; blank lines are skipped. A line lives until the next is read: nothing may keep its element.</summary>
    /// <param name="stream">The file's bytes in UTF-8.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="DataException">A line is not a JSON object.</exception>
    public static IEnumerable<JsonLine> Read(Stream stream, string file)
    {
        using var reader = new StreamReader(stream);
        for (var number = 1; reader.ReadLine() is { } text; number++)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            using var document = Parse(file, number, text);
            yield return new JsonLine(file, number, document.RootElement);
        }
    }

    /// <summary>A fault on this line.</summary>
    public DataException Fault(string fault) => new(file, number, fault);

    /// <summary>A text field that must be there. Dots lead into objects, brackets into arrays: <c>answer_info.ans0[1]</c>.</summary>
    /// <param name="field">The field's path.</param>
    public string Text(string field)
    {
        var value = Field(field);
        return value.ValueKind == JsonValueKind.String ? Text(field, value) : throw Wrong(field, "a text", value);
    }

    /// <summary>A whole number that must be there.</summary>
    public int Whole(string field)
    {
        var value = Field(field);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw Wrong(field, "a whole number", value);
    }

    /// <summary>A list of texts that must be there.</summary>
    public string[] Texts(string field)
    {
        var value = Field(field);
        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(entry => entry.ValueKind == JsonValueKind.String)
            ? Texts(field, value)
            : throw Wrong(field, "a list of texts", value);
    }

    /// <summary>A text field that must hold one of some words.</summary>
    public string OneOf(string field, params string[] words)
    {
        var text = Text(field);
        return words.Contains(text, StringComparer.Ordinal)
            ? text
            : throw Wrong(field, string.Join(" or ", words.Select(word => $"\"{word}\"")), Field(field));
    }

    private static JsonDocument Parse(string file, int number, string text)
    {
        JsonDocument document;
        try
        {
            // Which of two fields of one name is meant, nobody can say.
            document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException fault)
        {
            throw new DataException(file, number, fault.BytePositionInLine is { } at
                ? $"expected one whole JSON object on the line, found a fault at byte {at}: the line may be cut."
                : $"expected one whole JSON object on the line: {fault.Message}");
        }
        catch (InvalidOperationException)
        {
            throw new DataException(file, number, "expected one whole JSON object on the line, found half a character in the name of a field.");
        }

        return document.RootElement.ValueKind == JsonValueKind.Object
            ? document
            : throw new DataException(file, number, $"expected a JSON object, found {document.RootElement.ValueKind}.");
    }

    private JsonElement Field(string path)
    {
        var value = element;
        foreach (var part in path.Split('.', '['))
        {
            var found = part.EndsWith(']')
                ? value.ValueKind == JsonValueKind.Array && int.Parse(part[..^1], null) is var index && index < value.GetArrayLength()
                    ? value[index] : default
                : value.ValueKind == JsonValueKind.Object && value.TryGetProperty(part, out var property) ? property : default;
            if (found.ValueKind == JsonValueKind.Undefined)
            {
                throw Fault($"field '{path}' is missing.");
            }

            value = found;
        }

        return value;
    }

    private string[] Texts(string field, JsonElement list)
    {
        var texts = new List<string>(list.GetArrayLength());
        foreach (var entry in list.EnumerateArray())
        {
            texts.Add(Text(field, entry));
        }

        return [.. texts];
    }

    /// <summary>JSON can spell half a surrogate pair, which is no text.</summary>
    private string Text(string field, JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Wrong(field, "a text of whole characters", value);
        }
    }

    private DataException Wrong(string field, string expected, JsonElement found)
    {
        var text = found.GetRawText();
        return Fault($"field '{field}': expected {expected}, found {(text.Length > 60 ? text[..60] + "…" : text)}.");
    }
}
