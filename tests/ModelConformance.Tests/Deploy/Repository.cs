using System.CommandLine.Parsing;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using ModelConformance.Cli;
using ModelConformance.Runs;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace ModelConformance.Tests.Deploy;

/// <summary>Files of this repository that nothing compiles, and how they are read.</summary>
internal static class Repository
{
    private static readonly IDeserializer Values = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
    private static readonly ISerializer Json = new SerializerBuilder().JsonCompatible().Build();

    public static string Root { get; } = Path.GetFullPath("../../..", ThisFolder());

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    /// <summary>The documents of a YAML file, in the types that JSON has.</summary>
    public static IReadOnlyList<JsonNode> Yaml(string file)
    {
        var parser = new Parser(new StringReader(Read(file)));
        parser.Consume<StreamStart>();
        var documents = new List<JsonNode>();
        while (parser.Accept<DocumentStart>(out _))
        {
            documents.Add(JsonNode.Parse(Json.Serialize(Values.Deserialize(parser)!))!);
        }

        return documents;
    }

    /// <summary>Whether the tool would take a command line, the tool's name left out; otherwise what is wrong with it.</summary>
    public static IEnumerable<string> Mistakes(IReadOnlyList<string> args) =>
        ConformanceTool.Create(new ToolContext(TextWriter.Null, TextWriter.Null) { Settings = new RunSettings() })
            .Parse(args, new System.CommandLine.ParserConfiguration { ResponseFileTokenReplacer = null })
            .Errors.Select(error => error.Message);

    public static string[] Words(string commandLine) => [.. CommandLineParser.SplitCommandLine(commandLine)];

    private static string ThisFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
