using ModelConformance.Runs;
using Spectre.Console;

namespace ModelConformance.Cli;

/// <summary>A collection on a terminal: a bar for each benchmark and condition, and a line for the whole.</summary>
internal sealed class ProgressBars(ProgressContext context) : IProgress<CollectionProgress>
{
    private readonly Dictionary<(string Benchmark, string Condition), ProgressTask> bars = [];
    private ProgressTask? whole;

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
            if (!bars.TryGetValue((cell.Benchmark, cell.Condition), out var bar))
            {
                bars[(cell.Benchmark, cell.Condition)] = bar = context.AddTask("");
            }

            Show(bar, cell.Done, cell.Total, FormattableString.Invariant($"{cell.Benchmark} {cell.Condition}  {cell.Done:N0} of {cell.Total:N0}"));
        }

        Show(whole ??= context.AddTask(""), value.Done, value.Total, value.ToString());
    }

    private static void Show(ProgressTask bar, int done, int total, string text)
    {
        bar.MaxValue = Math.Max(total, 1);
        bar.Value = done;
        bar.Description = Markup.Escape(text);
    }
}
