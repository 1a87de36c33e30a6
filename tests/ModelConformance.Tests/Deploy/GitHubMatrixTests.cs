using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using ModelConformance.Runs;

namespace ModelConformance.Tests.Deploy;

/// <summary>deploy/github-matrix.yml, by what the tool makes of it and by the workflows that are in use.</summary>
public partial class GitHubMatrixTests
{
    private static readonly JsonNode Workflow = Repository.Yaml("deploy/github-matrix.yml").Should().ContainSingle().Which;

    [Fact]
    public void The_matrix_holds_every_slice_once()
    {
        var shards = Shards().Select(text => Shard.Read(text, _ => null)).ToArray();

        shards.Select(shard => shard.Index).Should().Equal(Enumerable.Range(1, shards.Length));
        shards.Should().OnlyContain(shard => shard.Count == shards.Length);
    }

    [Fact]
    public void The_judge_comes_after_the_slices_also_where_one_ended_early()
    {
        Jobs().Select(job => job.Key).Should().Equal("ask", "judge");
        var judge = Jobs()["judge"]!;
        judge["needs"]!.GetValue<string>().Should().Be("ask");
        judge["if"]!.GetValue<string>().Should().Be("${{ !cancelled() }}");
        Jobs()["ask"]!["strategy"]!["fail-fast"]!.GetValue<bool>().Should().BeFalse();
    }

    [Fact]
    public void The_tool_takes_every_command_line()
    {
        var commands = Steps().Select(step => step["run"]?.GetValue<string>()).Where(run => run?.StartsWith("dotnet run", StringComparison.Ordinal) == true)
            .SelectMany(run => Shards().Select(shard => run!.Replace("${{ matrix.shard }}", shard, StringComparison.Ordinal))).Distinct().ToArray();

        commands.Should().Contain("dotnet run --project src/ModelConformance.Cli -- run")
            .And.Contain($"dotnet run --project src/ModelConformance.Cli -- run --shard {Shards().First()}");
        foreach (var command in commands)
        {
            var words = Repository.Words(command);
            words[..5].Should().Equal("dotnet", "run", "--project", "src/ModelConformance.Cli", "--");
            Repository.Mistakes(words[5..]).Should().BeEmpty(command);
        }
    }

    [Fact]
    public void Every_variable_is_a_setting_and_the_judge_measures_what_the_slices_measure()
    {
        var steps = Steps().Where(step => step["env"] is not null).Select(step => step["env"]!.AsObject()).ToArray();
        foreach (var step in steps)
        {
            var variables = Workflow["env"]!.AsObject().Concat(step).Where(pair => pair.Key.StartsWith("MODELCONFORMANCE", StringComparison.Ordinal))
                .ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>());
            variables.Keys.Should().OnlyContain(name => name.StartsWith(RunSettings.Prefix, StringComparison.Ordinal));

            // A setting that there is not, or a group where a value belongs, throws.
            var read = RunSettings.Of(
                new ConfigurationBuilder().AddInMemoryCollection(variables.Select(pair => KeyValuePair.Create(
                    pair.Key[RunSettings.Prefix.Length..].Replace("__", ":", StringComparison.Ordinal),
                    (string?)pair.Value.Replace("${{ inputs.mode }}", "text", StringComparison.Ordinal)
                        .Replace("${{ secrets.CONFORMANCE_LEDGER }}", "Host=db", StringComparison.Ordinal)))).Build(),
                "/");

            (read.HasTarget, read.RequireTarget, read.Ledger).Should().Be((true, true, "Host=db"));
        }

        steps.Should().HaveCount(2);
        steps[1].Select(pair => pair.Key).Should().Equal([.. steps[0].Select(pair => pair.Key), "MODELCONFORMANCE__Output"]);
    }

    [Fact]
    public void It_may_read_and_no_more_and_what_a_person_enters_is_never_a_part_of_a_script()
    {
        Workflow["permissions"]!.ToJsonString().Should().Be("""{"contents":"read"}""");
        Jobs().Should().OnlyContain(job => job.Value!["permissions"] == null);
        Steps().Select(step => step["run"]?.GetValue<string>() ?? "").Should().NotContain(run => Entered().IsMatch(run));
    }

    [Fact]
    public void Its_actions_are_those_of_the_workflows_in_use()
    {
        var used = Uses().Matches(Repository.Read(".github/workflows/ci.yml") + Repository.Read(".github/workflows/gate.yml"))
            .Select(match => match.Groups[1].Value).ToHashSet();

        Steps().Select(step => step["uses"]?.GetValue<string>()).OfType<string>().Should().NotBeEmpty().And.BeSubsetOf(used);
    }

    [Fact]
    public void Every_input_and_every_file_that_is_named_is_there()
    {
        var text = Repository.Read("deploy/github-matrix.yml");
        var inputs = Workflow["on"]!["workflow_dispatch"]!["inputs"]!.AsObject().Select(input => input.Key);

        Inputs().Matches(text).Select(match => match.Groups[1].Value).Distinct().Should().BeEquivalentTo(inputs);
        foreach (var file in new[] { "global.json", "src/ModelConformance/Datasets/manifest.json", ".github/job-summary.jq" })
        {
            text.Should().Contain(file);
            File.Exists(Path.Combine(Repository.Root, file)).Should().BeTrue(file);
        }
    }

    private static JsonObject Jobs() => Workflow["jobs"]!.AsObject();

    private static IEnumerable<string> Shards() =>
        Jobs()["ask"]!["strategy"]!["matrix"]!["shard"]!.AsArray().Select(shard => shard!.GetValue<string>());

    private static IEnumerable<JsonNode> Steps() => Jobs().SelectMany(job => job.Value!["steps"]!.AsArray()).Select(step => step!);

    [GeneratedRegex(@"\$\{\{\s*(inputs|github\.event|secrets|vars)\b")]
    private static partial Regex Entered();

    [GeneratedRegex(@"uses: (\S+)")]
    private static partial Regex Uses();

    [GeneratedRegex(@"\binputs\.([a-z-]+)")]
    private static partial Regex Inputs();
}
