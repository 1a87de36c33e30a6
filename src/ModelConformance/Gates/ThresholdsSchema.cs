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

    private static Fault Fault(JToken root, ValidationError error) => new(error.LineNumber, PathOf(error), Message(root, error));

    private static string PathOf(ValidationError error) => error.Path!.TrimStart('#', '/');

    private static bool IsWithin(string path, string outer) =>
        outer.Length == 0 || path == outer || path.StartsWith(outer + ".", StringComparison.Ordinal);

    private static string Message(JToken root, ValidationError error) => error.Kind switch
    {
        ValidationErrorKind.NoAdditionalPropertiesAllowed => $"unknown key, expected one of {string.Join(", ", error.Schema.Properties.Keys)}",
        ValidationErrorKind.PropertyRequired => "missing",
        ValidationErrorKind.NotAnyOf => "expected min, max or both",
        ValidationErrorKind.NotInEnumeration => $"found {Found(root, error)}, expected one of {string.Join(", ", error.Schema.Enumeration)}",
        ValidationErrorKind.TooFewItems => "expected at least one",
        ValidationErrorKind.PatternMismatch => $"found {Found(root, error)}, expected letters, digits and . _ + - only, a letter or digit first",
        ValidationErrorKind.NumberTooSmall or ValidationErrorKind.NumberTooBig =>
            $"found {Found(root, error)}, expected a number {Range(error.Schema)}",
        ValidationErrorKind.NumberExpected => $"found {Found(root, error)}, expected a number",
        ValidationErrorKind.IntegerExpected => $"found {Found(root, error)}, expected a whole number",
        ValidationErrorKind.StringExpected => $"found {Found(root, error)}, expected a string",
        ValidationErrorKind.ArrayExpected => $"found {Found(root, error)}, expected an array",
        ValidationErrorKind.ObjectExpected => $"found {Found(root, error)}, expected an object",
        ValidationErrorKind.NotOneOf => $"found {Found(root, error)}, expected an object or an array of objects",
        _ => $"found {Found(root, error)}, which breaks the schema ({error.Kind})",
    };

    private static string Range(JsonSchema schema) => (schema.ExclusiveMinimum, schema.ExclusiveMaximum) switch
    {
        ({ } low, { } high) => FormattableString.Invariant($"above {low} and below {high}"),
        _ => FormattableString.Invariant($"from {schema.Minimum} to {schema.Maximum}"),
    };

    private static string Found(JToken root, ValidationError error) => At(root, PathOf(error)) switch
    {
        JObject => "an object",
        JArray => "an array",
        var value => value.ToString(Newtonsoft.Json.Formatting.None),
    };

    /// <summary>By comparing: a key may be anything, also what no path can be parsed with.</summary>
    private static JToken At(JToken root, string path) =>
        root is JContainer all ? all.DescendantsAndSelf().First(token => token is not JProperty && token.Path == path) : root;
}
