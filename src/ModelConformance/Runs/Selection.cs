using ModelConformance.Benchmarks;
using ModelConformance.Collection;
using ModelConformance.Gates;
using ModelConformance.Protocol;
using ModelConformance.Targets;

namespace ModelConformance.Runs;

/// <summary>The gates to judge, and so the cells to ask.</summary>
/// <param name="Gates">The gates of the thresholds file that the settings select.</param>
/// <param name="Inconclusive">What the file says of a gate that cannot be decided.</param>
public sealed record Selection(IReadOnlyList<Gate> Gates, InconclusivePolicy Inconclusive)
{
    /// <summary>
    /// Reads the thresholds and selects from them. Without a thresholds file it is the shipped <c>release.json</c> for published data and
    /// <c>smoke.json</c> for the sample.
    /// </summary>
    /// <param name="settings">The settings.</param>
    /// <param name="benchmarks">The benchmarks that gates can name.</param>
    /// <exception cref="ThresholdsException">The thresholds file is at fault.</exception>
    /// <exception cref="SettingsException">The selection names what there is not, or nothing is left: an empty run must not pass.</exception>
    public static Selection Read(RunSettings settings, IReadOnlyList<IBenchmark> benchmarks)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(benchmarks);
        var select = settings.Select;
        Known(nameof(select.Benchmarks), select.Benchmarks, benchmarks.Select(benchmark => benchmark.Id));
        Known(
            nameof(select.Conditions),
            select.Conditions,
            benchmarks.SelectMany(benchmark => benchmark.Conditions.Select(condition => condition.Id)));
        Known(nameof(select.Slices), select.Slices, benchmarks.SelectMany(benchmark => benchmark.Slices.Select(slice => slice.Id)));

        var shipped = settings.Data.Root is null ? "smoke.json" : "release.json";
        var file = settings.Thresholds is { } path ? ThresholdsFile.Read(path, benchmarks) : ThresholdsFile.Shipped(shipped, benchmarks);
        Gate[] gates = [.. file.Gates.Where(gate => SelectSettings.Holds(select.Benchmarks, gate.Benchmark) && gate.Claims.All(Holds))];
        return gates.Length > 0
            ? new(gates, file.Inconclusive)
            : throw new SettingsException(
                $"The settings under Select leave none of the {file.Gates.Length} gates of {settings.Thresholds ?? shipped}: "
                + "widen Select:Conditions or Select:Slices.");

        bool Holds(Claim claim) =>
            SelectSettings.Holds(select.Slices, claim.Quantity.Slice)
            && claim.Quantity.Conditions.All(condition => SelectSettings.Holds(select.Conditions, condition.Id));
    }

    /// <summary>The cells that gates need answers from, each once, in the benchmark's order of slices and conditions.</summary>
    /// <param name="gates">The gates.</param>
    /// <param name="benchmarks">Their benchmarks.</param>
    public static IReadOnlyList<Cell> Cells(IEnumerable<Gate> gates, IReadOnlyList<IBenchmark> benchmarks)
    {
        ArgumentNullException.ThrowIfNull(gates);
        ArgumentNullException.ThrowIfNull(benchmarks);
        var claims = gates.SelectMany(gate => gate.Claims, (gate, claim) => (gate.Benchmark, claim.Quantity));
        var quantities = claims.ToLookup(pair => pair.Benchmark, pair => pair.Quantity);
        return [.. benchmarks.SelectMany(Of)];

        IEnumerable<Cell> Of(IBenchmark benchmark)
        {
            var needed = (
                from quantity in quantities[benchmark.Id]
                from condition in quantity.Conditions
                from read in Read(benchmark, quantity)
                select (read, condition)).ToHashSet();
            return
                from category in benchmark.Items.Select(item => item.Slice).Distinct()
                from condition in benchmark.Conditions
                where needed.Contains((category, condition))
                select new Cell(benchmark.Id, category, condition);
        }

        // The slices of the items whose answers a quantity needs, those that it compares with among them.
        static HashSet<string> Read(IBenchmark benchmark, Quantity quantity)
        {
            var slice = benchmark.Slice(quantity.Slice);
            var pairing = benchmark.Metric(quantity.Metric).Pairing;
            return
            [
                .. benchmark.Items.Where(slice.Holds)
                    .SelectMany(item => pairing is null ? [item] : pairing.Other(item) is { } other ? [item, other] : Array.Empty<Item>())
                    .Select(item => item.Slice),
            ];
        }
    }

    /// <summary>
    /// The questions that gates need answers to, whatever the answers: those of gates that may stop early, too, are all of them.
    /// </summary>
    /// <param name="gates">The gates.</param>
    /// <param name="benchmarks">Their benchmarks.</param>
    /// <param name="target">How answers are measured, and of how many samples.</param>
    public static IEnumerable<Question> Questions(IEnumerable<Gate> gates, IReadOnlyList<IBenchmark> benchmarks, TargetSettings target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var cells = Cells(gates, benchmarks);
        return
            from benchmark in benchmarks
            from asked in Run.Questions(benchmark, cells)
            from sample in Enumerable.Range(0, target.SamplesPerQuestion)
            select new Question(benchmark, asked.Item, asked.Condition, sample);
    }

    private static void Known(string list, string? selected, IEnumerable<string> known)
    {
        var unknown = SelectSettings.Names(selected).Except(known).ToArray();
        if (unknown.Length > 0)
        {
            throw new SettingsException(
                $"Select:{list} names {string.Join(", ", unknown)}; known are {string.Join(", ", known.Distinct())} "
                + $"({RunSettings.Prefix}Select__{list}).");
        }
    }
}
