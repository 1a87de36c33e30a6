using ModelConformance.Benchmarks;
using ModelConformance.Gates;
using ModelConformance.Protocol;
using ModelConformance.Runs;

namespace ModelConformance.Suite;

/// <summary>What the rows are made of: settings, benchmarks and gates, read once.</summary>
public sealed class SuiteContext
{
    private static readonly Lazy<SuiteContext> Read = new(() => new SuiteContext());

    private SuiteContext()
    {
        var root = CheckoutRoot();
        Settings = RunSettings.Load(root, typeof(SuiteContext).Assembly);
        Benchmarks = Catalog.Open(Settings.Data.Root);
        Selection = Selection.Read(Settings, Benchmarks);
    }

    /// <summary>The one context of this process.</summary>
    public static SuiteContext Current => Read.Value;

    public RunSettings Settings { get; }

    public IReadOnlyList<IBenchmark> Benchmarks { get; }

    /// <summary>The selected gates.</summary>
    public Selection Selection { get; }

    public TheoryData<GateRow> GateRows(string benchmark) =>
        [.. Selection.Gates.Where(gate => gate.Benchmark == benchmark).Select(gate => new GateRow(gate))];

    /// <summary>A row for each cell that a selected gate reads.</summary>
    public TheoryData<CellRow> CellRows() => [.. Cells(Selection.Gates).Select(cell => new CellRow(cell))];

    public IReadOnlyList<Cell> Cells(IEnumerable<Gate> gates) => Selection.Cells(gates, Benchmarks);

    /// <summary>Tests run in their output folder; settings, snapshots and artifacts lie beside the solution.</summary>
    private static string CheckoutRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ModelConformance.sln")))
            {
                return folder.FullName;
            }
        }

        return AppContext.BaseDirectory;
    }
}
