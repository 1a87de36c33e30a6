using System.CommandLine;
using System.Diagnostics.CodeAnalysis;

namespace ModelConformance.Cli;

/// <summary>A command whose help ends in examples. A test parses each, so they cannot go stale.</summary>
/// <param name="name">The word typed.</param>
/// <param name="description">One sentence.</param>
/// <param name="examples">Whole command lines, the tool's name included.</param>
[SuppressMessage("Design", "CA1010", Justification = "Command is enumerable for collection initialisers only.")]
public sealed class Verb(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Whole command lines, the tool's name included.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;
}
