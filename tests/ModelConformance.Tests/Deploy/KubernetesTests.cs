using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using ModelConformance.Cli;
using ModelConformance.Runs;
using NJsonSchema;

namespace ModelConformance.Tests.Deploy;

/// <summary>deploy/kubernetes-indexed-job.yaml, by the schema of Kubernetes and by what the tool makes of it.</summary>
public class KubernetesTests
{
    private static readonly IReadOnlyList<JsonNode> Resources = Repository.Yaml("deploy/kubernetes-indexed-job.yaml");

    [Fact]
    public async Task Every_resource_is_as_the_schema_says()
    {
        foreach (var resource in Resources)
        {
            (await FaultsAsync(resource)).Should().BeEmpty(resource.ToJsonString());
        }

        Resources.Select(Kind).Should().Equal("ConfigMap", "PersistentVolumeClaim", "Job", "Job");
    }

    [Theory]
    [InlineData("spec.completionMode", "\"Indexd\"")]
    [InlineData("spec.completions", "\"eight\"")]
    [InlineData("spec.backoffLimitPerIndx", "3")]
    [InlineData("spec.template.spec.containers", null)]
    [InlineData("spec.template.spec.securityContext.runAsNonroot", "true")]
    public async Task The_schema_finds_what_is_wrong(string path, string? value)
    {
        var job = Job("conformance-ask").DeepClone();
        var names = path.Split('.');
        var at = names[..^1].Aggregate(job, (node, name) => node[name]!).AsObject();
        at.Remove(names[^1]);
        if (value is not null)
        {
            at[names[^1]] = JsonNode.Parse(value);
        }

        (await FaultsAsync(job)).Should().NotBeEmpty();
    }

    [Fact]
    public void There_are_as_many_pods_as_the_tool_is_told_slices()
    {
        var job = Job("conformance-ask")["spec"]!;
        var args = Args(Container(job));

        args.Should().StartWith(["run", "--shard"]);
        job["completionMode"]!.GetValue<string>().Should().Be("Indexed");
        job["completions"]!.GetValue<int>().Should().Be(int.Parse(args[2], null));
        Enumerable.Range(0, job["completions"]!.GetValue<int>())
            .Select(index => Shard.Read(args[2], name => name == "JOB_COMPLETION_INDEX" ? $"{index}" : null).ToString())
            .Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData(ExitCode.BadInput, "FailJob")]
    [InlineData(ExitCode.Inconclusive, "FailIndex")]
    [InlineData(ExitCode.Unavailable, null)]
    [InlineData(ExitCode.Fault, null)]
    public void A_slice_is_asked_again_only_where_that_helps(ExitCode code, string? action)
    {
        Job("conformance-ask")["spec"]!["podFailurePolicy"]!["rules"]!.AsArray()
            .FirstOrDefault(rule => rule!["onExitCodes"]?["values"]!.AsArray().Any(value => value!.GetValue<int>() == (int)code) == true)
            ?["action"]!.GetValue<string>().Should().Be(action);
    }

    [Fact]
    public void Who_waits_for_a_job_that_fails_does_not_wait_on()
    {
        var lines = Repository.Read("deploy/README.md").Split('\n').Where(line => line.Contains("kubectl wait", StringComparison.Ordinal)).ToArray();
        lines.Should().HaveCount(2).And.OnlyContain(line => line.Contains("condition=complete", StringComparison.Ordinal)
            && line.Contains("condition=failed", StringComparison.Ordinal));
    }

    [Fact]
    public void The_judge_waits_and_asks_no_slice()
    {
        var job = Job("conformance-judge")["spec"]!;

        job["suspend"]!.GetValue<bool>().Should().BeTrue();
        job["backoffLimit"]!.GetValue<int>().Should().Be(0, "a gate that failed would fail again");
        Args(Container(job)).Should().StartWith("run").And.NotContain("--shard");
    }

    [Fact]
    public void The_tool_takes_every_command_line()
    {
        foreach (var container in Containers())
        {
            Repository.Mistakes(Args(container)).Should().BeEmpty();
        }
    }

