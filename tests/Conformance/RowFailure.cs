#pragma warning disable IDE0130 // xUnit prefixes the type's name to the messages of exceptions from any other namespace.
namespace Xunit.Sdk;

/// <summary>
/// A row that fails, with a message for a release manager and nothing else: where in the suite's code it was thrown says nothing about the model.
/// </summary>
internal sealed class RowFailure(string message) : XunitException(message)
{
    /// <inheritdoc />
    public override string? StackTrace => null;
}
