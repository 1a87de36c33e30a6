using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace ModelConformance.Cli;

/// <summary>The help that System.CommandLine writes, and below it the examples of the verb.</summary>
/// <param name="inner">The help without examples.</param>
/// <param name="rootExamples">What the help of the tool itself shows.</param>
internal sealed class VerbHelp(HelpAction inner, IReadOnlyList<string> rootExamples) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = inner.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var examples = parseResult.CommandResult.Command switch
        {
            Verb verb => verb.Examples,
            RootCommand => rootExamples,
            _ => [],
        };
        output.WriteLine("Examples:");
        foreach (var example in examples)
        {
            output.WriteLine($"  {example}");
        }

        output.WriteLine();
        return code;
    }
}
