using ModelConformance.Tests.Snapshots;

namespace ModelConformance.Tests.Cli;

public sealed class SnapshotVerbsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Answers_that_a_run_was_ended_before_it_asked_for_are_not_accepted()
    {
        var cut = folder.Write("fair/bbq.Age.Q.received.txt", Given.Answers(9, Given.Line(3, null, "missing"), Given.Line(4, null, "missing")).Render());
        folder.Write("fair/bbq.SES.Q.received.txt", Given.Answers(9, Given.Line(3, null, "failed")).Render());
        folder.Write("PublicApi.Library.received.txt", "missing");

        var finished = await new Shell().RunAsync("snapshot", "accept", "--root", folder.Path);

        finished.Code.Should().Be(2, finished.Error);
        finished.Error.Should().Contain($"1 snapshot was not accepted, since the run was ended before all was asked: 2 of 9 answers are missing from {cut}.")
            .And.Contain("Run 'dotnet test tests/Conformance' again, which asks the rest").And.Contain("2 snapshots accepted.");
        folder.Files.Should().Equal("PublicApi.Library.verified.txt", "fair/bbq.Age.Q.received.txt", "fair/bbq.SES.Q.verified.txt");
    }

    public void Dispose() => folder.Dispose();
}
