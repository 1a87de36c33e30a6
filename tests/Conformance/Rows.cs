using ModelConformance.Gates;
using ModelConformance.Protocol;
using Xunit.Abstractions;

namespace ModelConformance.Suite;

/// <summary>A gate as a theory's row: it is named by what it asserts, and found again by its id.</summary>
public sealed class GateRow : IXunitSerializable
{
    /// <summary>The name of the one row that stands for all where they cannot be read.</summary>
    public const string Unreadable = "settings, thresholds or data at fault";

    private string id = "";

    /// <summary>For xUnit, which fills it by <see cref="Deserialize"/>.</summary>
    public GateRow()
    {
    }

    public GateRow(Gate gate) => id = gate.Id;

    public Gate Gate => SuiteContext.Current.Selection.Gates.First(gate => gate.Id == id);

    public void Deserialize(IXunitSerializationInfo info) => id = info.GetValue<string>("id");

    public void Serialize(IXunitSerializationInfo info) => info.AddValue("id", id);

    public override string ToString() => SuiteContext.Fault is null ? Gate.ToString() : Unreadable;
}

/// <summary>A cell as a theory's row.</summary>
public sealed class CellRow : IXunitSerializable
{
    /// <summary>For xUnit, which fills it by <see cref="Deserialize"/>.</summary>
    public CellRow()
    {
    }

    public CellRow(Cell cell) => Cell = cell;

    public Cell Cell { get; private set; } = new("", "", Condition.Q);

    public void Deserialize(IXunitSerializationInfo info) => Cell = new(
        info.GetValue<string>("benchmark"), info.GetValue<string>("slice"), new Condition(info.GetValue<string>("condition")));

    public void Serialize(IXunitSerializationInfo info)
    {
        info.AddValue("benchmark", Cell.Benchmark);
        info.AddValue("slice", Cell.Slice);
        info.AddValue("condition", Cell.Condition.Id);
    }

    public override string ToString() => SuiteContext.Fault is null ? Cell.ToString() : GateRow.Unreadable;
}