    [Fact]
    public void Every_variable_is_a_setting_and_both_jobs_have_the_same()
    {
        var jobs = new[] { Job("conformance-ask"), Job("conformance-judge") }.Select(job => Container(job["spec"]!)).ToArray();
        jobs.Select(container => container["env"]!.ToJsonString() + container["envFrom"]!.ToJsonString()).Distinct().Should().ContainSingle();
        var settings = Resources[0]["data"]!.AsObject().ToDictionary(pair => pair.Key, pair => (string?)pair.Value!.GetValue<string>());
        foreach (var variable in jobs[0]["env"]!.AsArray())
        {
            settings.Add(variable!["name"]!.GetValue<string>(), "Host=db");
        }

        var read = RunSettings.Of(
            new ConfigurationBuilder().AddInMemoryCollection(
                settings.Select(pair => KeyValuePair.Create(Key(pair.Key), pair.Value))).Build(), "/");

        (read.RequireTarget, read.HasTarget, read.Target.ApiKey, read.Ledger, read.Data.Root).Should().Be((true, true, "Host=db", "Host=db", "/data"));
    }

    [Fact]
    public void No_secret_stands_in_the_file()
    {
        foreach (var variable in Containers().SelectMany(container => container["env"]?.AsArray() ?? []))
        {
            variable!["value"].Should().BeNull();
            variable["valueFrom"]!["secretKeyRef"].Should().NotBeNull();
        }
    }

    [Fact]
    public void Every_container_is_without_rights_and_bounded()
    {
        foreach (var pod in Resources.Where(resource => Kind(resource) == "Job").Select(job => job["spec"]!["template"]!["spec"]!))
        {
            pod["automountServiceAccountToken"]!.GetValue<bool>().Should().BeFalse();
            pod["securityContext"]!["runAsNonRoot"]!.GetValue<bool>().Should().BeTrue();
            pod["securityContext"]!["seccompProfile"]!["type"]!.GetValue<string>().Should().Be("RuntimeDefault");
        }

        foreach (var container in Containers())
        {
            var rights = container["securityContext"]!;
            rights["allowPrivilegeEscalation"]!.GetValue<bool>().Should().BeFalse();
            rights["readOnlyRootFilesystem"]!.GetValue<bool>().Should().BeTrue();
            rights["capabilities"]!["drop"]!.AsArray().Select(right => right!.GetValue<string>()).Should().Equal("ALL");
            container["resources"]!["requests"].Should().NotBeNull();
            container["resources"]!["limits"]!["memory"].Should().NotBeNull();
        }
    }

    [Fact]
    public void Every_volume_that_is_mounted_is_there()
    {
        foreach (var pod in Resources.Where(resource => Kind(resource) == "Job").Select(job => job["spec"]!["template"]!["spec"]!))
        {
            var mounted = pod["containers"]!.AsArray().Concat(pod["initContainers"]!.AsArray())
                .SelectMany(container => container!["volumeMounts"]!.AsArray()).Select(mount => mount!["name"]!.GetValue<string>());
            mounted.Distinct().Should().BeEquivalentTo(pod["volumes"]!.AsArray().Select(volume => volume!["name"]!.GetValue<string>()));
        }
    }

    [Fact]
    public void The_image_is_the_one_that_the_dockerfile_says_how_to_build()
    {
        var image = Containers().Select(container => container["image"]!.GetValue<string>()).Distinct().Should().ContainSingle().Which;

        Repository.Read("deploy/Dockerfile").Should().Contain($"-t {image} ").And.Contain("USER $APP_UID").And.Contain("conformance.dll");
        image.Should().EndWith($":{typeof(Run).Assembly.GetName().Version!.ToString(3)}");
    }

    private static async Task<IEnumerable<string>> FaultsAsync(JsonNode resource)
    {
        var schema = await JsonSchema.FromJsonAsync(Repository.Read("tests/ModelConformance.Tests/Deploy/kubernetes.schema.json"));
        return schema.Validate(new JsonObject { [Kind(resource)] = resource.DeepClone() }.ToJsonString()).Select(fault => fault.ToString());
    }

    private static string Kind(JsonNode resource) => resource["kind"]!.GetValue<string>();

    private static JsonNode Job(string name) => Resources.Single(
        resource => Kind(resource) == "Job" && resource["metadata"]!["name"]!.GetValue<string>() == name);

    private static JsonNode Container(JsonNode job) => job["template"]!["spec"]!["containers"]!.AsArray().Should().ContainSingle().Which!;

    private static IEnumerable<JsonNode> Containers() =>
        Resources.Where(resource => Kind(resource) == "Job").Select(job => job["spec"]!["template"]!["spec"]!)
            .SelectMany(pod => pod["containers"]!.AsArray().Concat(pod["initContainers"]!.AsArray())).Select(container => container!);

    private static string[] Args(JsonNode container) => [.. container["args"]!.AsArray().Select(word => word!.GetValue<string>())];

    private static string Key(string variable)
    {
        variable.Should().StartWith(RunSettings.Prefix);
        return variable[RunSettings.Prefix.Length..].Replace("__", ":", StringComparison.Ordinal);
    }
}
