using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ModelConformance.Reports;

namespace ModelConformance.Tests.Deploy;

/// <summary>.github/job-summary.jq, against the results that it reads.</summary>
public partial class JobSummaryTests
{
    [Fact]
    public void All_that_it_reads_of_a_run_is_in_the_manifest_and_what_ended_it_comes_first()
    {
        var manifest = JsonNode.Parse(ResultsFile.Render(new(1, new RunManifest { Software = "", Benchmarks = [] }, [], [])))!["manifest"]!.AsObject();

        var read = Read().Matches(Repository.Read(".github/job-summary.jq")).Select(match => match.Groups[1].Value).ToArray();

        read.Should().BeSubsetOf(manifest.Select(pair => pair.Key)).And.HaveElementAt(0, "fault");
    }

    [GeneratedRegex(@"\$run\.(\w+)")]
    private static partial Regex Read();
}
