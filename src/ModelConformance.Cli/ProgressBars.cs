using ModelConformance.Runs;
using Spectre.Console;

namespace ModelConformance.Cli;

/// <summary>A collection on a terminal: a bar for each benchmark and condition, and a line for the whole.</summary>
internal sealed class ProgressBars(ProgressContext context) : IProgress<CollectionProgress>
{
    private static readonly (string, string) Whole = ("", "");

    private readonly Dictionary<(string Benchmark, string Condition), ProgressTask> bars = [];

    /// <summary>Shows bars on standard error while something goes on.</summary>
    public static Task<T> WatchAsync<T>(ToolContext context, Func<IProgress<CollectionProgress>, Task<T>> work) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Error) }).Progress()
            .Columns(new ProgressBarColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(progress => work(new ProgressBars(progress)));

    /// <inheritdoc />
    public void Report(CollectionProgress value)
    {
        foreach (var cell in value.Cells)
        {
            Show((cell.Benchmark, cell.Condition), cell.Done, cell.Total, FormattableString.Invariant($"{cell.Benchmark} {cell.Condition}  {cell.Done:N0} of {cell.Total:N0}"));
        }

        Show(Whole, value.Done, value.Total, value.ToString());
    }

    private void Show((string, string) key, int done, int total, string text)
    {
        if (!bars.TryGetValue(key, out var bar))
        {
            // Not without a name: the library refuses that.
            bars[key] = bar = context.AddTask(Markup.Escape(text));
        }

        bar.MaxValue = Math.Max(total, 1);
        bar.Value = done;
        bar.Description = Markup.Escape(text);
    }
}
