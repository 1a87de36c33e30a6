using ModelConformance.Snapshots;

namespace ModelConformance.Suite;

/// <summary>The answers of every collected cell, against those that a reviewer approved.</summary>
[Trait("Benchmark", "snapshots")]
public sealed class SnapshotTests
{
    public static TheoryData<CellRow> Cells => SuiteContext.CellRows();

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Answers(CellRow cell)
    {
        var run = await SuiteRun.WholeAsync();
        var settings = SuiteContext.Current.Settings;
        var part = run.Of(cell.Cell.Benchmark);
        var (benchmark, sheet) = (part.Benchmark, part.Sheet);
        var slice = benchmark.Slices.Single(slice => slice.Id == cell.Cell.Slice);
        var snapshot = AnswerSnapshot.Of(
            benchmark, slice, cell.Cell.Condition, run.Mode, run.Manifest.Model!, run.Manifest.Prefill!, item => sheet[item, cell.Cell.Condition],
            untilDecided: !part.Cells.Contains(cell.Cell));
        await Snapshots.Check(
            snapshot.Render(),
            SnapshotFile.Of(settings.Snapshots.Root, run.Manifest.Model!, benchmark.Id, benchmark.Dataset, slice.Id, cell.Cell.Condition),
            new DriftBudget(settings.Snapshots.Budget));
    }
}
