using ModelConformance.Bench.Soak;

namespace ModelConformance.Tests.Runs;

/// <summary>The soak of <c>bench -- soak</c>, small.</summary>
[Trait("Category", "Long")]
public sealed class SoakTests
{
    [Fact]
    public async Task Faults_and_kills_leave_one_reply_per_question_and_the_results_of_a_run_that_nothing_happened_to()
    {
        using var folder = new TemporaryFolder();
        var told = new List<string>();

        var checks = await new SoakRun(new SoakPlan(Requests: 2000, Kills: 3), folder.Path, told.Add).RunAsync();

        checks.Where(check => !check.Holds).Should().BeEmpty(string.Join('\n', told));
    }
}
