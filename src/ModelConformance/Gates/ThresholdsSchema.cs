using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace ModelConformance.Gates;

/// <summary>Checks a thresholds file against its schema, and says in plain words what is wrong.</summary>
internal static class ThresholdsSchema
{
    private static readonly JsonSchema Schema =
        JsonSchema.FromJsonAsync(ThresholdsFile.Embedded("thresholds.schema.json")!).GetAwaiter().GetResult();

    public static IEnumerable<Fault> Faults(JToken root)
    {
        var errors = Schema.Validate(root).SelectMany(Flat).ToArray();

        // What is no object lacks every key as well, which says nothing new.
        var noObjects = errors.Where(error => error.Kind == ValidationErrorKind.ObjectExpected).Select(PathOf).ToArray();
        return errors
            .Where(error => error.Kind == ValidationErrorKind.ObjectExpected || !noObjects.Any(path => IsWithin(PathOf(error), path)))
            .Select(error => Fault(root, error));
    }

    /// <summary>
    /// The errors themselves: what they are wrapped in says only "an item of this array is wrong". Of an object or a list of them, those of what
    /// was written.
    /// </summary>
    private static IEnumerable<ValidationError> Flat(ValidationError error) => error switch
    {
        ChildSchemaValidationError { Kind: ValidationErrorKind.NotOneOf } either =>
            either.Errors.Values.FirstOrDefault(errors => !errors.Any(IsOfAnotherType)) is { } meant ? meant.SelectMany(Flat) : [error],
        ChildSchemaValidationError { Kind: not ValidationErrorKind.NotAnyOf } parent =>
            parent.Errors.Values.SelectMany(errors => errors).SelectMany(Flat),
        _ => [error],
    };

    private static bool IsOfAnotherType(ValidationError error) =>
        error.Kind is ValidationErrorKind.ObjectExpected or ValidationErrorKind.ArrayExpected;

    private static Fault Fault(JToken root, ValidationError error)
    {
        var path = PathOf(error);
        return new(error.HasLineInfo ? error.LineNumber : 1, path, Message(error, root.SelectToken(path)));
    }

    private static string PathOf(ValidationError error) => error.Path?.TrimStart('#', '/') ?? "";

    private static bool IsWithin(string path, string outer) =>
        outer.Length == 0 || path == outer || path.StartsWith(outer + ".", StringComparison.Ordinal);

    private static string Message(ValidationError error, JToken? found) => error.Kind switch
    {
        ValidationErrorKind.NoAdditionalPropertiesAllowed => $"unknown key, expected one of {string.Join(", ", error.Schema.Properties.Keys)}",
        ValidationErrorKind.PropertyRequired => "missing",
        ValidationErrorKind.NotAnyOf => "expected min, max or both",
        ValidationErrorKind.NotInEnumeration => $"found {Show(found)}, expected one of {string.Join(", ", error.Schema.Enumeration)}",
        ValidationErrorKind.TooFewItems => "expected at least one",
        ValidationErrorKind.PatternMismatch => $"found {Show(found)}, expected letters, digits and . _ + - only, a letter or digit first",
        ValidationErrorKind.NumberTooSmall or ValidationErrorKind.NumberTooBig => $"found {Show(found)}, expected a number {Range(error.Schema)}",
        ValidationErrorKind.NumberExpected => $"found {Show(found)}, expected a number",
        ValidationErrorKind.IntegerExpected => $"found {Show(found)}, expected a whole number",
        ValidationErrorKind.StringExpected => $"found {Show(found)}, expected a string",
        ValidationErrorKind.ArrayExpected => $"found {Show(found)}, expected an array",
        ValidationErrorKind.ObjectExpected => $"found {Show(found)}, expected an object",
        ValidationErrorKind.NotOneOf => $"found {Show(found)}, expected an object or an array of objects",
        _ => $"found {Show(found)}, which breaks the schema ({error.Kind})",
    };

    private static string Range(JsonSchema schema) => (schema.ExclusiveMinimum, schema.ExclusiveMaximum) switch
    {
        ({ } low, { } high) => FormattableString.Invariant($"above {low} and below {high}"),
        _ => FormattableString.Invariant($"from {schema.Minimum} to {schema.Maximum}"),
    };

    private static string Show(JToken? token) => token switch
    {
        null => "nothing",
        JObject => "an object",
        JArray => "an array",
        _ => token.ToString(Newtonsoft.Json.Formatting.None),
    };
}
