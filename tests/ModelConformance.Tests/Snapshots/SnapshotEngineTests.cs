using ModelConformance.Snapshots;

namespace ModelConformance.Tests.Snapshots;

public sealed class SnapshotEngineTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<string> shown = [];
    private readonly SnapshotFile file;
    private readonly ReviewerDiff diff;

    public SnapshotEngineTests()
    {
        file = new(folder.Path, "reference-fair", "bbq-sample.Age.Q+IF");
        diff = new(
            (received, verified) => shown.Add($"open {Path.GetFileName(received)} {Path.GetFileName(verified)}"),
            (_, _) => shown.Add("close"));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_first_snapshot_of_a_target_fails_and_says_how_to_accept_it()
    {
        var check = Check(Given.Answers(3));

        var arguments = $"snapshot accept --root {folder.Path} --name reference-fair/bbq-sample.Age.Q+IF";
        check.Outcome.Should().Be(SnapshotOutcome.Missing);
        check.Passed.Should().BeFalse();
        check.Message.Should().Be($"""
            No approved snapshot: {file.Verified}
            Received: {file.Received}
            Read it; to accept it: dotnet run --project src/ModelConformance.Cli -- {arguments}
            """.ReplaceLineEndings("\n"));
        File.ReadAllText(file.Received).Should().Be(Given.Answers(3).Render());
        shown.Should().Equal("open bbq-sample.Age.Q+IF.received.txt bbq-sample.Age.Q+IF.verified.txt");
    }

    [Fact]
    public void Equal_answers_pass_and_take_a_stale_received_file_away()
    {
        Approve(Given.Answers(3));
        File.WriteAllText(file.Received, "stale");

        var check = Check(Given.Answers(3));

        check.Should().Be(new SnapshotCheck(SnapshotOutcome.Equal, ""));
        File.Exists(file.Received).Should().BeFalse();
        shown.Should().Equal("close");
    }

    [Theory]
    [InlineData("\r\n", "")]
    [InlineData("\n", "\n")]
    public void Line_ends_of_a_checkout_and_a_final_one_of_an_editor_change_nothing(string lineEnd, string last)
    {
        Approve(Given.Answers(3));
        File.WriteAllText(file.Verified, Given.Answers(3).Render().Replace("\n", lineEnd, StringComparison.Ordinal) + last);

        Check(Given.Answers(3)).Outcome.Should().Be(SnapshotOutcome.Equal);
    }

    [Fact]
    public void Drift_within_the_budget_passes_and_is_told_and_leaves_no_received_file()
    {
        Approve(Given.Answers(100));
        File.WriteAllText(file.Received, "stale");

        var check = Check(Given.Answers(100, Given.Flips(1)));

        check.Outcome.Should().Be(SnapshotOutcome.EqualEnough);
        check.Message.Should().StartWith("1 of 100 answers changed; 1 may.");
        File.Exists(file.Received).Should().BeFalse();
        File.ReadAllText(file.Verified).Should().Be(Given.Answers(100).Render());
    }

    [Fact]
    public void Drift_beyond_the_budget_fails_and_awaits_a_reviewer()
    {
        Approve(Given.Answers(100));

        var check = Check(Given.Answers(100, Given.Flips(2)));

        check.Outcome.Should().Be(SnapshotOutcome.Changed);
        check.Message.Should().StartWith($"Not as approved: {file.Verified}\n2 of 100 answers changed; 1 may.\n  unknown → target: 2\n")
            .And.Contain("snapshot accept");
        File.ReadAllText(file.Received).Should().Be(Given.Answers(100, Given.Flips(2)).Render());
        shown.Should().HaveCount(1).And.ContainMatch("open *");
    }

    [Fact]
    public void An_empty_approved_file_is_none()
    {
        Directory.CreateDirectory(file.Directory);
        File.WriteAllText(file.Verified, "");

        Check(Given.Answers(3)).Outcome.Should().Be(SnapshotOutcome.Missing);
        File.Exists(file.Verified).Should().BeFalse();
    }

    [Fact]
    public void A_received_file_is_written_as_a_whole_without_byte_order_mark_and_nothing_else_is_left()
    {
        Check(Given.Answers(3));
        Check(Given.Answers(4));

        Directory.GetFiles(file.Directory).Should().Equal(file.Received);
        var bytes = File.ReadAllBytes(file.Received);
        bytes.Should().StartWith("target: "u8.ToArray()).And.NotContain((byte)'\r');
        File.ReadAllText(file.Received).Should().Be(Given.Answers(4).Render());
    }

    [Fact]
    public void A_write_that_fails_leaves_nothing_behind()
    {
        Directory.CreateDirectory(file.Received);

        var check = () => Check(Given.Answers(3));

        check.Should().Throw<Exception>();
        Directory.GetFiles(file.Directory).Should().BeEmpty();
    }

    [Fact]
    public void Readers_never_meet_half_a_received_file()
    {
        string[] texts = [Given.Answers(20_000).Render(), Given.Answers(10_000).Render()];
        Check(Given.Answers(10_000));
        using var done = new CancellationTokenSource();
        var reader = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                texts.Should().Contain(File.ReadAllText(file.Received));
            }
        });

        for (var turn = 0; turn < 50; turn++)
        {
            SnapshotEngine.Check(texts[turn % 2], file, SnapshotComparison.OfText, ReviewerDiff.Off);
        }

        done.Cancel();
        var read = () => reader.GetAwaiter().GetResult();
        read.Should().NotThrow();
    }

    [Fact]
    public void A_diff_tool_that_does_not_start_is_told_and_changes_no_verdict()
    {
        var broken = new ReviewerDiff(
            (_, _) => throw new InvalidOperationException("no such tool"), (_, _) => throw new InvalidOperationException("gone"));

        var refused = SnapshotEngine.Check("a", file, SnapshotComparison.OfText, broken);
        File.Move(file.Received, file.Verified);
        var passed = SnapshotEngine.Check("a", file, SnapshotComparison.OfText, broken);

        refused.Outcome.Should().Be(SnapshotOutcome.Missing);
        refused.Message.Should().EndWith("\n(The diff tool did not start: no such tool)");
        passed.Outcome.Should().Be(SnapshotOutcome.Equal);
    }

    private void Approve(AnswerSnapshot answers)
    {
        Directory.CreateDirectory(file.Directory);
        File.WriteAllText(file.Verified, answers.Render());
    }

    private SnapshotCheck Check(AnswerSnapshot answers) => SnapshotEngine.Check(
        answers.Render(), file, (received, verified) => SnapshotComparison.OfAnswers(received, verified, DriftBudget.Default), diff);
}
