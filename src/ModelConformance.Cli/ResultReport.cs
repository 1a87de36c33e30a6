using System.Globalization;
using ModelConformance.Gates;
using ModelConformance.Reports;

namespace ModelConformance.Cli;

/// <summary>What <c>score</c> and <c>run</c> write: the figures, the verdicts, and what each that did not pass has to say.</summary>
internal static class ResultReport
{
    /// <summary>Above so many rows, figures push the verdicts off the screen: those that no gate reads are left out.</summary>
    private const int Screen = 40;

    /// <param name="context">Where it is written.</param>
    /// <param name="results">What was found.</param>
    /// <param name="judged">The gates among it.</param>
    /// <param name="answers">Where the answers lie that a gate was judged by.</param>
    /// <param name="all">What has all figures.</param>
    /// <param name="json">Whether the results are written as JSON.</param>
    public static void Write(
        ToolContext context, Results results, IReadOnlyList<GateResult> judged, Func<Gate, string> answers, string all, bool json)
    {
        if (json)
        {
            context.Out.Write(ResultsFile.Render(results));
        }
        else
        {
            // A metric that these answers cannot give at all, such as one over probabilities from texts, would only fill the screen.
            var given = results.Cells.Where(cell => cell.Value is not null).Select(cell => cell.Metric).ToHashSet();
            var figures = results.Cells.Where(cell => !cell.IsDetail && (given.Count == 0 || given.Contains(cell.Metric))).ToArray();
            var shown = judged.Count > 0 && figures.Length > Screen ? Read(figures, judged) : figures;
            if (shown.Length > 0)
            {
                TextTable.Write(
                    context.Out, [["slice", "condition", "context", "metric", "value", "95 % interval", "outcomes"], .. shown.Select(Row)]);
            }

            if (shown.Length < figures.Length)
            {
                context.Say($"The table has the figures that gates read, {shown.Length} of {figures.Length}; {all} has all.");
            }

            if (judged.Count > 0)
            {
                context.Out.WriteLine();
                TextTable.Write(context.Out, Verdicts(judged));
            }
        }

        foreach (var result in judged.Where(result => result.Verdict != Verdict.Pass))
        {
            foreach (var line in GateReport.Message(result, answers(result.Gate)).Split('\n'))
            {
                context.Say(line);
            }
        }

        foreach (var benchmark in results.Manifest.Benchmarks.Where(benchmark => benchmark.Dataset != "upstream"))
        {
            var items = benchmark.Dataset == "sample"
                ? "the embedded sample's"
                : "not those that were published ('conformance data verify' says which files differ)";
            context.Say($"{benchmark.Id}: these items are {items}; figures are not comparable with published ones.");
        }

        if (judged.Count > 0)
        {
            var counts = Enum.GetValues<Verdict>()
                .Select(verdict => $"{judged.Count(result => result.Verdict == verdict)} {verdict.ToString().ToLowerInvariant()}");
            context.Say($"{judged.Count} gates: {string.Join(", ", counts)}.");
        }
    }

    /// <summary>The code of the verdicts alone.</summary>
    public static ExitCode Code(IEnumerable<GateResult> judged, InconclusivePolicy inconclusive) =>
        ExitCodes.Combine(judged.Select(result => result.Verdict switch
        {
            Verdict.Fail => ExitCode.GateFailed,
            Verdict.Inconclusive when inconclusive == InconclusivePolicy.Fail => ExitCode.Inconclusive,
            _ => ExitCode.Pass,
        }));

    private static ResultCell[] Read(ResultCell[] figures, IEnumerable<GateResult> judged)
    {
        var read = (
            from result in judged
            from claim in result.Gate.Claims
            from condition in claim.Quantity.Conditions
            select (claim.Quantity.Metric, claim.Quantity.Slice, claim.Quantity.Context, condition.Id)).ToHashSet();
        return [.. figures.Where(cell => read.Contains((cell.Metric, cell.Slice, cell.Context, cell.Condition)))];
    }

    private static string Asked(GateResult result) => result.Asked == result.Of
        ? result.Of.ToString("N0", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{result.Asked:N0} of {result.Of:N0}");

    /// <summary>With the levels of what failed, where any has one.</summary>
    private static string[][] Verdicts(IReadOnlyList<GateResult> judged)
    {
        var hasLevels = judged.Any(result => result.P is not null);
        return [["verdict", .. hasLevels ? ["p", "Holm"] : Array.Empty<string>(), "items", "gate"], .. judged.Select(Row)];

        string[] Row(GateResult result) =>
        [
            result.Verdict.ToString(), .. hasLevels ? [Level(result.P), Level(result.Family?.Holm)] : Array.Empty<string>(), Asked(result),
            result.Gate.ToString(),
        ];

        static string Level(double? level) => level is { } p ? GateReport.Level(p) : "-";
    }

    private static string[] Row(ResultCell cell) =>
    [
        cell.Slice,
        cell.Condition,
        cell.Context ?? "-",
        cell.Metric,
        cell.Value is { } value ? Number(value) : "undefined",
        cell.Interval is { } interval ? $"{Number(interval.Low)} … {Number(interval.High)}" : cell.UndefinedReason ?? "-",
        Outcomes(cell),
    ];

    private static string Outcomes(ResultCell cell)
    {
        (int Count, string Word)[] all =
        [
            (cell.Counts.Answered, "answered"), (cell.Counts.Refused, "refused"), (cell.Counts.Filtered, "filtered"),
            (cell.Counts.Unparsed, "unparsed"), (cell.Counts.Failed, "failed"), (cell.Counts.Missing, "missing"), (cell.NoTarget, "without target"),
        ];
        return string.Join(", ", all.Where(part => part.Count > 0).Select(part => $"{part.Count} {part.Word}"));
    }

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
